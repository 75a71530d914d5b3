"""Every order shows every case once, page after page."""

from datetime import date

import pytest

from portal.domain.booking.finding import queries
from portal.domain.booking.finding.search import Search, Sort
from portal.domain.booking.models import State
from tests.domain.booking.finding.conftest import NOW


@pytest.fixture
def cases(claes, days):
    claes.enter("A", plate="3-C", last_name="Éclair", planned_end="2026-12-03")
    claes.enter("B", plate="1-Z", last_name="Zander", planned_end="2026-11-20")
    claes.enter("C", plate="2-M", last_name="eclair", first_name="Bo")
    claes.enter("D", plate="1-A", planned_end="2026-11-21", finished="2026-11-21")
    claes.enter("E", plate="1-A", last_name="Abel")
    claes.appoint("A", days(5))
    claes.appoint("A", days(9))
    claes.appoint("C", days(2))
    claes.appoint("D", days(-3))
    claes.appoint("E", days(1), state=State.CANCELLED)
    return claes


ORDERS = {
    Sort.NEWEST: "EDCBA",
    Sort.APPOINTMENT: "CAEDB",
    Sort.PLANNED_END: "BAEDC",
    Sort.PLATE: "DEBCA",
    Sort.NAME: "EACBD",
}


@pytest.mark.parametrize("sort", Sort)
def test_an_order(cases, sort):
    assert "".join(cases.find(sort=sort)) == ORDERS[sort]


@pytest.mark.parametrize("sort", Sort)
def test_page_after_page_shows_each_once(cases, sort):
    found, after = "", ""
    while after is not None:
        page = queries.find(cases.reach, Search(sort=sort), NOW, after, limit=2)
        found, after = found + "".join(line.number for line in page.lines), page.after
    assert found == ORDERS[sort]


@pytest.mark.parametrize("sort", Sort)
def test_all_of_them_at_once_are_in_the_same_order(cases, sort, monkeypatch):
    monkeypatch.setattr(queries, "_AT_ONCE", 2)
    every = queries.every(cases.reach, Search(sort=sort), NOW)
    assert "".join(line.number for line, _ in every) == ORDERS[sort]


@pytest.mark.parametrize("sort", Sort)
def test_a_place_that_is_none_is_the_beginning(cases, sort):
    nowhere = ["x", "0", "9.1.", "-1.1.", "0.99999999999999999999.", "0.-1."]
    nowhere += {Sort.NEWEST: [], Sort.APPOINTMENT: ["0.1.2026", "0.1.x"], Sort.PLANNED_END: ["0.1.x"]}.get(
        sort, ["0.1.\0", "0.1.\ud800"]
    )
    for place in nowhere:
        assert len(queries.find(cases.reach, Search(sort=sort), NOW, place).lines) == 5, place


def test_a_line_tells_what_a_list_shows(cases):
    service_line = queries.find(cases.reach, Search("A"), NOW).lines
    line = next(each for each in service_line if each.number == "A")
    assert (line.plate, line.name, line.place.slug) == ("3-C", "Éclair", "aalst")
    assert line.appointment.date() == date(2026, 11, 30)  # the first of the two
    assert line.planned_end_on == date(2026, 12, 3)
