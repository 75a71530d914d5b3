"""The furniture of every test: databases, an app, a visitor, a clock, letters, a browser."""

import os
from contextlib import ExitStack
from dataclasses import replace

import hypothesis
import pytest
from jinja2 import FileSystemBytecodeCache

from portal import create_app, jobs, wiring
from portal.adapters import queue
from portal.adapters.mailer import MemoryMailer
from portal.db import db
from tests.support import browsers, clocks, garages, letterbox, post_office
from tests.support.counters import own_redis
from tests.support.databases import KINDS
from tests.support.live import environment, running
from tests.support.schema import migrated
from tests.support.visitor import Visitor

pytest_plugins = ["tests.support.session"]

OF_ONE_TEST = (  # settings of an app whose values may differ
    "PORTAL_DATA_DIR",
    "PORTAL_INBOX_DIR",
    "PORTAL_STORAGE_",
    "PORTAL_SMTP_",
)
BASE_URL = "https://portal.example.com"

hypothesis.settings.register_profile("usual", deadline=None, derandomize=True)
hypothesis.settings.register_profile("full", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("full" if os.environ.get("PORTAL_TEST_FULL") else "usual")


@pytest.fixture(scope="session")
def _databases(tmp_path_factory):
    """The databases of this worker, each made when a test first asks for it."""
    with ExitStack() as stack:
        made = {}

        def database(name, kind):
            if name not in made:
                made[name] = stack.enter_context(migrated(kind, tmp_path_factory.mktemp(name)))
            return made[name]

        yield database


@pytest.fixture(params=KINDS)
def database(request, _databases):
    """A migrated database without a row, of each kind: `.url`, `.kind`."""
    database = _databases(request.param, request.param)
    database.empty()
    return database


@pytest.fixture
def redis_url():
    """A Redis database of this test's own."""
    with own_redis() as url:
        yield url


@pytest.fixture
def settings(database, tmp_path):
    """Settings of a portal at BASE_URL. A module that wants others overrides this with a `model_copy`."""
    return post_office.settings(
        tmp_path / "data", base_url=BASE_URL, database_url=database.url, rate_limits=False
    )


@pytest.fixture(scope="session")
def _compiled_templates(tmp_path_factory):
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def _portals(_compiled_templates):
    """Portals by their settings. Making one takes longer than most tests, so what is like an earlier one is used again."""
    made = {}

    def portal(settings):
        like = tuple(
            (name, "" if name.startswith(OF_ONE_TEST) else value)
            for name, value in sorted(environment(settings).items())
            if name.startswith("PORTAL_")
        )
        if like in made and not settings.rate_limits:  # counters must not outlive their test
            wiring.init_app(made[like], settings)
            jobs.register(made[like], queue.build(settings))
        else:
            made[like] = create_app(settings)
            made[like].jinja_env.bytecode_cache = _compiled_templates
        return made[like]

    return portal


@pytest.fixture
def app(settings, mailer, _portals):
    """The portal, its letters kept by `mailer`. No context is open; see `context`."""
    app = _portals(settings)
    app.extensions["portal"] = replace(app.extensions["portal"], mailer=mailer)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def context(app):
    """The app's context, for tests that call the domain; never beside `client`, whose requests would share it."""
    with app.app_context():
        yield app


@pytest.fixture
def mailer():
    """Keeps letters in `.sent`, or raises its `.trouble`."""
    return MemoryMailer()


@pytest.fixture
def deliver(app, mailer):
    """Sends what is due, once, and returns those letters."""
    return letterbox.delivery(app, mailer)


@pytest.fixture
def client(app):
    """A visitor without scripts and cookies who checks every page; further ones are `Visitor(app, BASE_URL)`."""
    return Visitor(app, BASE_URL)


@pytest.fixture
def clock(monkeypatch):
    """Stops the portal's clock: `clock.at("2026-12-01 09:00")`, `clock.forward(minutes=5)`, `clock.now()`."""
    return clocks.stopped(monkeypatch)


@pytest.fixture
def garage(app):
    """Garage Peeters: one location, four languages."""
    return garages.apply(app, "peeters")


@pytest.fixture
def group(app):
    """Maes: four locations, of which one takes no assessments and one has no hours."""
    return garages.apply(app, "maes")


@pytest.fixture
def language():
    """The language of the browser; a test in several parametrises it."""
    return "en"


@pytest.fixture(scope="session")
def _live(_databases, tmp_path_factory):
    database = _databases("live", "sqlite")
    with running(database.url, tmp_path_factory.mktemp("live-files")) as live:
        yield database, live


@pytest.fixture
def live(_live):
    """The portal as it really runs, with both garages and a real clock; see `running` for one to break."""
    database, live = _live
    database.empty()
    live.sink.received.clear()
    for slug in ("peeters", "maes"):
        garages.apply(live.app, slug)
    return live


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium."""
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def windows(chromium, live):
    """Opens pages of `live` in browsers of their own; no script may fail on any of them."""
    windows = browsers.Windows(chromium, live.url)
    yield windows
    windows.close()
    assert not windows.faults


@pytest.fixture
def page(windows, language):
    """A page of `live` on a phone."""
    return windows.open(language)
