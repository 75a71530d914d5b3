"""The database: base class, the UTC type, and `transaction()`, the one way to change a row."""

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from flask import Flask, g, has_app_context, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Executable,
    Insert,
    MetaData,
    Result,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Session, registry

from portal.db import drivers

log = logging.getLogger(__name__)

LOG_TIMEOUT_MS = 2_000
MOST_THREADS = 16  # of a process; a connection beyond would be opened anew for every request

# One question for all of them, which are taken in the order of the list.
_LOCKS = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment. SQLite hands back naive ones; naive ones are refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Text in the order of its code points on each database, so that what begins with some signs lies side by side.
Folded = String().with_variant(String(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What every table has in common: names of constraints, and aware moments."""

    # Flask-SQLAlchemy 3.1 cannot read a bare type_annotation_map; an explicit registry works.
    registry = registry(type_annotation_map={datetime: UtcDateTime(), dict: JSON(), list: JSON()})
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
Model = db.Model


class WriteWhileReading(RuntimeError):
    """A transaction was opened while a GET was served."""


class NestedTransaction(RuntimeError):
    """A transaction was opened inside another; one use case is one transaction."""


def init_app(app: Flask, url: str) -> None:
    """Bind the database at `url` (SQLite or PostgreSQL) to `app`."""
    # Errors are logged, what people typed is not.
    options: dict[str, object] = {"hide_parameters": True, "pool_size": MOST_THREADS}
    if url.startswith("postgres"):
        url = f"postgresql+psycopg://{url.partition('://')[2]}"
        options["pool_recycle"] = drivers.POSTGRES_RECYCLE_SECONDS
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        drivers.prepare(db.engine)


@contextmanager
def transaction(*locks: str, durable: bool = True) -> Iterator[Session]:
    """All or nothing: one use case, committed at the end, rolled back on any exception.

    Each of `locks` names what only one transaction may decide at a time, over all processes: SQLite has one writer
    anyway (BEGIN IMMEDIATE), PostgreSQL takes advisory locks, in this order, until the commit. What is not `durable`
    outlives every process, but a power cut may undo it until a later durable commit (docs/adr/0013).

    Raises:
        WriteWhileReading: while a GET or HEAD is served; looking at a page never writes.
        NestedTransaction: inside another transaction.
    """
    if has_request_context() and request.method not in {"POST", "PUT", "PATCH", "DELETE"}:
        raise WriteWhileReading(request.endpoint)
    session = db.session()
    if session.info.get("writing"):
        raise NestedTransaction
    let_go()  # reads before this point must not decide anything inside
    try:
        options = {"begin": "IMMEDIATE", "durable": durable}
        connection = session.info["writing"] = session.connection(execution_options=options)
        if connection.dialect.name == "postgresql":
            if not durable:
                drivers.begin_hastily(connection)
            if locks:
                connection.execute(_LOCKS, {"keys": [_lock_key(lock) for lock in locks]})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        _waiting().clear()
        raise
    finally:
        session.info["writing"] = None
    _run_waiting()


def ask(statement: Executable, **values: object) -> Result:
    """The rows of a `statement` made of columns, on the connection of the session.

    The session itself would look for objects in them, at twice the price. It would also first write what waits in it;
    here that is not seen.
    """
    return _connection().execute(statement, values)


def insert_rows(new: Insert, rows: Sequence[Mapping[str, object]]) -> None:
    """The same for an insert of many `rows`."""
    _connection().execute(new, rows)


def _connection() -> Connection:
    session = db.session()
    return session.info.get("writing") or session.connection()  # asking the session for it is dear


def locks_rows() -> bool:
    """Whether transactions lock rows one by one; SQLite's one writer has them all."""
    return _connection().dialect.name == "postgresql"


def let_go() -> None:
    """End the transaction that reading began, before something slow; what was read stays readable."""
    db.session.expunge_all()
    db.session.rollback()


def empty_log() -> None:
    """Write the log of SQLite back and empty it, so that what was deleted is nowhere any more.

    Whoever reads meanwhile is waited for a moment; then the next call does it. PostgreSQL does so by itself.
    """
    if db.engine.dialect.name != "sqlite":
        return
    let_go()
    connection = db.engine.raw_connection()
    try:
        connection.execute(f"PRAGMA busy_timeout={LOG_TIMEOUT_MS}")
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.execute(f"PRAGMA busy_timeout={drivers.LOCK_TIMEOUT_MS}")
        connection.close()


def after_commit(what: Callable[[], None]) -> None:
    """Do `what`, once, when the running transaction is durable. It is a nudge only: its failure is logged, not raised."""
    if what not in _waiting():
        _waiting().append(what)


def _waiting() -> list[Callable[[], None]]:
    if not has_app_context():
        raise RuntimeError("outside of an application context")
    if "after_commit" not in g:
        g.after_commit = []
    return g.after_commit


def _run_waiting() -> None:
    waiting, g.after_commit = _waiting(), []
    for what in waiting:
        try:
            what()
        except Exception:
            log.exception("a wake-up after the commit failed; the sweep will find the work")


def _lock_key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
