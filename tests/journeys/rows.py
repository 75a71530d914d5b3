"""Every row there is, to see whether anything changed."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.db import db

Rows = dict[str, list[tuple[Any, ...]]]


def rows(app: Flask) -> Rows:
    """What every table holds, by its name."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in db.metadata.sorted_tables
        }


def counts(app: Flask) -> dict[str, int]:
    """How many rows every table holds."""
    return {name: len(found) for name, found in rows(app).items()}
