"""Which schema the database has, and which one the code wants."""

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection

from portal.db import db


def of(connection: Connection) -> str | None:
    """The revision of the database behind `connection`; None: it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def present() -> str | None:
    """The revision of the app's own database."""
    with db.engine.connect() as connection:
        return of(connection)


def newest() -> str:
    """The revision the code wants."""
    return _scripts().get_current_head() or ""


def is_known(revision: str | None) -> bool:
    """Whether the code knows how to bring `revision` up to date."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def upgrade() -> None:
    """Run the migrations that are still to run."""
    flask_migrate.upgrade(str(current_app.config["MIGRATIONS_DIR"]))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(current_app.config["MIGRATIONS_DIR"]))
