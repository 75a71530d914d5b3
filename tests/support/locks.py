"""Somebody outside who locks the database against everybody who wants to write."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Self

import psycopg

TABLES = (
    "draft, booking, garage, location, message"  # each of them is read or written before a request is kept
)


class Lock:
    """A lock on the database at `url` that is held until `release()`; reading goes on."""

    def __init__(self, url: str) -> None:
        self._held = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        self._held.__enter__()

    def release(self) -> None:
        self._held.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


@contextmanager
def locked_for(url: str, seconds: float) -> Iterator[None]:
    """Hold the lock at the beginning of the block, and for so long."""
    lock = Lock(url)
    timer = threading.Timer(seconds, lock.release)
    timer.start()
    try:
        yield
    finally:
        timer.join()


@contextmanager
def _sqlite(url: str) -> Iterator[None]:
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()


@contextmanager
def _postgresql(url: str) -> Iterator[None]:
    with closing(psycopg.connect(url)) as connection:
        connection.execute(f"LOCK TABLE {TABLES} IN EXCLUSIVE MODE")
        yield
        connection.rollback()
