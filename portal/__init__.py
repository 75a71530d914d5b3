"""The self-service portal of a car garage."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from portal import config, db, jobs, web, wiring
from portal.adapters import queue

HOME = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024


class _Portal(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing of ours is asynchronous; looking at each of twenty hooks again takes time on every page."""
        return func


def create_app(settings: config.Settings | None = None, *, commands: bool = True) -> Flask:
    """The portal as a WSGI application, with `settings` or those of the environment, and its `flask` commands.

    Raises:
        Misconfigured: if a setting is missing or wrong.
    """
    settings = settings or config.read()
    app = _Portal(__name__, static_folder=str(HOME / "static"))
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        MAX_CONTENT_LENGTH=MEBIBYTE,  # the photo pages allow themselves more
        MIGRATIONS_DIR=HOME / "migrations",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _make_folder(settings)
    wiring.init_app(app, settings)
    db.init_app(app, settings.database_url)
    jobs.register(app, queue.build(settings))
    web.init_app(app, settings, str(HOME / "translations"))
    if commands:
        # Loaded for the command line only: with what migrates tables it takes a tenth of a web worker's memory.
        from portal import cli

        cli.init_app(app)
    return app


def _make_folder(settings: config.Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise config.Misconfigured(
            f"PORTAL_DATA_DIR: {settings.data_dir} can be no folder ({error})"
        ) from None
