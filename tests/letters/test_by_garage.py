"""What a customer hears when the garage's plans change."""

import pytest

from portal.db import transaction
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.booking import by_garage, changes
from portal.letters import links
from tests.support.every_letter import DAY

TEN = 10 * 60


@pytest.fixture
def booked(book, deliver):
    uid = book()
    deliver()
    return uid


@pytest.fixture
def do(clock):
    """`do(what, uid)`: the garage does it, now."""

    def do(what, uid):
        with transaction() as session:
            return what(session, uid, by=COMMAND_LINE, now=clock.now())

    return do


def test_who_is_asked_finds_the_way_to_other_times(booked, do, deliver, seen):
    assert do(by_garage.ask_for_another_time, booked)
    (letter,) = deliver()
    assert letter.link == links.change(seen(booked)) and links.cancel(seen(booked)) in letter.text
    assert letter.subject == "Please choose another time: 1-ABC-234, Tuesday 1 December 2026 at 09:00"
    assert "this appointment stays as it is" in letter.text


def test_nobody_is_asked_who_moved_or_cancelled_meanwhile(booked, do, deliver, clock):
    do(by_garage.ask_for_another_time, booked)
    changes.move(booked, DAY, TEN, clock.now())
    assert [letter.subject for letter in deliver()] == [
        "Moved: 1-ABC-234, Tuesday 1 December 2026 at 10:00",
    ]
    changes.cancel(booked, "", clock.now())
    deliver()
    assert not do(by_garage.ask_for_another_time, booked) and deliver() == []


def test_who_was_asked_may_change_until_the_appointment(booked, do, clock, seen):
    clock.at("2026-12-01 08:30")
    assert seen(booked).change_until < clock.now()
    do(by_garage.ask_for_another_time, booked)
    changes.move(booked, DAY.replace(day=2), TEN, clock.now())
    assert seen(booked).change_until < seen(booked).starts_at


def test_the_garage_cancels_after_the_cut_off_and_says_so(booked, do, deliver, clock, seen):
    clock.at("2026-12-01 08:30")
    assert do(by_garage.call_off, booked)
    (letter,) = deliver()
    assert letter.subject == "Cancelled by us: 1-ABC-234, Tuesday 1 December 2026 at 09:00"
    assert "We are sorry: we have to cancel your appointment." in letter.text
    assert letter.link == links.book(seen(booked).garage, "assessment", seen(booked).case_uid)
    assert not do(by_garage.call_off, booked) and deliver() == []
