"""Which mailer, storage, tokens and queue this app uses: chosen here, from the settings, once."""

from dataclasses import dataclass

from flask import Flask, current_app

from portal.adapters.mailer import Mailer
from portal.adapters.smtp import SmtpMailer
from portal.adapters.storage import Storage, open_store
from portal.adapters.tokens import Tokens
from portal.config import Settings


@dataclass(frozen=True)
class Wiring:
    """The doors to the outside, as one app has them."""

    settings: Settings
    storage: Storage
    tokens: Tokens
    mailer: Mailer


def init_app(app: Flask, settings: Settings) -> None:
    """Open the doors that `settings` name."""
    app.extensions["portal"] = Wiring(
        settings=settings,
        storage=open_store(
            settings.storage_url,
            endpoint=settings.storage_endpoint,
            region=settings.storage_region,
            access_key=settings.storage_access_key,
            secret_key=settings.storage_secret_key.get_secret_value(),
        ),
        tokens=Tokens(
            settings.secret_key.get_secret_value(),
            [key.get_secret_value() for key in settings.old_secret_keys],
        ),
        mailer=SmtpMailer(settings),
    )


def wired() -> Wiring:
    """The doors of the app that serves the present request or command."""
    return current_app.extensions["portal"]
