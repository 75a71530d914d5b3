"""The letter that says an appointment is booked, and its calendar file."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from portal.domain.booking import service as booking
from portal.letters import calendar
from tests.support.post_office import states


@pytest.fixture
def book(ask, deliver, clock):
    def book(**given):
        uid = ask(**given)
        deliver()
        booking.confirm(uid, 1, clock.now())
        return uid

    return book


def event_of(letter):
    (data,) = letter.files.values()
    (event,) = Calendar.from_ical(data).events
    return event


def test_it_tells_all_one_needs_on_the_day(book, seen, deliver):
    uid = book()
    (letter,) = deliver()
    assert letter.subject == "Booked: 1-ABC-234, Tuesday 1 December 2026 at 09:00"
    number = seen(uid).case_number
    for words in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        for fact in (
            "Your appointment is booked",
            "Tuesday 1 December 2026",
            "09:00",
            "Peeters Leuven",
            "Tiensesteenweg 12",
            "3000 Leuven",
            "1-ABC-234",
            "Volkswagen Golf",
            number,
            "Your driving licence",
        ):
            assert fact in words


def test_it_links_to_the_booked_page_and_a_map(book, seen, deliver):
    uid = book()
    (letter,) = deliver()
    links = {link["href"] for link in BeautifulSoup(letter.html, "html.parser").select('a[href^="http"]')}
    assert links == {seen(uid).location.map_url, letter_link(letter)}
    assert all(link in letter.text for link in links)


def letter_link(letter):
    return BeautifulSoup(letter.html, "html.parser").select_one("a.button")["href"]


def test_the_calendar_file_says_when_and_where_the_same_as_the_letter(book, seen, deliver):
    uid = book()
    (letter,) = deliver()
    assert list(letter.files) == ["appointment.ics"]
    event = event_of(letter)
    assert event.start == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert event.end == event.start + timedelta(minutes=30)
    assert event["UID"] == f"{uid}@portal.example.com"
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == "Peeters Leuven, Tiensesteenweg 12, 3000 Leuven"
    assert event["ORGANIZER"] == "mailto:info@peeters.example.com"
    assert event["URL"] == letter_link(letter)
    assert seen(uid).case_number in event["DESCRIPTION"]


def test_the_calendar_file_is_one_to_publish_and_the_same_wherever_it_is_got(book, seen, deliver):
    uid = book()
    (letter,) = deliver()
    (data,) = letter.files.values()
    assert b"METHOD:PUBLISH\r\n" in data
    assert data == calendar.event(seen(uid))


def test_a07_an_appointment_after_the_clocks_change_keeps_its_time_on_the_wall(book, deliver, clock):
    clock.at("2026-10-20 09:00")
    book(day=clock.now().date().replace(day=26), minute=9 * 60)
    (letter,) = deliver()
    assert "09:00" in letter.subject
    assert event_of(letter).start == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)


def test_a_booking_that_is_over_is_not_announced(book, deliver, clock):
    book()
    clock.at("2026-12-01 09:31")
    assert deliver() == []
    assert states()[-1] == "skipped"


def test_a29_what_was_typed_stays_text(book, deliver):
    book(first_name="<b>Jan</b>", make="<script>", model='"><img src=x>', plate="1-ABC-234")
    (letter,) = deliver()
    soup = BeautifulSoup(letter.html, "html.parser")
    assert not soup.select("script, img, b")
    assert "<script>" in letter.text
