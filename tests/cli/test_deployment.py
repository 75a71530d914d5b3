"""`flask doctor --deploy`: what would be unsafe while customers are served is named, and nothing starts with it."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from pydantic import SecretStr

from portal import wiring
from portal.cli import deployment
from portal.db import db, transaction
from portal.domain.mailing.models import ParkedMail
from tests.domain.photos.given import now
from tests.journeys.kinds import on_sqlite
from tests.support.live import environment, start_web
from tests.support.processes import HOME, HOST, Died, free_port, is_open

SAFE = {
    "secret_key": SecretStr("t0PrM8mG3vQ7xZ2kY5wB9nD4hJ6cL1sF"),
    "proxies": 1,
    "rate_limits": True,
    "smtp_host": "mail.example.com",
    "smtp_security": "starttls",
}
SHARED = {"database_url": "postgresql://db.example.com/portal", "storage_url": "s3://photos"}


@pytest.fixture
def settings(settings):
    settings.data_dir.mkdir(mode=0o700)
    return settings.model_copy(update=SAFE)


@pytest.fixture
def found(app, settings):
    """What is found with other settings."""

    def found(**other):
        with app.app_context():
            wiring.wired().settings.__dict__.update(other)
            return deployment.findings()

    return found


def test_a_safe_portal_may_serve(app, garage):
    done = app.test_cli_runner().invoke(args=["doctor", "--deploy"])
    assert (done.exit_code, done.output) == (0, "ok    safe to serve\n")


@on_sqlite
@pytest.mark.parametrize(
    ("unsafe", "words"),
    [
        ({"secret_key": SecretStr("k" * 32)}, "PORTAL_SECRET_KEY can be guessed"),
        ({"secret_key": SecretStr("please-change-me-0123456789-abcdef")}, "PORTAL_SECRET_KEY can be guessed"),
        ({"base_url": "http://portal.example.com"}, "PORTAL_BASE_URL should start with https://"),
        ({"inbox_dir": "inbox"}, "PORTAL_INBOX_DIR is set"),
        ({"rate_limits": False}, "PORTAL_RATE_LIMITS is off"),
        ({"proxies": 0}, "PORTAL_PROXIES is 0"),
        (SHARED, "PORTAL_REDIS_URL is empty"),
        ({"smtp_security": "none"}, "PORTAL_SMTP_SECURITY is none"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_each_unsafe_setting_is_one_sentence(settings, found, unsafe, words):
    changed = type(settings)(**(settings.model_dump() | unsafe))
    (sentence,) = found(**{name: getattr(changed, name) for name in unsafe})
    assert sentence.startswith(words) and ("take it out" in sentence or ":" in sentence)


@on_sqlite
@pytest.mark.parametrize(
    "safe", [SHARED | {"redis_url": "redis://r"}, {"smtp_security": "none", "smtp_host": HOST}]
)
def test_what_is_safe_is_not_complained_of(found, safe):
    assert found(**safe) == []


@on_sqlite
def test_a_folder_that_everybody_reads_is_named(found, settings):
    settings.data_dir.chmod(0o755)
    (sentence,) = found()
    assert sentence.endswith(f"chmod o-rwx {settings.data_dir}")


@on_sqlite
def test_debugging_is_named(found, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert "FLASK_DEBUG is set" in found()[0]


def test_tables_of_another_version_and_a_half_restore_are_named(found, app, monkeypatch):
    monkeypatch.setattr(deployment.schema, "newest", lambda: "9999")
    with app.app_context(), transaction() as session:
        session.add(ParkedMail(since=now(), finished=False))
    assert [sentence.rpartition(": run ")[2] for sentence in found()] == [
        "flask db upgrade",
        "flask restore once more",
    ]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_clocks_that_are_far_apart_are_named(found, monkeypatch):
    monkeypatch.setattr(deployment, "CLOCK_SECONDS", timedelta(0).total_seconds())
    assert "seconds apart" in found()[0]


def test_a_database_that_does_not_answer_is_named(found, monkeypatch):
    monkeypatch.setattr(deployment.schema, "present", lambda: db.session.execute(db.text("SELECT nothing")))
    assert "the database does not answer" in found()[0]


@on_sqlite
def test_neither_web_server_nor_worker_starts_unsafe_where_customers_come(settings, tmp_path):
    unsafe = environment(settings.model_copy(update={"rate_limits": False})) | {"FLASK_SKIP_DOTENV": "1"}
    port = free_port()
    with start_web(unsafe, tmp_path, port, 1) as web, pytest.raises(Died, match="PORTAL_RATE_LIMITS is off"):
        web.wait_until(lambda: is_open(port))
    worker = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    done = subprocess.run(worker, cwd=HOME, env=unsafe, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "PORTAL_RATE_LIMITS is off" in done.stderr


@on_sqlite
def test_a_safe_one_starts(settings, tmp_path):
    safe, port = environment(settings) | {"FLASK_SKIP_DOTENV": "1"}, free_port()
    with start_web(safe, tmp_path, port, 1) as web:
        web.wait_until(lambda: is_open(port))
    assert "safe to serve" in web.words() and os.environ.get("PORTAL_BASE_URL") is None
