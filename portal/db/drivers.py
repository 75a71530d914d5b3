"""What each database must be told that SQLAlchemy does not say by itself."""

import sqlite3
from time import monotonic

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError

from portal import clock

LOCK_TIMEOUT_MS = 15_000  # whoever waits longer for another's lock is told that we are busy
LOOK_AGAIN_MS = 5
POSTGRES_RECYCLE_SECONDS = 300
POSTGRES_REST_SECONDS = 1.0

_WRITE = "BEGIN IMMEDIATE"


def prepare(engine: Engine) -> None:
    """Listen to the connections of `engine`, SQLite or PostgreSQL."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "connect", _postgres_connect)
        event.listen(engine, "rollback", _postgres_rollback)
        event.listen(engine, "checkout", _wake_rested)
        event.listen(engine, "checkin", _rest)


def _sqlite_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={LOCK_TIMEOUT_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection) -> None:  # type: ignore[no-untyped-def]
    # Straight to the driver: every page says it, and there is nothing here to compile, to bind or to fetch.
    options = connection.get_execution_options()
    begin = f"BEGIN {options.get('begin', 'DEFERRED')}"
    try:
        if begin == _WRITE:
            _wait_for_disk(connection, options.get("durable", True))
            _wait_to_write(connection.connection)
        else:
            connection.connection.execute(begin)
    except sqlite3.OperationalError as locked:
        raise OperationalError(begin, None, locked) from locked


def _wait_for_disk(connection, durable) -> None:  # type: ignore[no-untyped-def]
    synchronous = "FULL" if durable else "NORMAL"
    if connection.info.setdefault("synchronous", "FULL") != synchronous:
        connection.connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.info["synchronous"] = synchronous


def _wait_to_write(connection) -> None:  # type: ignore[no-untyped-def]
    """Become the one writer: one that begins by reading can lose its place to another, 207 of 200 places sold.

    Left to itself SQLite looks ever more rarely whether it is our turn, so that whoever has waited long is overtaken by
    everybody who comes: of 10,000 presses at once one waited 15 seconds in vain. Here all who wait look equally often.
    """
    give_up = monotonic() + LOCK_TIMEOUT_MS / 1000
    connection.execute(f"PRAGMA busy_timeout={LOOK_AGAIN_MS}")
    try:
        while True:
            try:
                connection.execute(_WRITE)
                return
            except sqlite3.OperationalError as locked:
                if locked.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                    raise
    finally:
        connection.execute(f"PRAGMA busy_timeout={LOCK_TIMEOUT_MS}")


def begin_hastily(connection) -> None:  # type: ignore[no-untyped-def]
    """Begin a transaction on PostgreSQL whose commit need not wait for the disk."""
    # Together with the BEGIN that psycopg would send by itself: one round trip instead of two.
    connection.connection.dbapi_connection.pgconn.exec_(b"BEGIN; SET LOCAL synchronous_commit=off")


def _postgres_rollback(connection) -> None:  # type: ignore[no-untyped-def]
    # After a rollback by its own hand psycopg prepares every statement anew, because one may undo a change of the schema.
    # Whatever only reads ends with a rollback and undoes nothing.
    if not (connection.closed or connection.invalidated):
        server = connection.connection.dbapi_connection.pgconn
        if server.transaction_status == TransactionStatus.INTRANS:
            server.exec_(b"ROLLBACK")


def _wake_rested(connection, record, _proxy) -> None:  # type: ignore[no-untyped-def]
    # Only a connection that rested is asked whether it still lives: asking every time doubles the price of a small read.
    if monotonic() - record.info.get("rests_since", 0.0) > POSTGRES_REST_SECONDS:
        try:
            connection.execute("SELECT 1")
            connection.commit()
        except psycopg.Error as gone:
            raise DisconnectionError from gone


def _rest(_connection, record) -> None:  # type: ignore[no-untyped-def]
    record.info["rests_since"] = monotonic()


def _postgres_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
        cursor.execute("SELECT clock_timestamp()")
        clock.follow(cursor.fetchone()[0])
    connection.commit()
