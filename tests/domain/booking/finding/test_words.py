"""A case is found by the beginning of what people know of it, however they spell it."""

import pytest

from portal.db import db, transaction
from portal.domain.booking.finding import queries
from portal.domain.booking.finding.search import Sort
from portal.domain.cases import rows, service, terms
from portal.domain.cases.queries import by_number
from portal.domain.garage.reach import Reach
from tests.domain.booking.finding.conftest import NOW

ELS = {
    "plate": "1-ABC-234",
    "vin": "WVWZZZ1JZXW000001",
    "first_name": "Renée",
    "last_name": "van den Bergh-Müller",
    "mail": "Renee.vdb@example.com",
    "phone": "0470 12 34 56",
}


@pytest.fixture
def cases(claes):
    claes.enter("K7M-2QX", **ELS)
    claes.enter("26/1018", plate="K-123-BX", location="tilburg", first_name="Ann", last_name="Peeters")
    return claes


@pytest.mark.parametrize(
    "words",
    [
        *("1-abc-234", "1ABC", " 1 abc 2", "1.abc"),
        *("k7m2qx", "K7M-2", "k7m 2qx"),
        *("WVWZZZ1JZXW000001", "wvwzzz 1jz", "XW000001", "000001"),
        *("renée", "RENEE", "ren", "muller", "Müll", "bergh", "van den bergh", "vandenb", "bergh-mu"),
        *("renee bergh", "Bergh, Renée", "ber ren", "renée van den b", "müller renee"),
        *("renee.vdb@example.com", "renee.v", "RENEE.VDB@EX"),
        *("0470 12 34 56", "+32 470 12", "0032470", "0470", "470/12.34"),
    ],
)
def test_whatever_is_known_finds_it(cases, words):
    assert cases.find(words) == ["K7M-2QX"]


@pytest.mark.parametrize("words", ["2qx", "enee", "renee peeters", "ann bergh", "1-abc-235", "0471", "xyz"])
def test_what_is_not_a_beginning_of_it_does_not(cases, words):
    assert cases.find(words) == []


@pytest.mark.parametrize("words", ["", "  ", "-", "…"])
def test_nothing_typed_is_no_condition(cases, words):
    assert cases.find(words) == ["26/1018", "K7M-2QX"]


@pytest.mark.parametrize("words", ["26/1018", "26-1018", "261018", "26 10"])
def test_a_number_of_the_garage_is_found_with_its_signs_and_without(cases, words):
    assert cases.find(words) == ["26/1018"]


@pytest.mark.parametrize("words", ["%", "_", "a_e", "\0", "' OR 1=1 --", "x" * 5000, "🙂", "\U0010ffff"])
def test_a44_signs_that_mean_something_to_a_database_mean_nothing(cases, words):
    assert cases.find(words) in ([], ["26/1018", "K7M-2QX"])


def test_a_case_that_changes_is_found_by_what_it_is_now(cases):
    service.update(cases.garage, "26/1018", {"plate": "2-NEW-222", "last_name": "Jansen"}, NOW)
    assert cases.find("2new") == cases.find("ann jansen") == ["26/1018"]
    assert cases.find("k123bx") == cases.find("peeters") == []


def test_a_case_that_is_forgotten_is_found_by_nothing_but_still_listed(cases):
    case_id = by_number(cases.garage.id, "K7M-2QX").case.id
    with transaction() as session:
        terms.forget(session, [case_id])
    assert cases.find("renee") == [] and len(cases.find()) == 2


def test_no_term_is_left_when_a_case_is_deleted(cases):
    known = rows.known(db.session(), cases.garage, ["26/1018"], locked=False)
    (case_id,) = [each.case.id for each in known.values()]
    with transaction() as session:
        session.execute(db.text("DELETE FROM case_event WHERE case_id = :id"), {"id": case_id})
        session.execute(db.text('DELETE FROM "case" WHERE id = :id'), {"id": case_id})
    left = db.session.scalar(db.text("SELECT count(*) FROM case_term WHERE case_id = :id"), {"id": case_id})
    assert left == 0


def test_many_that_fit_are_found_like_few(claes, monkeypatch):
    for number in range(6):
        claes.enter(f"N{number}", first_name="Ann", last_name="Odd" if number % 2 else "Even")
    asked = ("n", "ann", "ann odd", "n ann", "odd n", "1aaa", "0")
    few = [claes.find(words, sort=sort) for words in asked for sort in Sort]
    monkeypatch.setattr(queries, "_FEW", 2)
    monkeypatch.setattr(queries, "_FEW_TOGETHER", 2)
    assert [claes.find(words, sort=sort) for words in asked for sort in Sort] == few


def test_a42_who_reaches_one_location_finds_its_cases_only(cases):
    tilburg = Reach(cases.garage, (cases.garage.by_slug("tilburg"),), whole=False)
    assert cases.find(reach=tilburg) == ["26/1018"]
    assert cases.find("renee", reach=tilburg) == cases.find("K7M", reach=tilburg) == []
    assert cases.find("peeters", reach=tilburg) == ["26/1018"]
    assert cases.find(reach=tilburg, location=cases.garage.by_slug("aalst")) == []


def test_a42_another_garage_finds_nothing(cases, group):
    assert cases.find("renee", reach=Reach(group, group.locations)) == []
    assert cases.find(reach=Reach(group, group.locations)) == []
