"""A file opens and changes cases, all rows or none, and says before what it would do.

`PORTAL_TEST_FULL=1` writes 10,000 rows to PostgreSQL too instead of 2,000.
"""

import os
from datetime import UTC, date, datetime
from time import perf_counter

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.domain.cases import importing, queries, service
from portal.domain.cases.errors import Reason, SheetReason
from portal.domain.cases.models import Activity, Case, CaseEvent
from portal.domain.customers.models import Customer, Vehicle
from tests.support.racers import together
from tests.web.statements import watched

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FILE = (
    "number;location;plate;first_name;phone;planned_end;activities\n"
    "GA-1;aalst;1-ABC-234;Jan;0470 12 34 56;4/12/2026;Bodywork=2026-12-01 | Painting\n"
    "GA-2;tilburg;K-123-BX;;06 12345678;;\n"
    ";aalst;2-XYZ-999;Els;;;\n"
)
FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
MANY = {"sqlite": 10_000, "postgresql": 10_000 if FULL else 2_000}
SECONDS_A_ROW = 0.006  # on a machine that does much else; usually a tenth of it

pytestmark = pytest.mark.usefixtures("context")


def preview(garage, text):
    return importing.preview(garage, text.encode())


def apply(garage, text):
    return importing.apply(garage, text.encode(), NOW)


def counts():
    db.session.rollback()
    return [
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Case, Customer, Vehicle, Activity, CaseEvent)
    ]


def found(garage, number):
    db.session.rollback()
    return queries.by_number(garage.id, number)


def wrong(done):
    return [(problem.line, problem.field, problem.reason) for problem in done.problems]


def test_a_preview_tells_what_would_be_new_and_writes_nothing(repairs):
    done = preview(repairs, FILE)
    assert done.problems == []
    assert [(entry.line, entry.number, entry.is_new, entry.numbered) for entry in done.entries] == [
        (2, "GA-1", True, True),
        (3, "GA-2", True, True),
        (4, "", True, False),
    ]
    assert counts() == [0, 0, 0, 0, 0]


def test_applying_opens_the_cases_with_their_numbers_or_ones_of_ours(repairs):
    done = apply(repairs, FILE)
    assert counts() == [3, 3, 3, 2, 3]
    first, second, third = (found(repairs, entry.number) for entry in done.entries)
    assert (first.case.number, first.case.planned_end_on) == ("GA-1", date(2026, 12, 4))
    assert (second.customer.phone, second.case.location_id) == ("+31612345678", repairs.by_slug("tilburg").id)
    assert (third.vehicle.plate, len(third.case.number)) == ("2-XYZ-999", 11)


def test_a_known_number_changes_its_case_and_an_empty_cell_leaves_it_as_it_is(repairs):
    apply(repairs, FILE)
    again = (
        FILE.replace("GA-1", "ga 1")
        .replace("4/12/2026", "2026-12-07")
        .replace("Jan", "")
        .partition(";aalst;2-X")[0]
    )
    told = [(entry.number, entry.changes) for entry in preview(repairs, again).entries]
    assert told == [("GA-1", {"planned_end": ("2026-12-04", "2026-12-07")}), ("GA-2", {})]
    assert [(entry.number, entry.changes) for entry in apply(repairs, again).entries] == told
    assert counts() == [3, 3, 3, 2, 4]
    view = found(repairs, "GA-1")
    assert (view.case.number, view.customer.first_name, view.case.planned_end_on) == (
        "GA-1",
        "Jan",
        date(2026, 12, 7),
    )


def test_applying_a_file_with_numbers_again_changes_nothing(repairs):
    numbered = FILE.partition(";aalst;2-X")[0]
    apply(repairs, numbered)
    before = counts()
    assert not any(entry.is_new or entry.changes for entry in apply(repairs, numbered).entries)
    assert counts() == before


def test_a_case_of_ours_is_changed_by_its_number(repairs):
    number = service.create(repairs, {"location": "aalst", "plate": "1-ABC-234"}, NOW)
    (entry,) = apply(repairs, f"number,ready\n{number.lower().replace('-', ' ')},2026-12-01\n").entries
    assert (entry.number, entry.changes) == (number, {"ready": ("", "2026-12-01")})


def test_one_wrong_row_keeps_all_others_out(repairs):
    broken = FILE + ";gent;1;;12;;\nGA-2;aalst;1-ABC-111;;;;x=y\nGA-3;aalst;1-ABC-222;;;;;too many\n"
    expected = [
        (5, "location", Reason.UNKNOWN),
        (5, "plate", Reason.MALFORMED),
        (5, "phone", Reason.MALFORMED),
        (6, "number", Reason.TWICE),
        (6, "activities", Reason.MALFORMED),
        (7, "", SheetReason.TOO_MANY_CELLS),
    ]
    assert wrong(preview(repairs, broken)) == expected
    assert wrong(apply(repairs, broken)) == expected
    assert counts() == [0, 0, 0, 0, 0]


def test_a_number_twice_under_two_spellings_is_told_with_the_line_that_was_first(repairs):
    (problem,) = preview(repairs, "number,location,plate\nGA-1,aalst,1-AB\nga1,aalst,1-AB\n").problems
    assert (problem.line, problem.field, problem.value, problem.detail) == (3, "number", "ga1", "2")


def test_a_new_case_needs_a_plate_and_a_place(repairs):
    assert wrong(preview(repairs, "number\nGA-1\n")) == [
        (2, "location", Reason.MISSING),
        (2, "plate", Reason.MISSING),
    ]


def test_a_change_is_measured_against_the_days_there_are(repairs):
    apply(repairs, "number,location,plate,vehicle_in\nGA-1,aalst,1-AB,2026-12-02\n")
    assert wrong(apply(repairs, "number,collected\nGA-1,2026-12-01\n")) == [
        (2, "collected", Reason.TOO_EARLY)
    ]


def test_cells_that_look_like_formulas_are_text(repairs):
    apply(repairs, 'number,location,plate,make,damage\n=1+1,aalst,1-AB,@SUM(A1),"=HYPERLINK(""x"")"\n')
    view = found(repairs, "=1+1")
    assert (view.vehicle.make, view.case.damage) == ("@SUM(A1)", '=HYPERLINK("x")')


def test_cases_of_another_garage_are_not_touched(repairs, group):
    apply(repairs, "number,location,plate\nGA-1,aalst,1-AB\n")
    (entry,) = apply(group, "number,location,plate\nGA-1,luik,2-AB\n").entries
    assert entry.is_new and found(repairs, "GA-1").vehicle.plate == "1-AB"


def test_a_file_applied_many_times_at_once_opens_its_cases_once(app, repairs):
    numbered = FILE.partition(";aalst;2-X")[0]
    done = together(app, [lambda: apply(repairs, numbered)] * 6)
    assert sorted(sum(entry.is_new for entry in each.entries) for each in done) == [0] * 5 + [2]
    assert counts()[:3] == [2, 2, 2]


def test_ten_thousand_rows_take_seconds_and_few_round_trips(app, repairs, database):
    """PostgreSQL takes fewer: whether its round trips grow with the rows shows with a fifth of them."""
    many = MANY[database.kind]
    header = "number,location,plate,first_name,last_name,mail,phone,planned_end,activities\n"
    rows = [
        f"GA-{n},aalst,1-{n:05d},Jan,Jansen,jan{n}@example.com,0470{n:06d},2026-12-04,Bodywork=2026-12-01 | Painting\n"
        for n in range(many)
    ]
    begun = perf_counter()
    with watched(app) as statements:
        done = apply(repairs, header + "".join(rows))
    assert perf_counter() - begun < many * SECONDS_A_ROW
    assert len(done.entries) == many and counts() == [many, many, many, 2 * many, many]
    # A statement to SQLite costs no round trip, and it takes one for each row where it is asked for their ids in order.
    assert len(statements) < many / 20 or database.kind == "sqlite"
