"""The commands below `flask`."""

from flask import Flask
from flask_migrate import Migrate

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
    for command in (garage, staff, case, mail, backup, restore, erasures, doctor, worker, inbox):
        app.cli.add_command(command)
    for command in (links, qr):
        case.add_command(command)
