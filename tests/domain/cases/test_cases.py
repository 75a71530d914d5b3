"""A case: who, which car, what they agreed to, and what happened since."""

from datetime import UTC, datetime

import pytest

from portal.core import codes
from portal.db import transaction
from portal.domain.cases import queries, service
from portal.domain.cases.errors import CaseUnknown
from tests.support.bookings import answers

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("context")


def open_case(garage, **told):
    with transaction():
        return service.open_case(
            garage_id=garage.id,
            location_id=garage.locations[0].id,
            answers=answers(NOW, **told),
            now=NOW,
        )


def test_a_case_keeps_what_the_customer_told(garage):
    told = {
        "street": "Tiensesteenweg 1",
        "postcode": "3000",
        "city": "Leuven",
        "language": "fr",
        "vin": "WVWZZZ1JZXW000001",
        "mileage_km": 123_456,
        "damage": "Hail.",
    }
    view = queries.by_id(open_case(garage, **told))
    assert (view.case.damage, view.case.language, view.case.created_at) == ("Hail.", "fr", NOW)
    assert (view.customer.first_name, view.customer.phone, view.customer.city) == (
        "Jan",
        "+32470123456",
        "Leuven",
    )
    assert (view.vehicle.vin, view.vehicle.mileage_km) == ("WVWZZZ1JZXW000001", 123_456)


def test_a_car_is_found_under_any_spelling_of_its_plate_but_shown_as_written(garage):
    vehicle = queries.by_id(open_case(garage, plate="1-abc 234")).vehicle
    assert (vehicle.plate, vehicle.plate_key) == ("1-abc 234", "1ABC234")


def test_a_mileage_nobody_gave_is_not_zero(garage):
    assert queries.by_id(open_case(garage)).vehicle.mileage_km is None


def test_the_consent_keeps_purpose_version_the_language_it_was_read_in_and_its_moment_in_utc(garage):
    consented = {
        "consent_version": "2026-11",
        "consent_language": "fr",
        "consented_at": "2026-11-23T09:30:00+01:00",
    }
    view = queries.by_id(open_case(garage, language="nl", **consented))
    (consent,) = queries.consents(view.customer.id)
    assert (consent.purpose, consent.words_version) == (service.CONSENT_PURPOSE, "2026-11")
    assert (consent.language, view.case.language) == ("fr", "nl")
    assert consent.given_at == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_a_case_is_found_by_its_number_in_any_case_of_its_letters(garage):
    case_id = open_case(garage)
    number = queries.by_id(case_id).case.number
    for written in (number, number.lower(), number.title()):
        assert queries.by_number(garage.id, written).case.id == case_id


def test_a_case_is_not_found_by_another_number_or_at_another_garage(garage, group):
    number = queries.by_id(open_case(garage)).case.number
    for garage_id, wrong in (
        (group.id, number),
        (garage.id, number[:-1]),
        (garage.id, ""),
        (garage.id, "K7M-2QX-9RA"),
    ):
        with pytest.raises(CaseUnknown):
            queries.by_number(garage_id, wrong)


def test_a_number_that_is_taken_is_drawn_again(garage, group, monkeypatch):
    numbers = iter(["AAA-AAA-AAA", "AAA-AAA-AAA", "AAA-AAA-AAA", "BBB-BBB-BBB"])
    monkeypatch.setattr(codes, "case_number", lambda: next(numbers))
    first, elsewhere, second = open_case(garage), open_case(group), open_case(garage)
    found = [queries.by_id(case_id).case.number for case_id in (first, elsewhere, second)]
    assert found == ["AAA-AAA-AAA", "AAA-AAA-AAA", "BBB-BBB-BBB"]


def test_the_history_is_told_oldest_first_in_values(garage):
    case_id = open_case(garage)
    with transaction():
        service.record(case_id, "booked", actor="customer", now=NOW, flow="assessment")
        service.record(case_id, "moved", actor="planner", now=NOW)
    events = queries.history(case_id)
    assert [(event.what, event.actor, event.detail) for event in events] == [
        ("booked", "customer", {"flow": "assessment"}),
        ("moved", "planner", {}),
    ]
    assert events[0].at == NOW


def test_the_newest_cases_of_a_garage_come_first_and_others_not_at_all(garage, group):
    ids = [open_case(garage) for _ in range(4)]
    open_case(group)
    assert [view.case.id for view in queries.newest(garage.id, 3)] == ids[:0:-1]


def test_a_case_that_fails_halfway_leaves_nobody_behind(garage):
    with pytest.raises(ValueError):
        open_case(garage, consented_at="yesterday")
    assert queries.newest(garage.id, 10) == []
