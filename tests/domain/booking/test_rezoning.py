"""The zone of a location is put right: times on the clock stay, moments follow, calendars hear of it."""

from datetime import UTC, datetime

import pytest

from portal.domain.audit.service import Actor
from portal.domain.booking import planning, requests, service
from portal.domain.garage import queries as garages
from portal.domain.garage import sections
from portal.domain.garage.offerings import assessments
from tests.domain.booking.given import BOOKED, DAY, NINE, NOW, ask, draft, letters, opens, row
from tests.support import bookings

IN_BRUSSELS = datetime(2026, 12, 1, 8, tzinfo=UTC)
IN_LISBON = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def place(context):
    return opens(places=3)


def moves_to(zone):
    garage = garages.find("peeters")
    here = garage.locations[0]
    part = sections.read(here, sections.WHEREABOUTS)
    planning.save(
        garage,
        here,
        sections.WHEREABOUTS,
        {**part.values, "zone": zone},
        expected=part.fingerprint,
        choices={},
        by=Actor("Olga"),
        now=NOW,
    )


def test_the_customer_of_a_booking_gets_its_letter_once_more_for_the_calendar(place):
    uid = ask()
    service.confirm(uid, 1, NOW)
    moves_to("Europe/Lisbon")
    moved = row(uid)
    assert (moved.start_minute, moved.starts_at, moved.sequence) == (NINE, IN_LISBON, 1)
    assert letters(BOOKED) == 2


def test_nobody_is_written_to_where_the_clock_shows_the_same(place):
    service.confirm(ask(), 1, NOW)
    moves_to("Europe/Amsterdam")
    assert letters(BOOKED) == 1


def test_a_request_that_waits_is_not_written_to_and_books_the_new_moment(place):
    uid = ask()
    moves_to("Europe/Lisbon")
    assert letters(BOOKED) == 0 and row(uid).starts_at == IN_LISBON
    service.confirm(uid, 1, NOW)
    assert row(uid).starts_at == IN_LISBON


def test_a_request_by_a_page_from_before_gets_its_moments_when_it_is_confirmed(place):
    moves_to("Europe/Lisbon")
    uid = requests.request(
        draft_id=draft(),
        garage_id=garages.find("peeters").id,
        offering=assessments(place),  # as it was read before
        day=DAY,
        minute=NINE,
        answers=bookings.answers(NOW),
        now=NOW,
    )
    assert row(uid).starts_at == IN_BRUSSELS
    service.confirm(uid, 1, NOW)
    booked = row(uid)
    assert (booked.starts_at, booked.ends_at) == (IN_LISBON, datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
