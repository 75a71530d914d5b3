"""The reminder says when, where and what to bring, and is not sent once it is not so any more."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from portal.domain.booking import changes, reminders, service
from portal.letters import links
from tests.journeys import workshop
from tests.support import bookings
from tests.support.every_letter import DAY
from tests.support.post_office import states

TEN = 10 * 60


@pytest.fixture
def due(book, deliver, clock):
    """A booking whose reminder is queued."""
    uid = book()
    deliver()
    clock.at("2026-11-30 09:00")
    assert reminders.remind(clock.now()) == 1
    return uid


def test_it_tells_all_one_needs_and_gives_the_links_until_the_cut_off(due, deliver, seen):
    (letter,) = deliver()
    assert letter.subject == "Reminder: 1-ABC-234, Tuesday 1 December 2026 at 09:00"
    for words in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        for fact in ("reminder", "09:00", "Peeters Leuven", "Tiensesteenweg 12", "Your driving licence"):
            assert fact in words
    for link in (links.change(seen(due)), links.cancel(seen(due))):
        assert link in letter.text and f'href="{link}"' in letter.html
    assert letter.files == {}


def test_after_the_cut_off_it_gives_the_phone(due, deliver, clock):
    clock.forward(minutes=1)
    (letter,) = deliver()
    assert "/change" not in letter.html and "please call us" in letter.text


def test_that_of_a_repair_names_it(book_repair, deliver, clock):
    book_repair()
    deliver()
    clock.at("2026-11-30 08:00")
    reminders.remind(clock.now())
    (letter,) = deliver()
    assert letter.subject == "Reminder: repair of 1-ABC-234, Tuesday 1 December 2026 at 08:00"


def test_a_booking_that_was_cancelled_meanwhile_is_not_reminded_of(due, deliver, clock):
    changes.cancel(due, "", clock.now())
    assert [letter.subject.partition(":")[0] for letter in deliver()] == ["Cancelled"]


@pytest.mark.parametrize("days", [0, 1, 7])
def test_a_booking_that_moved_meanwhile_is_not_reminded_of(due, deliver, clock, days):
    changes.move(due, DAY + timedelta(days=days), TEN, clock.now())
    reminders.remind(clock.forward(minutes=1))
    assert [letter.subject.partition(":")[0] for letter in deliver()] == ["Moved"]


def test_once_it_began_there_is_nothing_to_remind_of(due, deliver, clock):
    clock.at("2026-12-01 09:00")
    assert deliver() == [] and states()[-1] == "skipped"


@pytest.mark.parametrize(
    ("day", "due"), [("2027-03-28", "2027-03-27 08:00"), ("2027-10-31", "2027-10-30 10:00")]
)
def test_a07_across_the_night_the_clocks_change_it_goes_a_day_before_and_tells_the_time_on_the_wall(
    app, context, deliver, clock, day, due
):
    garage = workshop.opens(app)
    clock.at(f"{due[:8]}05 09:00")
    uid = bookings.request(garage, clock.now(), day=date.fromisoformat(day))
    service.confirm(uid, 1, clock.now())
    deliver()
    clock.at(due)
    assert reminders.remind(clock.now() - timedelta(minutes=1)) == 0
    assert reminders.remind(clock.now()) == 1
    (letter,) = deliver()
    assert letter.subject.endswith("at 09:00")
