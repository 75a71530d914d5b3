"""The commands below `flask`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.exc import DBAPIError

from portal.cli.backups import backup, restore
from portal.cli.cases import case
from portal.cli.doctor import doctor
from portal.cli.erasures import erasures
from portal.cli.garages import garage
from portal.cli.inbox import inbox
from portal.cli.links import links, qr
from portal.cli.mail import mail
from portal.cli.staff import staff
from portal.cli.worker import worker
from portal.db import db


def init_app(app: Flask) -> None:
    """Register every command on `app`; `flask db` is Flask-Migrate's own."""
    Migrate(app, db, directory=str(app.config["MIGRATIONS_DIR"]), render_as_batch=True)
    for command in (links, qr):
        case.add_command(command)
    for command in (garage, staff, case, mail, backup, restore, erasures, doctor, worker, inbox):
        _speak_plainly(command)
        app.cli.add_command(command)


def _speak_plainly(command: click.Command) -> None:
    """Let what goes wrong between a command and the database end in a sentence."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _speak_plainly(below)
    elif command.callback is not None and not hasattr(command.callback, "speaks_plainly"):
        command.callback = _in_a_sentence(command.callback)


def _in_a_sentence(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def plain(*args: Any, **given: Any) -> Any:
        try:
            return callback(*args, **given)
        except DBAPIError as error:
            raise click.ClickException(
                f"the database refuses: {str(error.orig).strip()}. `flask doctor` says what to mend."
            ) from None

    plain.speaks_plainly = True  # type: ignore[attr-defined]
    return plain
