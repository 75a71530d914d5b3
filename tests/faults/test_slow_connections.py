"""Fifty connections that never finish a request hold nobody up behind a proxy that takes requests in full.

README says to put one there. The control shows what happens without: each such connection takes a thread.
"""

import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.support import slow

MANY = 50
PATIENCE = 3  # seconds


def answers(url):
    try:
        with urlopen(f"{url}/healthz", timeout=PATIENCE) as answer:
            return answer.status == 200
    except (URLError, TimeoutError):
        return False


@pytest.fixture
def settle(live):
    """Leaves the portal as it was found: able to answer."""
    yield
    deadline = time.monotonic() + 60
    while not answers(live.url):
        assert time.monotonic() < deadline


def test_behind_a_proxy_that_takes_requests_in_full_nobody_notices(live):
    with slow.proxy(live.url) as front, slow.connections(front, MANY):
        assert all(answers(front) for _ in range(10))


def test_control_without_a_proxy_nobody_is_answered(live, settle):
    with slow.connections(live.url, MANY):
        # It takes a moment until every thread has one of them in its hands.
        assert not all(answers(live.url) for _ in range(100))
