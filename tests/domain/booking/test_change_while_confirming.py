"""Two tabs of one person: one presses the link while the other asks for a different day."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.audit.service import Actor
from portal.domain.booking import planning, service
from portal.domain.booking.errors import AlreadyBooked, Late, Undecided
from portal.domain.garage import queries as garages
from portal.domain.garage import sections
from portal.domain.mailing import service as mailing
from tests.domain.booking.given import BOOKED, DAY, NOW, ask, booked, cases, draft, letters, opens, states
from tests.support.tabs import Halfway, Tab

NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def halfway(monkeypatch):
    """Stops whoever confirms just before the end, until the test goes on."""
    return Halfway(monkeypatch, service.photos, "move_to_case")


@pytest.mark.parametrize("day", [DAY, NEXT_DAY], ids=["same day", "another day"])
def test_a_booking_is_never_let_go_by_a_change_of_time_that_came_too_late(app, context, halfway, day):
    opens()
    mine = draft()
    uid = ask(draft_id=mine)
    pressing = Tab(app, lambda: service.confirm(uid, 1, NOW))
    changing = Tab(app, lambda: ask(draft_id=mine, day=day, minute=600))
    halfway.meet(pressing, changing)
    assert pressing.error is None
    assert isinstance(changing.error, AlreadyBooked)
    assert states() == ["booked"]
    assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)


def test_a_press_that_comes_while_the_time_is_changed_finds_its_hold_let_go(app, context, monkeypatch):
    opens()
    mine = draft()
    uid = ask(draft_id=mine)
    changing = Tab(app, lambda: ask(draft_id=mine, day=NEXT_DAY))
    pressing = Tab(app, lambda: service.confirm(uid, 1, NOW))
    Halfway(monkeypatch, mailing, "queue").meet(changing, pressing)
    assert changing.error is None and isinstance(pressing.error, Late)
    assert states() == ["released", "held"] and cases() == 0


FROM_TEN = {"hours": [{"days": [0, 1, 2, 3, 4, 5, 6], "open": [[600, 720]]}]}


def save_hours(place, expected):
    garage, week = garages.find("peeters"), sections.week("assessment")
    planning.save(garage, place, week, FROM_TEN, expected=expected, choices={}, by=Actor("Pia"), now=NOW)


def hours_saved_while_pressed(app, halfway, place, uid):
    """What comes of saving shorter hours while the link of `uid` is being pressed."""
    expected = sections.read(place, sections.week("assessment")).fingerprint
    pressing = Tab(app, lambda: service.confirm(uid, 1, NOW))
    saving = Tab(app, lambda: save_hours(place, expected))
    halfway.meet(pressing, saving)
    assert pressing.error is None and states() == ["booked"]
    return saving.error


def test_a09_hours_are_not_saved_past_a_booking_that_is_just_being_confirmed(app, context, halfway):
    place = opens()
    error = hours_saved_while_pressed(app, halfway, place, ask(draft_id=draft()))
    assert isinstance(error, Undecided) and len(error.outside) == 1


def test_a09_control_without_the_guard_it_stands_outside_and_nobody_was_asked(
    app, context, halfway, monkeypatch
):
    monkeypatch.setattr(garages, "standing", garages.by_id)
    place = opens()
    error = hours_saved_while_pressed(app, halfway, place, ask(draft_id=draft()))
    # SQLite has one writer at a time, guard or not.
    assert (error is None) == (db.engine.dialect.name == "postgresql")
