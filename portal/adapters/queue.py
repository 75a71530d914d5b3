"""The queue that wakes the worker. It may lose a nudge: the sweep finds whatever was not nudged."""

from collections.abc import Callable

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.config import Settings

NAME = "portal"
REDIS_SECONDS = 0.5  # a customer waits this long for a Redis that hangs


def build(settings: Settings) -> Huey:
    """The queue these settings ask for: Redis, or a file in the data directory. Nothing is asked of it yet."""
    # Tasks are pickles: whoever can write to the queue must not run code in the worker.
    signed = SignedSerializer(settings.secret_key.get_secret_value(), salt="portal.queue")
    if settings.redis_url:
        pool = ConnectionPool.from_url(
            settings.redis_url,
            socket_connect_timeout=REDIS_SECONDS,
            socket_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        # Workers ask again and again, as with a file: waiting inside Redis would need a longer time limit.
        return RedisHuey(NAME, results=False, serializer=signed, connection_pool=pool, blocking=False)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Losing nudges in a power cut is fine, so nobody waits for the disk.
    return SqliteHuey(
        NAME, results=False, serializer=signed, filename=settings.data_dir / "queue.sqlite3", fsync=False
    )


def attach(app: Flask, huey: Huey, deliver: Callable[[], object]) -> None:
    """Make `huey` the queue of `app`; `deliver` enqueues the task that sends mail."""
    app.extensions["huey"] = huey
    app.extensions["portal.wake"] = deliver


def wake() -> None:
    """Nudge the worker of the running app to look at the outbox."""
    current_app.extensions["portal.wake"]()


def running() -> Huey:
    """The queue of the running app."""
    return current_app.extensions["huey"]
