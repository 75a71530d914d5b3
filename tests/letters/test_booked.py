"""The letter that says an appointment is booked, and its calendar file."""

from datetime import UTC, datetime, timedelta

from bs4 import BeautifulSoup
from icalendar import Calendar
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.service import Actor
from portal.domain.booking import changes, planning, service
from portal.domain.cases import service as cases
from portal.domain.garage import queries as garages
from portal.domain.garage import sections
from portal.domain.garage.file import read
from portal.domain.garage.sections import WHEREABOUTS
from portal.domain.mailing.models import Message, State
from portal.letters import calendar, links
from tests.journeys.workshop import set_up
from tests.support.every_letter import DAY
from tests.support.garages import FOLDER
from tests.support.post_office import states


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


def test_it_links_to_a_map_and_to_where_one_looks_changes_cancels_and_follows(book, seen, deliver):
    appointment = seen(book())
    (letter,) = deliver()
    found = {link["href"] for link in BeautifulSoup(letter.html, "html.parser").select('a[href^="http"]')}
    assert found == {
        appointment.location.map_url,
        links.booking(appointment),
        links.change(appointment),
        links.cancel(appointment),
        links.status(appointment.garage, appointment.case_uid),
    }
    assert letter_link(letter) == links.booking(appointment)


def test_it_says_until_when_one_may_change_it(book, deliver):
    book()
    (letter,) = deliver()
    assert "change or cancel your appointment until Monday 30 November 2026, 09:00" in letter.text


def test_once_that_is_over_it_gives_the_phone_instead(book, deliver, clock):
    clock.at("2026-11-30 09:01")
    book()
    (letter,) = deliver()
    assert "/change" not in letter.html and "/cancel" not in letter.html
    assert "please call us" in letter.text and letter.html.count("tel:") == 2


def test_a_repair_says_when_it_is_expected_to_be_ready(book_repair, deliver):
    book_repair()
    (letter,) = deliver()
    assert letter.subject == "Booked: repair of 1-ABC-234, Tuesday 1 December 2026 at 08:00"
    for words in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        for fact in ("Your repair is booked.", "Friday 4 December 2026", "Claes Aalst", "€ 100"):
            assert fact in words
    assert event_of(letter)["SUMMARY"] == "Repair at Carrosserie Claes"


def test_the_end_that_the_garage_plans_wins(book_repair, claes, case, clock, deliver):
    book_repair()
    cases.update(claes, case, {"planned_end": "2026-12-11"}, clock.now())
    (letter,) = deliver()
    assert "Friday 11 December 2026" in letter.text


def test_a_garage_that_shows_no_status_gets_no_link_to_it(app, book, deliver):
    document = read(FOLDER / "peeters.toml").model_dump(mode="json")
    set_up(app, document | {"flows": ["assessment"]})
    book()
    (letter,) = deliver()
    assert "/status/" not in letter.text + letter.html


def test_a_booking_that_moved_meanwhile_is_told_by_the_letter_of_the_move_alone(book, deliver, clock):
    changes.move(book(), DAY, 10 * 60, clock.now())
    assert [letter.subject.partition(":")[0] for letter in deliver()] == ["Moved"]


def test_who_asks_for_the_links_of_a_moved_booking_once_more_gets_them(book, deliver, clock, seen):
    uid = book()
    changes.move(uid, DAY, 10 * 60, clock.now())
    deliver()
    changes.send_links_again(uid, clock.now())
    (letter,) = deliver()
    assert letter.subject == "Booked: 1-ABC-234, Tuesday 1 December 2026 at 10:00"
    assert letter_link(letter) == links.booking(seen(uid)) and event_of(letter)["SEQUENCE"] == 1


def moves_to_lisbon(now):
    garage = garages.find("peeters")
    part = sections.read(garage.locations[0], WHEREABOUTS)
    told = {**part.values, "zone": "Europe/Lisbon"}
    planning.save(
        garage,
        garage.locations[0],
        WHEREABOUTS,
        told,
        expected=part.fingerprint,
        choices={},
        by=Actor("Olga"),
        now=now,
    )


def test_whose_calendar_a_corrected_zone_moves_gets_the_letter_once_more(book, deliver, clock):
    book()
    deliver()
    moves_to_lisbon(clock.now())
    (letter,) = deliver()
    event = event_of(letter)
    assert "09:00" in letter.subject
    assert (event.start, event["SEQUENCE"]) == (datetime(2026, 12, 1, 9, tzinfo=UTC), 1)


def test_a_request_that_waited_while_the_zone_was_corrected_is_told_to_all_once_it_is_booked(
    ask, deliver, clock
):
    uid = ask()
    deliver()
    moves_to_lisbon(clock.now())
    service.confirm(uid, 1, clock.now())
    deliver()
    told = db.session.scalars(
        select(Message.purpose).where(Message.about == uid, Message.state == State.SENT)
    )
    assert set(told) == {"confirmation", "booked", "garage_booked"}


def test_a_booking_that_was_cancelled_meanwhile_is_not_announced(book, deliver, clock):
    changes.cancel(book(), "", clock.now())
    assert [letter.subject.partition(":")[0] for letter in deliver()] == ["Cancelled"]


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
    assert event_of(letter)["DTSTAMP"].dt == seen(uid).booked_at


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
    assert states() == ["sent", "skipped", "skipped"]


def test_a29_what_was_typed_stays_text(book, deliver):
    book(first_name="<b>Jan</b>", make="<script>", model='"><img src=x>', plate="1-ABC-234")
    (letter,) = deliver()
    soup = BeautifulSoup(letter.html, "html.parser")
    assert not soup.select("script, img, b")
    assert "<script>" in letter.text
