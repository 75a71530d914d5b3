"""A garage opens a case from what it knows, however little, in one spelling, or is told all that is wrong."""

from datetime import UTC, date, datetime

import pytest

from portal.core.normalise import case_numbers
from portal.db import db
from portal.domain.cases import details, queries, rows, service
from portal.domain.cases.activities import Piece
from portal.domain.cases.errors import CaseUnknown, DetailsRefused, Reason
from tests.support.racers import together

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LEAST = {"location": "aalst", "plate": "1-abc-234"}

pytestmark = pytest.mark.usefixtures("context")


def create(garage, **given):
    return queries.by_number(garage.id, service.create(garage, LEAST | given, NOW))


def values(garage, number):
    (case,) = rows.known(db.session(), garage, [number], locked=False).values()
    return case.values


def refused(garage, **given):
    """What is wrong, by field; nothing was written."""
    with pytest.raises(DetailsRefused) as no:
        service.create(garage, LEAST | given, NOW)
    assert queries.newest(garage.id, 1) == []
    return {problem.field: problem.reason for problem in no.value.problems}


def test_a_plate_and_a_place_are_enough(repairs):
    view = create(repairs)
    assert (view.vehicle.plate, view.vehicle.plate_key, view.vehicle.plate_country) == (
        "1-ABC-234",
        "1ABC234",
        "BE",
    )
    assert (view.case.location_id, view.case.language) == (repairs.by_slug("aalst").id, "nl")
    assert (view.customer.first_name, view.customer.email, view.customer.phone) == ("", "", "")
    assert (view.case.damage_flow, view.case.vehicle_in_on, view.vehicle.mileage_km) == (None, None, None)
    assert view.case.created_at == view.case.changed_at == NOW
    assert queries.consents(view.customer.id) == []


def test_everything_is_kept_in_the_spelling_of_the_house(repairs):
    number = create(
        repairs,
        location="tilburg", number="  GA 2026/17 ", plate="k 123.bx", plate_country=" nl", vin="wvw zzz1jz-xw000001", mileage="45.000",
        make=" Škoda ", model="Octavia\u00a0Combi", first_name="Rene\u0301e", last_name="Bos", mail="Renee@EXAMPLE.com ",
        phone="06 12345678", street="Korte  Gracht 1", postcode="5011 AB", city="Tilburg", language="DE",
        damage_flow="spot", damage=" Hail.\r\nAll over. ", damage_zones="roof | bonnet", vehicle_in="1/12/2026", ready="2026-12-02",
        planned_end="04.12.2026", finished="2026-12-04", collected="2026-12-05",
        activities="Bodywork=2026-12-02 | Painting",
    ).case.number  # fmt: skip
    assert values(repairs, number) == {
        "location": "tilburg",
        "number": "GA 2026/17",
        "plate": "K 123 BX",
        "plate_country": "NL",
        "vin": "WVWZZZ1JZXW000001",
        "mileage": 45000,
        "make": "Škoda",
        "model": "Octavia Combi",
        "first_name": "Ren\u00e9e",
        "last_name": "Bos",
        "mail": "Renee@example.com",
        "phone": "+31612345678",
        "street": "Korte Gracht 1",
        "postcode": "5011 AB",
        "city": "Tilburg",
        "language": "de",
        "damage_flow": "spot",
        "damage": "Hail.\nAll over.",
        "damage_zones": "bonnet roof",
        "vehicle_in": date(2026, 12, 1),
        "ready": date(2026, 12, 2),
        "planned_end": date(2026, 12, 4),
        "finished": date(2026, 12, 4),
        "collected": date(2026, 12, 5),
        "activities": (Piece("Bodywork", date(2026, 12, 2)), Piece("Painting", None)),
    }


def test_a_phone_number_is_one_of_the_country_the_case_is_in(repairs):
    assert create(repairs, phone="0470 12 34 56").customer.phone == "+32470123456"
    assert create(repairs, phone="06 12345678", location="tilburg").customer.phone == "+31612345678"
    assert create(repairs, phone="+49 170 1234567").customer.phone == "+491701234567"


def test_where_there_is_one_location_only_it_goes_without_saying(garage):
    view = create(garage, location="")
    assert view.case.location_id == garage.locations[0].id


def test_without_a_number_it_gets_one_of_ours(repairs):
    first, second = create(repairs).case, create(repairs).case
    assert first.number != second.number and first.uid != second.uid
    assert len(first.number) == 11 and first.number_key == case_numbers.key(first.number)


@pytest.mark.parametrize("spelling", ["GA-1017", "ga1017", " G a 1 0 1 7 ", "Ga–1017"])
def test_a_number_of_the_garage_is_kept_as_written_found_under_any_spelling_and_given_once(repairs, spelling):
    view = create(repairs, number="Ga-1017")
    assert view.case.number == "Ga-1017"
    assert queries.by_number(repairs.id, spelling).case.id == view.case.id
    with pytest.raises(DetailsRefused) as no:
        service.create(repairs, LEAST | {"number": spelling}, NOW)
    (problem,) = no.value.problems
    assert (problem.field, problem.reason) == ("number", Reason.TAKEN)


def test_two_garages_may_use_one_number(repairs, group):
    create(repairs, number="1")
    assert create(group, number="1", location="luik").case.garage_id == group.id


def test_a_number_has_at_most_40_signs(repairs):
    assert create(repairs, number="9" * 40).case.number == "9" * 40
    with pytest.raises(CaseUnknown):
        queries.by_number(repairs.id, "9" * 41)


@pytest.mark.parametrize(
    ("field", "told", "reason"),
    [
        ("location", "", Reason.MISSING),
        ("location", "luik", Reason.UNKNOWN),  # of another garage
        ("plate", " ", Reason.MISSING),
        ("plate", "!", Reason.MALFORMED),
        ("plate", "1234567890123", Reason.MALFORMED),
        ("plate_country", "Belgium", Reason.MALFORMED),
        ("number", "--", Reason.MALFORMED),
        ("number", "9" * 41, Reason.TOO_LONG),
        ("vin", "WVWZZZ1JZXW00000O", Reason.MALFORMED),
        ("make", "m" * 61, Reason.TOO_LONG),
        ("first_name", "J\0an", Reason.UNREADABLE),
        ("last_name", "\ud800", Reason.UNREADABLE),
        ("mail", "jan at example.com", Reason.MALFORMED),
        ("mail", f"{'j' * 250}@example.com", Reason.MALFORMED),
        ("mail", "josé@example.com", Reason.ACCENTED),
        ("phone", "12", Reason.MALFORMED),
        ("language", "it", Reason.UNKNOWN),
        ("damage_flow", "hail", Reason.UNKNOWN),
        ("damage", "d" * 4001, Reason.TOO_LONG),
        ("ready", "soon", Reason.MALFORMED),
        ("activities", "Painting=soon", Reason.MALFORMED),
        ("activities", "Painting|painting", Reason.TWICE),
    ],
)
def test_what_is_wrong_is_named_with_its_field_and_nothing_is_written(repairs, group, field, told, reason):
    assert refused(repairs, **{field: told}) == {field: reason}


def test_everything_that_is_wrong_is_named_at_once(repairs):
    assert set(refused(repairs, plate="!", mail="jan", ready="soon")) == {"plate", "mail", "ready"}


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"vehicle_in": "2026-12-02", "collected": "2026-12-01"}, "collected"),
        ({"vehicle_in": "2026-12-02", "finished": "2026-12-01"}, "finished"),
        ({"finished": "2026-12-02", "collected": "2026-12-01"}, "collected"),
    ],
)
def test_a_car_does_not_leave_before_it_came(repairs, days, field):
    assert refused(repairs, **days) == {field: Reason.TOO_EARLY}


def test_a_car_may_come_and_go_on_one_day(repairs):
    day = "2026-12-02"
    assert create(repairs, vehicle_in=day, finished=day, collected=day).case.collected_on == date(2026, 12, 2)


def test_the_history_says_that_the_garage_opened_it(repairs):
    (event,) = queries.history(create(repairs).case.id)
    assert (event.what, event.actor, event.at) == ("opened", "garage", NOW)


def test_a_number_given_ten_times_at_once_is_one_case(app, repairs):
    given = LEAST | {"number": "1017"}
    found = together(app, [lambda: service.create(repairs, given, NOW)] * 10)
    assert found.count("1017") == 1
    assert sum(isinstance(each, DetailsRefused) for each in found) == 9


def test_what_is_plain_is_read_as_itself(repairs):
    number = create(
        repairs, ready="2026-12-02", activities="Bodywork=2026-12-02 | Painting", damage="a\nb"
    ).case.number
    before = values(repairs, number)
    given = {name: details.plain(value) for name, value in before.items()}
    assert details.read(given, repairs) == before
