"""All rows of one moment in a file, and such a file in the place of all rows. Nobody who works meanwhile is kept waiting."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, func, inspect, select, text

from portal.db import db, let_go

LOCK_TIMEOUT_MS = 10_000
SAID = 1000  # signs of what a program said


class NotCopied(Exception):
    """The rows could not be copied; the message says why, for the person at the shell."""


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


@contextmanager
def taken(path: Path) -> Iterator[Connection]:
    """Write the rows of one moment to the new file `path`; the connection sees the rows of that moment.

    Raises:
        NotCopied: nothing useful was written.
    """
    let_go()
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as connection:
            # Leaves free pages behind, so that what was deleted is in no backup.
            try:
                connection.driver_connection.execute("VACUUM INTO ?", [str(path)])  # type: ignore[union-attr]
            except sqlite3.Error as error:
                raise NotCopied(str(error)) from error
        copy = create_engine(URL.create("sqlite", database=str(path)))
        with copy.connect() as moment:
            yield moment
        copy.dispose()
        return
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as moment:
        name = moment.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        _run("pg_dump", "--format=custom", f"--snapshot={name}", f"--file={path}", _target())
        yield moment


def check_tools() -> None:
    """Return if the programs that putting rows back needs are there; raises `NotCopied` if not."""
    if db.engine.dialect.name != "sqlite":
        for program in ("pg_restore", "psql"):
            _path(program)


def tables() -> list[str]:
    """The tables that are there."""
    return inspect(db.engine).get_table_names()


def is_in_use() -> bool:
    """Whether anybody else is connected to the database."""
    db.session.remove()
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(db.engine.url.database), timeout=0.5)) as alone:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            try:
                alone.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                return True
            return False
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with db.engine.connect() as connection:
        return bool(connection.scalar(others))


def put_back(path: Path, then: Sequence[str]) -> None:
    """Put the rows of `path` in the place of all there are, and execute the statements `then`: all of it or nothing.

    Raises:
        NotCopied: everything is as it was.
    """
    db.session.remove()  # what we read would keep tables from being replaced
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        _put_back_file(path, then)
    else:
        _put_back_dump(path, then)
    db.engine.dispose()


def _put_back_file(path: Path, then: Sequence[str]) -> None:
    with closing(sqlite3.connect(path)) as copy, closing(db.engine.raw_connection()) as connection:
        try:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise NotCopied("its database is damaged")
            with copy:
                for statement in then:
                    copy.execute(statement)
            copy.backup(connection.driver_connection)  # type: ignore[arg-type]
        except sqlite3.Error as error:
            raise NotCopied(str(error)) from error


def _put_back_dump(path: Path, then: Sequence[str]) -> None:
    script = path.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
    quoted = db.engine.dialect.identifier_preparer.quote_identifier
    before = [
        f"SET lock_timeout TO {LOCK_TIMEOUT_MS}",
        *(f"DROP TABLE {quoted(name)} CASCADE" for name in tables()),
    ]
    after = ["SET search_path TO public", *then]  # the script leaves us without one
    steps = [f"--command={'; '.join(before)}", f"--file={script}", f"--command={'; '.join(after)}"]
    _run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *steps, _target())


def _target() -> str:
    # Without its password, which others on the machine could read.
    return f"--dbname={db.engine.url.set(drivername='postgresql', password=None).render_as_string()}"


def _run(program: str, *arguments: str) -> None:
    password = db.engine.url.password
    env = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run(
        [_path(program), *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotCopied(f"{program} failed: {done.stderr.strip()[:SAID]}")


def _path(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise NotCopied(
            f"{program} is not on the path: install the client programs of PostgreSQL"
            " (Debian: apt-get install postgresql-client)"
        )
    return path
