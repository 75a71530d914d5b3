"""A small app with nothing but an outbox, and a letter that needs nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal import config
from portal.adapters.mailer import Letter
from portal.db import db, init_app, transaction
from portal.domain.garage.models import Garage
from portal.domain.mailing import service
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.models import Message

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PURPOSE = "plain"


def settings(folder: Path, **given: object) -> config.Settings:
    """Settings of a portal at https://portal.example.com that keeps its files in `folder`."""
    usual = {
        "secret_key": "k" * 32,
        "base_url": "https://portal.example.com",
        "data_dir": folder,
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
        "smtp_timeout_seconds": 0.5,
    }
    return config.read(**(usual | given))


@contextmanager
def post_office(url: str) -> Iterator[Flask]:
    """An app on the migrated database at `url`, its context open, with one garage in it."""
    app = Flask("post_office")
    app.extensions["portal.wake"] = lambda: None
    init_app(app, url)
    with app.app_context():
        with transaction() as session:
            session.add(Garage(slug="peeters", revision="1", profile={}))
        yield app
        db.session.remove()
        db.engine.dispose()


def queue(count: int = 1, *, now: datetime = NOW, language: str = "en", recipient: str = "") -> list[str]:
    """Queue `count` plain mails, each in a transaction of its own; their uids."""
    uids = []
    for number in range(count):
        with transaction():
            uids.append(write_down(recipient or f"customer{number}@example.com", language=language, now=now))
    return uids


def write_down(recipient: str = "jan@example.com", *, language: str = "en", now: datetime = NOW) -> str:
    """Queue one plain mail inside the running transaction; its uid."""
    return service.queue(
        garage_id=db.session.scalars(select(Garage.id)).one(),
        purpose=PURPOSE,
        about="booking",
        recipient=recipient,
        language=language,
        now=now,
    )


def message(uid: str) -> Message:
    """The outbox row as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.uid == uid)).one()


def states() -> list[str]:
    """The states of all outbox rows, in the order they were queued."""
    db.session.rollback()
    return list(db.session.scalars(select(Message.state).order_by(Message.id)))


class PlainWriter:
    """Writes a letter from the message alone and remembers what was asked of it."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.deferrals: list[str] = []
        self.trouble: Exception | None = None

    def write(self, message: Claim, now: datetime) -> Letter:
        if self.trouble is not None:
            raise self.trouble
        self.written.append(message.uid)
        return letter()

    def deferred(self, message: Claim, now: datetime) -> None:
        self.deferrals.append(message.uid)


class Clock:
    """A clock the test turns by hand."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def letter(**given: object) -> Letter:
    """A letter with nothing special about it but what is given."""
    usual: dict[str, object] = {
        "subject": "Your appointment",
        "text": "Nothing is booked yet.\n",
        "html": "<p>Nothing is booked yet.</p>",
        "sender_name": "Garage Peeters",
        "reply_to": "desk@garage.example.com",
    }
    return Letter(**(usual | given))  # type: ignore[arg-type]
