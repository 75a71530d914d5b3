"""What would be unsafe while customers are served; each finding is one sentence that says what to mend.

A portal at an address of the machine itself, such as a demo, may be as it likes.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.config import LOCAL, Settings
from portal.db import db, schema
from portal.domain.mailing import parking
from portal.wiring import wired

FEW_SIGNS = 10  # a random key of 32 signs, even in hexadecimal, has more different ones
PLACEHOLDERS = ("change", "secret", "password", "example")
OTHERS = 0o007
CLOCK_SECONDS = 60


def findings() -> list[str]:
    """What is to be mended before customers are served."""
    settings = wired().settings
    found = [sentence for check in _SETTINGS if (sentence := check(settings))]
    try:
        found += [sentence for ask in _DATABASE if (sentence := ask())]
    except SQLAlchemyError as error:
        found.append(
            f"the database does not answer ({type(error).__name__}): PORTAL_DATABASE_URL says where it is"
        )
    finally:
        db.session.remove()
    return found


def refuse_unsafe() -> None:
    """Return if customers may be served.

    Raises:
        ClickException: with every finding.
    """
    if not wired().settings.local and (found := findings()):
        raise click.ClickException("\n".join(["not safe to serve customers:", *found]))


def open_address(settings: Settings) -> str | None:
    """Whether what is sent can be read on the way."""
    if settings.secure:
        return None
    return "PORTAL_BASE_URL should start with https://, or mails will carry links that can be read on the way"


def _weak_key(settings: Settings) -> str | None:
    key = settings.secret_key.get_secret_value()
    if len(set(key)) >= FEW_SIGNS and not any(word in key.casefold() for word in PLACEHOLDERS):
        return None
    return (
        "PORTAL_SECRET_KEY can be guessed, and with it every link: make one with"
        ' python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    )


def _inbox(settings: Settings) -> str | None:
    if settings.inbox_dir is None:
        return None
    return "PORTAL_INBOX_DIR is set, so /inbox/ shows every mail to everybody: take it out"


def _limits(settings: Settings) -> str | None:
    if settings.rate_limits:
        return None
    return "PORTAL_RATE_LIMITS is off, so plates and case numbers can be guessed: take it out"


def _proxies(settings: Settings) -> str | None:
    if settings.proxies or not settings.secure:
        return None
    return (
        "PORTAL_PROXIES is 0, so all visitors behind the proxy with TLS count as one and are refused together:"
        " set it to how many proxies of yours stand in front"
    )


def _counters(settings: Settings) -> str | None:
    elsewhere = urlsplit(settings.database_url).hostname not in {None, *LOCAL}
    if settings.redis_url or not elsewhere or settings.storage_url.startswith("file:"):
        return None
    return (
        "PORTAL_REDIS_URL is empty, though database and photos are shared by several machines:"
        " each of them would count visitors by itself"
    )


def _mail(settings: Settings) -> str | None:
    if settings.smtp_security != "none" or settings.smtp_host in LOCAL:
        return None
    return (
        f"PORTAL_SMTP_SECURITY is none, so letters and their links go to {settings.smtp_host} for everybody to read:"
        " set it to starttls or tls"
    )


def _folders(settings: Settings) -> str | None:
    for path in (settings.data_dir, Path(".env")):
        if path.exists() and path.stat().st_mode & OTHERS:
            return f"{path} can be read by everybody on this machine: chmod o-rwx {path}"
    return None


def _debugging(_settings: Settings) -> str | None:
    if not (current_app.debug or os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}):
        return None
    return "FLASK_DEBUG is set, so whoever meets an error can run code here: take it out"


def _schema() -> str | None:
    if (present := schema.present()) == schema.newest():
        return None
    return f"the tables are at {present or 'nothing'}, the code wants {schema.newest()}: run flask db upgrade"


def _half_restored() -> str | None:
    parked = parking.parked()
    if parked is None or parked.finished:
        return None
    return "a restore did not come to its end, so people who were erased may be back: run flask restore once more"


def _clocks() -> str | None:
    if db.engine.dialect.name == "sqlite":
        return None
    theirs = db.session.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if apart <= CLOCK_SECONDS:
        return None
    return f"the clocks of this machine and of the database are {apart:.0f} seconds apart: set both by NTP"


_SETTINGS: tuple[Callable[[Settings], str | None], ...] = (
    _weak_key,
    open_address,
    _inbox,
    _limits,
    _proxies,
    _counters,
    _mail,
    _folders,
    _debugging,
)
_DATABASE: tuple[Callable[[], str | None], ...] = (_schema, _half_restored, _clocks)
