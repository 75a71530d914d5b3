"""What the garage hears: who, what, when, and how to reach them, in its own language."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from portal.domain.audit.service import Actor
from portal.domain.booking import changes, daylists, service
from portal.domain.cases import service as cases
from tests.support.every_letter import DAY

TEN = 10 * 60


@pytest.fixture
def booked(book_repair, deliver):
    uid = book_repair()
    deliver()
    return uid


def both(letter):
    return letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")


def test_a_new_booking_says_who_comes_when_with_what_for_what(book_repair, case, deliver):
    book_repair()
    (letter,) = deliver(to_garage=True)
    assert letter.recipient == "planning@claes.example.com"
    assert letter.subject == "New appointment: 1-ABC-234, Tuesday 1 December 2026 at 08:00"
    for words in both(letter):
        for fact in (
            "Classic repair",
            "Claes Aalst",
            "Ann Peeters",
            "+32 470 12 34 56",
            "ann@example.com",
            "Volkswagen Golf",
            "1-ABC-234",
            case,
        ):
            assert fact in words


def test_an_assessment_is_called_one(book, deliver):
    book()
    (letter,) = deliver(to_garage=True)
    assert letter.recipient == "info@peeters.example.com"
    assert all("Schadebeoordeling" in words for words in both(letter))


def test_it_is_written_in_the_first_language_of_the_garage_whatever_the_customer_speaks(
    book, deliver, mailer
):
    book(language="fr")
    (letter,) = deliver(to_garage=True)
    assert "dinsdag 1 december 2026" in letter.text
    assert mailer.sent[-1].language == "nl"


def test_a_move_tells_the_old_time_too(booked, deliver, clock):
    changes.move(booked, DAY + timedelta(days=1), 9 * 60, clock.now())
    (letter,) = deliver(to_garage=True)
    assert letter.subject == "Moved: 1-ABC-234, now Wednesday 2 December 2026 at 09:00"
    for words in both(letter):
        assert "Before: Tuesday 1 December 2026, 08:00" in words


def test_a_cancellation_tells_the_reason(booked, deliver, clock):
    changes.cancel(booked, "On holiday.", clock.now())
    (letter,) = deliver(to_garage=True)
    assert letter.subject == "Cancelled: 1-ABC-234, Tuesday 1 December 2026 at 08:00"
    for words in both(letter):
        assert "Appointment cancelled by the customer" in words and "Reason given: On holiday." in words


def test_what_the_garage_cancelled_itself_is_not_told_as_if_the_customer_had(booked, deliver, clock):
    changes.cancel(booked, "Our paint booth is broken.", clock.now(), by=Actor("Wim"))
    (letter,) = deliver(to_garage=True)
    assert all("Appointment cancelled by us" in words for words in both(letter))


def test_no_reason_no_line(booked, deliver, clock):
    changes.cancel(booked, "", clock.now())
    (letter,) = deliver(to_garage=True)
    assert "Reason" not in letter.text and "Before" not in letter.text


@pytest.mark.parametrize("typed", ["http://evil.example/x", "www.evil.example", "a@evil.example"])
def test_a28_nothing_a_stranger_typed_carries_a_link(book, deliver, clock, typed):
    uid = book(**dict.fromkeys(("first_name", "last_name", "plate", "make", "model", "damage"), typed))
    letters = deliver(to_garage=True)
    clock.forward(minutes=1)
    changes.cancel(uid, typed, clock.now())
    letters += deliver(to_garage=True)
    assert len(letters) == 2
    for letter in letters:
        for words in (letter.subject, letter.text, letter.html):
            assert "evil.example" not in words and "http://" not in words


def test_a29_what_was_typed_stays_text(book, deliver):
    book(first_name="<b>Jan</b>", make="<script>", model='"><img src=x>')
    (letter,) = deliver(to_garage=True)
    assert not BeautifulSoup(letter.html, "html.parser").select("script, img, b")


def test_of_what_happened_in_one_go_only_the_end_is_told(book_repair, deliver, clock):
    uid = book_repair()
    for days in (1, 2):
        changes.move(uid, DAY + timedelta(days=days), 9 * 60, clock.now())
    assert [each.subject for each in deliver(to_garage=True)] == [
        "Moved: 1-ABC-234, now Thursday 3 December 2026 at 09:00"
    ]


@pytest.fixture
def a_full_day(book, deliver, clock):
    """Two assessments at Peeters, written down at six in the morning of their day."""
    book(minute=TEN, plate="2-BBB-222", first_name="Piet", email="piet@example.com")
    book()
    deliver()
    clock.at("2026-12-01 06:00")
    assert daylists.announce(clock.now()) == 1


def test_the_list_of_the_day_names_all_who_come_in_their_order(a_full_day, deliver):
    (letter,) = deliver(to_garage=True)
    assert letter.recipient == "info@peeters.example.com"
    for words in both(letter):
        facts = ["09:00", "1-ABC-234", "Jan Jansen", "+32 470 12 34 56", "10:00", "2-BBB-222", "Piet Jansen"]
        places = [words.index(fact) for fact in facts]
        assert places == sorted(places)


def test_a_list_tells_what_is_so_when_it_leaves(a_full_day, deliver, ask, clock):
    clock.at("2026-12-01 06:30")
    service.confirm(ask(minute=11 * 60, plate="3-CCC-333"), 1, clock.now())
    letter, _ = deliver(to_garage=True)
    assert "3-CCC-333" in letter.text and "1-ABC-234" in letter.text


def test_a_list_of_a_day_that_is_over_stays_here(a_full_day, deliver, clock):
    clock.at("2026-12-01 10:30")
    assert deliver(to_garage=True) == []


def test_an_address_that_was_mended_since_is_the_one_to_answer(booked, claes, case, deliver, clock):
    cases.update(claes, case, {"mail": "ann.peeters@example.com"}, clock.now())
    changes.cancel(booked, "", clock.now())
    (letter,) = deliver(to_garage=True)
    for words in both(letter):
        assert "ann.peeters@example.com" in words and "ann@example.com" not in words
