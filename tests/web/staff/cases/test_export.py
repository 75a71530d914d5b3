"""Cases as a file: those of the search, no further than one reaches, nothing a formula, and the log knows."""

import csv
import io
import zipfile

import pytest

from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.team.rights import Role
from tests.web.staff.cases.conftest import LIST

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")']


def table(page):
    assert page.data.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(page.data.decode("utf-8-sig")), delimiter=";"))


def test_the_present_search_as_csv(at_desk, enter, app):
    enter("GA-1", last_name="Žižková")
    enter("GA-2", last_name="Jansen", location="tilburg", damage="One\ntwo; three")
    enter("GA-3", last_name="Jansen", vehicle_in="2026-11-24")
    page = at_desk(name="els").open(f"{LIST}?q=jansen").submit("CSV")
    rows = table(page)
    assert page.headers["Content-Disposition"] == "attachment; filename=repairs-cases-2026-11-25.csv"
    assert [row["Case number"] for row in rows] == ["GA-3", "GA-2"]
    assert rows[0]["Where the car is"] == "In the workshop" and rows[0]["Car came in"] == "2026-11-24"
    assert rows[1]["What happened?"] == "One\ntwo; three" and rows[1]["Location"] == "Claes Tilburg"
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(what="exported").one()
        assert (entry.who, entry.about, entry.after) == ("Els", "cases", {"cases": 2, "file": "csv"})


@pytest.mark.parametrize("evil", EVIL)
def test_a_formula_is_text_in_csv(at_desk, enter, evil):
    enter("GA-1", first_name=evil, damage=evil)
    (row,) = table(at_desk().open(LIST).submit("CSV"))
    assert row["First name"] == row["What happened?"] == f"'{evil}"
    assert row["Phone"] == "'+32470123456"


def test_every_cell_is_text_in_excel(at_desk, enter):
    for number, evil in enumerate(EVIL):
        enter(f"GA-{number}", first_name=evil, make="http://example.com", damage="x" * 4000)
    page = at_desk().open(LIST).submit("Excel")
    assert page.headers["Content-Type"].endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(io.BytesIO(page.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in book.namelist() if "rels" in name and "sheet1" in name]
    assert "<f>" not in sheet and 't="n"' not in sheet and sheet.count("<row") == 6
    assert "<t>=1+1</t>" in sheet


def test_a42_a_file_holds_what_one_reaches(at_desk, enter):
    enter("GA-1")
    enter("GA-2", location="tilburg")
    member = at_desk(Role.RECEPTION, locations=["tilburg"])
    assert [row["Case number"] for row in table(member.open(LIST).submit("CSV"))] == ["GA-2"]


def test_another_kind_of_file_is_none(at_desk, enter):
    member = at_desk()
    token = member.token()
    sent = {"as": "exe", "csrf_token": token}
    assert member.open(LIST, method="POST", data=sent, Referer="https://portal.example.com/").status == 400
