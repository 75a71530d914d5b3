"""Hours are saved with a decision about every booking outside, in one transaction, against what was read."""

import pytest

from portal.core.scheduling import Refusal
from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.service import Actor
from portal.domain.booking import outside, planning, service
from portal.domain.booking.errors import Undecided
from portal.domain.booking.models import State
from portal.domain.booking.planning import Choice
from portal.domain.cases import queries as cases
from portal.domain.garage import queries as garages
from portal.domain.garage import sections
from portal.domain.garage.errors import Overtaken, PartRefused
from tests.domain.booking.given import NINE, NOW, TEN, ask, letters, opens, row, states

WEEK = sections.week("assessment")
PLANNER = Actor("Pia")
FROM_TEN = {"hours": [{"days": [0, 1, 2, 3, 4, 5, 6], "open": [[600, 720]]}]}


@pytest.fixture
def place(context):
    return opens(places=2)


def booked(minute=NINE, **told):
    uid = ask(minute=minute, **told)
    service.confirm(uid, 1, NOW)
    return uid


def fingerprint(place):
    return sections.read(place, WEEK).fingerprint


def save(place, values=FROM_TEN, *, expected=None, **choices):
    planning.save(
        garages.find("peeters"),
        place,
        WEEK,
        values,
        expected=expected or fingerprint(place),
        choices=choices,
        by=PLANNER,
        now=NOW,
    )


def hours():
    return garages.find("peeters").locations[0].profile.assessment.hours[0].open


def test_a09_nothing_is_saved_while_one_is_undecided(place):
    first, second = booked(), booked()
    with pytest.raises(Undecided) as told:
        save(place, **{first: Choice.CANCEL})
    assert {each.uid for each in told.value.outside} == {first, second}
    assert hours() == [(540, 720)] and states() == [State.BOOKED, State.BOOKED]


def test_a09_all_of_it_happens_or_nothing(place, monkeypatch):
    uid = booked()

    def broken(*_args, **_more):
        raise RuntimeError("the power went")

    monkeypatch.setattr(planning.by_garage, "call_off", broken)
    with pytest.raises(RuntimeError):
        save(place, **{uid: Choice.CANCEL})
    assert hours() == [(540, 720)] and states() == [State.BOOKED]


def test_a09_what_is_kept_stands_outside_until_it_is_settled(place):
    uid = booked()
    save(place, **{uid: Choice.KEEP})
    (left,) = outside.standing(garages.find("peeters").locations[0], NOW)
    assert (left.uid, left.refusal, left.plate, left.email) == (
        uid,
        Refusal.OUTSIDE_HOURS,
        "1-ABC-234",
        "jan@example.com",
    )
    assert left.kept_at == NOW and not left.waits
    planning.settle(place, {}, by=PLANNER, now=NOW)
    assert states() == [State.BOOKED]
    planning.settle(garages.find("peeters").locations[0], {uid: Choice.CANCEL}, by=PLANNER, now=NOW)
    assert states() == [State.CANCELLED] and letters("called_off") == 1


def test_a_cancelled_one_tells_the_history_who_did_it_and_the_log_too(place):
    uid = booked()
    save(place, **{uid: Choice.CANCEL})
    cancelled = row(uid)
    event = cases.history(cancelled.case_id)[-1]
    assert (event.what, event.actor, event.detail["by"]) == ("cancelled", "garage", "Pia")
    hours_entry, booking_entry = db.session.query(AuditEntry).order_by(AuditEntry.id)
    assert (hours_entry.about, booking_entry.about, booking_entry.what) == (
        "hours",
        "case",
        "cancelled",
    )


def test_who_decided_to_keep_one_stands_in_the_history_and_in_the_log_once(place):
    uid = booked()
    save(place, **{uid: Choice.KEEP})
    planning.settle(garages.find("peeters").locations[0], {uid: Choice.KEEP}, by=PLANNER, now=NOW)
    kept = [event for event in cases.history(row(uid).case_id) if event.what == "kept"]
    assert [event.detail["by"] for event in kept] == ["Pia"]
    logged = db.session.query(AuditEntry).filter_by(what="kept")
    assert [(entry.who, entry.about) for entry in logged] == [("Pia", "case")]


def test_asking_twice_is_two_letters_and_one_booking(place):
    uid = booked()
    save(place, **{uid: Choice.ASK})
    planning.settle(garages.find("peeters").locations[0], {uid: Choice.ASK}, by=PLANNER, now=NOW)
    assert letters("another_time") == 2 and states() == [State.BOOKED]


def test_a_choice_about_what_fits_does_nothing(place):
    inside = booked(TEN)
    save(place, **{inside: Choice.CANCEL})
    assert states() == [State.BOOKED]


def test_who_read_before_somebody_saved_is_told(place):
    read = fingerprint(place)
    save(place)
    with pytest.raises(Overtaken) as told:
        save(place, {"hours": []}, expected=read)
    assert told.value.current["hours"][0]["open"] == [[600, 720]] and hours() == [(600, 720)]


def test_what_breaks_a_rule_is_refused(place):
    with pytest.raises(PartRefused):
        save(place, {"hours": [{"days": [0], "open": [[600, 540]]}]})
    assert hours() == [(540, 720)]


def test_a_preview_has_the_hours_to_come_and_changes_nothing(place):
    uid = booked()
    seen = planning.preview(garages.find("peeters"), place, WEEK, FROM_TEN, NOW)
    assert [each.uid for each in seen.outside] == [uid]
    assert seen.place.profile.assessment.hours[0].open == [(600, 720)] and hours() == [(540, 720)]
