"""The portal as it really runs: web workers, a mail worker, and a mail server that takes its letters."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask
from pydantic import SecretStr

from portal import create_app
from portal.config import Settings
from portal.db import db
from tests.support import letterbox, smtp
from tests.support.letterbox import Mail
from tests.support.post_office import settings as usual_settings
from tests.support.processes import HOST, Program, free_port

PYTHON = sys.executable
AT_HOME = {"PORTAL_BASE_URL": f"http://{HOST}"}  # where a portal serves with any settings


@dataclass(frozen=True)
class Live:
    """A running portal at `url`. `app` is one more of it in this process, to look at rows with."""

    url: str
    settings: Settings
    app: Flask
    sink: smtp.Sink
    web: Program
    worker: Program | None

    def letters(self, recipient: str) -> list[Mail]:
        """What arrived for `recipient` so far."""
        mails = [letterbox.of_message(received.message) for received in list(self.sink.received)]
        return [mail for mail in mails if mail.recipient == recipient]

    def letter(self, recipient: str, *, seconds: float = 30) -> Mail:
        """The last letter to `recipient`, once there is one."""
        deadline = time.monotonic() + seconds
        while not (found := self.letters(recipient)):
            assert time.monotonic() < deadline, f"no letter to {recipient} in {seconds} seconds"
            time.sleep(0.05)
        return found[-1]


@contextmanager
def running(
    database_url: str,
    folder: Path,
    *,
    web_workers: int = 2,
    worker: bool = True,
    application: str = "wsgi:app",
    **given: object,
) -> Iterator[Live]:
    """A portal on a migrated database, with its files in `folder`; all of it is gone afterwards."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    with ExitStack() as stack:
        sink = stack.enter_context(smtp.sink())
        usual = {"database_url": database_url, "base_url": url, "smtp_port": sink.port, "rate_limits": False}
        settings = usual_settings(folder, **(usual | given))
        env = environment(settings)
        mail_worker = stack.enter_context(start_worker(env, folder)) if worker else None
        web = stack.enter_context(start_web(env, folder, port, web_workers, application))
        app = create_app(settings)
        web.wait_until(lambda: answers(f"{url}/healthz"))
        yield Live(url, settings, app, sink, web, mail_worker)
        with app.app_context():
            db.engine.dispose()


def start_web(
    env: dict[str, str], folder: Path, port: int, workers: int, application: str = "wsgi:app"
) -> Program:
    """gunicorn on `port`, as in production."""
    command = [PYTHON, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", "--no-control-socket"]
    return Program(
        [*command, "--worker-class", "gthread", "--workers", str(workers), "--threads", "4"],
        folder / "web.log",
        env=env,
    )


def start_worker(env: dict[str, str], folder: Path) -> Program:
    """The process that sends mail."""
    return Program([PYTHON, "-m", "flask", "--app", "wsgi", "worker"], folder / "worker.log", env=env)


def environment(settings: Settings) -> dict[str, str]:
    """The variables that make another process read the same settings."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    for name, value in settings:
        if value is not None:
            env[f"PORTAL_{name.upper()}"] = _text(value)
    return env


def answers(url: str) -> bool:
    """Whether `url` answers well."""
    try:
        with urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def _text(value: object) -> str:
    if isinstance(value, list):
        return json.dumps([_text(each) for each in value])
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
