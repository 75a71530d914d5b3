"""A48: a person is erased while their link is being pressed, and is gone whoever is first."""

import pytest

from portal.db import db
from portal.domain.booking import service
from portal.domain.booking.errors import Late, RequestUnknown
from portal.domain.privacy import erasing
from portal.wiring import wired
from tests.domain.booking.given import NOW, ask, draft, opens
from tests.domain.privacy.lives import DESK
from tests.support.tabs import Halfway, Tab
from tests.support.traces import in_rows

THEIRS = ["jan@example.com", "Jansen"]

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def asked():
    opens()
    return ask(draft_id=draft())


@pytest.fixture
def pressing(app, asked):
    return Tab(app, lambda: service.confirm(asked, 1, NOW))


@pytest.fixture
def erasing_them(app, garage, asked):
    return Tab(app, lambda: erasing.erase(wired().storage, wired().tokens, garage, asked, by=DESK, now=NOW))


def test_a48_whoever_becomes_a_case_meanwhile_is_erased_with_it(app, pressing, erasing_them, monkeypatch):
    Halfway(monkeypatch, service.photos, "move_to_case").meet(pressing, erasing_them)
    assert pressing.error is None and erasing_them.error is None
    assert in_rows(app, THEIRS) == {}


def test_a48_whoever_presses_too_late_finds_nothing_and_leaves_nothing(
    app, pressing, erasing_them, monkeypatch
):
    Halfway(monkeypatch, erasing, "_remove_person").meet(erasing_them, pressing)
    assert erasing_them.error is None and isinstance(pressing.error, Late | RequestUnknown)
    assert in_rows(app, THEIRS) == {}


def test_a48_control_without_the_lock_a_case_is_left_behind(app, pressing, erasing_them, monkeypatch):
    monkeypatch.setattr(erasing, "_lock", lambda session, person: None)
    Halfway(monkeypatch, service.photos, "move_to_case").meet(pressing, erasing_them)
    # SQLite has one writer at a time, guard or not.
    assert bool(in_rows(app, THEIRS)) == (db.engine.dialect.name == "postgresql")
