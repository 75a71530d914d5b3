"""A30: whatever happens to a booking, its files imported in turn are one event, or none once it is cancelled."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from portal.domain.booking import changes, queries
from portal.letters import calendar
from tests.support.every_letter import DAY

NINE, TEN = 9 * 60, 10 * 60


class OwnCalendar:
    """A customer's calendar, as the standard wants one: by UID, what is newer replaces what is older."""

    def __init__(self):
        self.events = {}
        self._newest = {}

    def take(self, letter):
        """Import the file of a letter."""
        (data,) = letter.files.values()
        file = Calendar.from_ical(data)
        (event,) = file.events
        uid, revision = event["UID"], (event["SEQUENCE"], event["DTSTAMP"].dt)
        if revision <= self._newest.get(uid, (-1,)):
            return
        self._newest[uid] = revision
        self.events.pop(uid, None)
        if file["METHOD"] == "PUBLISH":
            self.events[uid] = event


@pytest.fixture(params=["assessment", "repair"])
def life(request, deliver, clock):
    """The letters of a booking that moved twice and was cancelled, an hour between each."""
    uid = request.getfixturevalue({"assessment": "book", "repair": "book_repair"}[request.param])()
    letters = deliver()
    for day, minute in ((1, NINE), (2, NINE)):
        clock.forward(hours=1)
        changes.move(uid, DAY + timedelta(days=day), minute, clock.now())
        letters += deliver()
    clock.forward(hours=1)
    changes.cancel(uid, "", clock.now())
    return uid, letters + deliver()


def test_a30_booked_moved_twice_and_cancelled_is_one_event_and_then_none(life):
    uid, letters = life
    own, days = OwnCalendar(), []
    for letter in letters:
        own.take(letter)
        days.append([event.start.date() for event in own.events.values()])
    assert days == [[DAY], [DAY + timedelta(days=1)], [DAY + timedelta(days=2)], []]
    assert all(f"UID:{uid}@".encode() in next(iter(letter.files.values())) for letter in letters)


def test_a30_in_whatever_order_the_letters_are_opened_nothing_is_left(life):
    _, letters = life
    own = OwnCalendar()
    for letter in reversed(letters):
        own.take(letter)
    assert own.events == {}


def test_sequence_and_stamp_rise_with_each_letter(life):
    _, letters = life
    events = [Calendar.from_ical(next(iter(letter.files.values()))).events[0] for letter in letters]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    stamps = [event["DTSTAMP"].dt for event in events]
    assert stamps == sorted(set(stamps))
    assert [event["STATUS"] for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]


def test_the_mail_says_what_the_file_wants(life, mailer):
    kinds = [file.content_type for sent in mailer.sent for file in sent.letter.attachments]
    assert [kind.rpartition("method=")[2] for kind in kinds] == ["PUBLISH"] * 3 + ["CANCEL"]


def test_the_file_on_the_page_is_the_one_in_the_letter(life):
    uid, letters = life
    assert calendar.event(queries.appointment(uid)) == next(iter(letters[-1].files.values()))
