"""The letter of a booking that has another time, and the one of a booking that is no more."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from portal.domain.booking import changes
from portal.letters import links
from tests.support.every_letter import DAY

TEN = 10 * 60


@pytest.fixture
def booked(book, deliver):
    uid = book()
    deliver()
    return uid


def subjects(letters):
    return [letter.subject for letter in letters]


def test_it_tells_the_new_time_and_all_one_needs(booked, deliver, clock, seen):
    changes.move(booked, DAY + timedelta(days=1), TEN, clock.now())
    (letter,) = deliver()
    assert letter.subject == "Moved: 1-ABC-234, Wednesday 2 December 2026 at 10:00"
    for words in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        for fact in ("has moved", "Peeters Leuven", "Your driving licence", seen(booked).case_number):
            assert fact in words
        assert "Tuesday 1 December" not in words.replace("until Tuesday 1 December", "")


def test_of_two_moves_only_the_newest_is_told(booked, deliver, clock):
    for days in (1, 2):
        changes.move(booked, DAY + timedelta(days=days), TEN, clock.now())
    assert subjects(deliver()) == ["Moved: 1-ABC-234, Thursday 3 December 2026 at 10:00"]


def test_a_move_that_was_told_late_is_not_told_once_the_booking_is_cancelled(booked, deliver, clock):
    changes.move(booked, DAY + timedelta(days=1), TEN, clock.now())
    changes.cancel(booked, "", clock.now())
    assert subjects(deliver()) == ["Cancelled: 1-ABC-234, Wednesday 2 December 2026 at 10:00"]


def test_nobody_hears_of_what_is_over(booked, deliver, clock):
    changes.move(booked, DAY + timedelta(days=1), TEN, clock.now())
    clock.at("2026-12-02 10:31")
    assert deliver() == []


def test_a_cancelled_assessment_can_be_booked_again_for_its_case_without_typing(booked, deliver, clock, seen):
    changes.cancel(booked, "", clock.now())
    (letter,) = deliver()
    assert letter.link == links.book(seen(booked).garage, "assessment", seen(booked).case_uid)
    assert "is cancelled" in letter.text


def test_a_cancelled_repair_can_be_booked_again_without_typing(book_repair, deliver, clock, seen):
    uid = book_repair()
    changes.cancel(uid, "", clock.now())
    (letter,) = deliver()
    assert letter.link == links.book(seen(uid).garage, "repair", seen(uid).case_uid)
    assert letter.subject == "Cancelled: repair of 1-ABC-234, Tuesday 1 December 2026 at 08:00"


def test_a_cancellation_is_not_told_once_its_time_is_over(booked, deliver, clock):
    changes.cancel(booked, "", clock.now())
    clock.at("2026-12-01 09:31")
    assert deliver() == []
