"""How Alembic reaches the portal's database and models."""

from alembic import context
from flask import current_app

from portal.db import UtcDateTime, db


def _render(kind: str, item: object, _context: object) -> str | bool:
    """Migrations stand alone: what the code calls UtcDateTime is a plain column there."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Bring the schema to where the command wants it, all steps in one transaction where the database can."""
    with db.engine.connect() as connection:
        rebuilds = connection.dialect.name == "sqlite"
        if rebuilds:
            # SQLite changes a table by building it anew; with foreign keys on, the old one would take its children along.
            # Inside a transaction the pragma does nothing, so it goes past SQLAlchemy.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=_render,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            if rebuilds and (orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"rows without the row they point at: {orphans}")
        connection.commit()
        if rebuilds:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
