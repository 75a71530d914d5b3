"""What a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from portal.db import db

Statement = tuple[str, Any]
FRAME = ("BEGIN", "ROLLBACK", "COMMIT", "PRAGMA")


@contextmanager
def watched(app: Flask) -> Iterator[list[Statement]]:
    """The statements, with their values, that `app` sends from here on; transactions' own words are not counted."""
    found: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith(FRAME):
            found.append((statement, values))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
