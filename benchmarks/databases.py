"""An empty database of each kind, gone afterwards, and rows put into it in bulk."""

import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg

POSTGRES = os.environ.get("TEST_POSTGRES_URL") or "postgresql://postgres@127.0.0.1:5432"


@dataclass(frozen=True)
class Database:
    """A database of `kind`, at `url` as the portal's settings name it."""

    kind: str
    url: str

    def connect(self) -> Any:
        """A bare connection as the portal sets it up: every commit durable, SQLite in no transaction by itself."""
        if self.kind == "postgresql":
            return psycopg.connect(self.url, options="-c timezone=UTC")
        connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), isolation_level=None, timeout=15)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def insert(self, table: str, rows: Iterable[dict[str, object]]) -> None:
        """Put rows, all with the same columns, into `table`; moments and days are texts in UTC."""
        rows = iter(rows)
        first = next(rows)
        columns, values = ", ".join(first), (tuple(row.values()) for row in chain([first], rows))
        with closing(self.connect()) as connection:
            if self.kind == "postgresql":
                with connection.cursor().copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                    for row in values:
                        copy.write_row(row)
            else:
                connection.execute("BEGIN IMMEDIATE")
                marks = ", ".join("?" * len(first))
                connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)
            connection.commit()

    def settle(self) -> None:
        """Do now what PostgreSQL does by itself a minute later."""
        if self.kind == "postgresql":
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[Database]:
    """A new database of `kind`."""
    if kind == "sqlite":
        yield Database(kind, f"sqlite:///{folder / 'portal.sqlite3'}")
        return
    name = f"portal_bench_{secrets.token_hex(6)}"
    _order(f'CREATE DATABASE "{name}"')
    try:
        yield Database(kind, f"{POSTGRES}/{name}")
    finally:
        _order(f'DROP DATABASE "{name}" WITH (FORCE)')


def reachable() -> list[str]:
    """The kinds of database that can be measured here."""
    try:
        _order("SELECT 1")
    except psycopg.OperationalError:
        return ["sqlite"]
    return ["sqlite", "postgresql"]


def _order(words: str) -> None:
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=5) as connection:
        connection.execute(words)
