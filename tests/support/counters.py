"""A Redis database for one test process alone."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from tests.support.services import REDIS_URL

NUMBERS = range(1, 16)
CLAIM = "portal-test"
LONGEST_SECONDS = 3600  # a test that was killed keeps its database no longer


@contextmanager
def own_redis() -> Iterator[str]:
    """The URL of a database nobody else uses, empty; emptied afterwards. One that holds anything is left alone."""
    token = secrets.token_hex(8)
    for number in NUMBERS:
        url = f"{os.environ[REDIS_URL]}/{number}"
        connection = redis.Redis.from_url(url)
        if connection.dbsize() == 0 and connection.set(CLAIM, token, nx=True, ex=LONGEST_SECONDS):
            break
    else:
        raise RuntimeError(f"no empty database among {NUMBERS} of {os.environ[REDIS_URL]}")
    try:
        yield url
    finally:
        connection.flushdb()
        connection.close()
