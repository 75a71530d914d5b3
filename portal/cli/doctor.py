"""`flask doctor`: is everything as it should be, and what to mend if not."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.adapters import queue
from portal.cli import deployment
from portal.db import db, schema
from portal.domain.garage.profile import LANGUAGES
from portal.domain.mailing import parking
from portal.wiring import wired


class Ailing(Exception):
    """Something is to be mended; the words say what."""


@click.command()
@click.option("--deploy", is_flag=True, help="Only whether it is safe to serve customers like this.")
@with_appcontext
def doctor(deploy: bool) -> None:
    """Check settings, database, schema, translations, storage, queue, mail server and outbox."""
    if deploy:
        found = deployment.findings()
        for sentence in found or ["safe to serve"]:
            click.echo(f"{'MEND ' if found else 'ok   '} {sentence}")
        raise SystemExit(1 if found else 0)
    checks: dict[str, Callable[[], str]] = {
        "settings": _settings,
        "database": _database,
        "schema": _schema,
        "translations": _translations,
        "storage": _storage,
        "queue": _queue,
        "mail": _mail,
        "outbox": _outbox,
    }
    ailing = False
    for name, check in checks.items():
        try:
            click.echo(f"ok    {name}: {check()}")
        except Exception as error:
            ailing = True
            # What a database says, without the statement that was put to it.
            click.echo(f"MEND  {name}: {error.orig if isinstance(error, DBAPIError) else error}")
    raise SystemExit(1 if ailing else 0)


def _settings() -> str:
    settings = wired().settings
    if not settings.local and (open_address := deployment.open_address(settings)):
        raise Ailing(open_address)
    return settings.public_url


def _database() -> str:
    db.session.execute(text("SELECT 1"))
    return db.engine.dialect.name


def _schema() -> str:
    present, newest = schema.present(), schema.newest()
    if present != newest:
        raise Ailing(f"it is at {present or 'nothing'}, the code wants {newest}: run flask db upgrade")
    return newest


def _translations() -> str:
    folder = Path(
        next(iter(current_app.extensions["babel"].instance.domain_instance.translation_directories))
    )
    translated = [name for name in LANGUAGES if name != "en"]  # what the texts are written in
    missing = [name for name in translated if not (folder / name / "LC_MESSAGES" / "messages.mo").exists()]
    if missing:
        raise Ailing(f"no compiled words for {', '.join(missing)}: run pybabel compile -d translations")
    return "compiled"


def _storage() -> str:
    wired().storage.check()
    return wired().settings.storage_url


def _queue() -> str:
    waiting = queue.running().pending_count()
    return f"{'Redis' if wired().settings.redis_url else 'file in the data folder'}, {waiting} waiting"


def _mail() -> str:
    with wired().mailer.connection():
        settings = wired().settings
        return f"{settings.smtp_host}:{settings.smtp_port}, {settings.smtp_security}"


def _outbox() -> str:
    parked, waiting = parking.parked(), parking.waiting()
    if parked is not None:
        raise Ailing(
            f"mail is parked since a backup was restored on {parked.since:%Y-%m-%d %H:%M} UTC, {waiting} waiting:"
            " once this is the copy that serves customers, run flask mail release"
        )
    return f"{waiting} waiting"
