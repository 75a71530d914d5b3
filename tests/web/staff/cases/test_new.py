"""A case by hand: little is enough, mistakes are said at their field, a car that is known is named."""

import pytest

from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.cases import queries
from portal.domain.cases.errors import CaseUnknown
from portal.domain.team.rights import Role
from tests.web.staff.cases.conftest import LIST

NEW = "/staff/repairs/new-case/"


def number_of(page):
    """The number of the case whose page this is."""
    assert page.path.startswith(LIST)
    return page.path.removeprefix(LIST).strip("/")


def test_a_plate_is_enough(at_desk, app, repairs):
    page = at_desk(name="els").open(LIST).click("New case").submit("Open the case", plate="1-abc-234")
    number = number_of(page)
    assert page.hops == [303] and f"Case {number} is open." in page.text
    with app.app_context():
        view = queries.by_number(repairs.id, number)
        assert view.vehicle.plate == "1-ABC-234"
        assert [(event.what, event.actor) for event in queries.history(view.case.id)] == [("opened", "Els")]
        (entry,) = db.session.query(AuditEntry).all()
        assert (entry.who, entry.what, entry.about, entry.subject) == ("Els", "opened", "case", number)


def test_all_that_is_known_is_kept(at_desk, app, repairs):
    page = at_desk().open(NEW).submit(
        "Open the case",
        plate="K-123-BX", location="tilburg", number="GA-1", vin="wvwzzz1jzxw000001", make="Škoda",
        first_name="Renée", last_name="Bos", mail="r@example.com", phone="06 12345678", language="nl",
        damage="Hail.\nAll over.", damage_flow="spot", vehicle_in="2026-11-24", planned_end="2026-12-03",
        activities="Bodywork=24/11/2026\n\nPainting",
    )  # fmt: skip
    assert number_of(page) == "GA-1"
    with app.app_context():
        view = queries.by_number(repairs.id, "GA-1")
        assert (view.customer.phone, view.case.damage_flow) == ("+31612345678", "spot")
        assert view.case.damage.splitlines() == ["Hail.", "All over."]
        assert view.vehicle.vin == "WVWZZZ1JZXW000001"


def test_its_fields_are_called_as_on_the_page_of_a_case(at_desk, enter):
    enter("GA-1")
    member = at_desk()

    def labels(address):
        return {
            each["for"]: each.find(string=True).strip()
            for each in member.open(address).soup.select("label[for]")
        }

    new, edit = labels(NEW), labels(f"{LIST}GA-1/edit")
    both = new.keys() & edit.keys() - {"q"}
    assert {"city", "damage_flow", "planned_end", "activities"} <= both
    assert {name: new[name] for name in both} == {name: edit[name] for name in both}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("plate", "", "Enter a licence plate, for example 1-ABC-234."),
        ("plate", "!", "Enter a licence plate, for example 1-ABC-234."),
        ("plate_country", "XX", "Enter a country in two letters, for example BE."),
        ("number", "--", "A case number has at least one letter or digit."),
        ("number", "9" * 41, "Case number: at most 40 characters."),
        ("number", "ga 1", "Another case has this number."),
        ("vin", "1", "A chassis number has 17 letters and digits, without I, O and Q."),
        ("make", "m" * 61, "Make: at most 60 characters."),
        ("mail", "jan", "Enter a mail address like name@example.com."),
        (
            "mail",
            "josé@example.com",
            "Enter a mail address without accents before the @, like name@example.com.",
        ),
        ("phone", "12", "Enter a phone number, for example +32 470 12 34 56."),
        ("planned_end", "soon", "Enter a day, for example 31/12/2026."),
        ("activities", "Painting=soon", "Write each piece of work on a line of its own"),
        ("activities", "Painting\npainting", "painting is there twice."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(at_desk, enter, field, typed, sentence):
    enter("GA-1", plate="9-OLD-999")
    told = {"plate": "1-ABC-234", "last_name": "Claes"} | {field: typed}
    page = at_desk().open(NEW).submit("Open the case", **told)
    assert page.status == 422
    assert len(page.errors) == 1 and page.errors[0].startswith(sentence)
    assert page.soup.select_one(f"#{field}-error") and page.value("last_name") == "Claes"
    assert page.value(field) == typed


def test_days_that_cannot_be_are_said_at_the_later_one(at_desk):
    page = (
        at_desk()
        .open(NEW)
        .submit(
            "Open the case",
            plate="1-ABC-234",
            vehicle_in="2026-11-25",
            finished="2026-11-24",
            collected="2026-11-23",
        )
    )
    assert "The work cannot be finished before the car came in." in page.errors
    assert "The car cannot be collected before the work was finished." in page.errors


def test_a_car_with_an_open_case_is_named_and_may_have_another(at_desk, enter):
    enter("GA-1", plate="1-ABC-234")
    member = at_desk()
    page = member.open(NEW).submit("Open the case", plate="1 abc 234", number="GA-2", first_name="Bo")
    assert page.status == 409 and "This car has an open case already:" in page.text
    assert page.links()["GA-1"].endswith("/staff/repairs/cases/GA-1/")
    assert page.value("first_name") == "Bo"
    page = page.submit("Open another case", mail="wrong")
    assert page.status == 422 and page.errors == ["Enter a mail address like name@example.com."]
    assert number_of(page.submit("Open the case", mail="")) == "GA-2"


def test_a_car_that_was_collected_may_come_back_without_a_word(at_desk, enter):
    enter("GA-1", plate="1-ABC-234", collected="2026-11-20")
    page = at_desk().open(NEW).submit("Open the case", plate="1-ABC-234", number="GA-2")
    assert number_of(page) == "GA-2"


def test_a42_a_member_of_one_location_opens_cases_there_only(at_desk, app, repairs):
    member = at_desk(Role.RECEPTION, locations=["tilburg"])
    page = member.open(NEW)
    assert page.options("location") == ["tilburg"]
    token = str(page.soup.select_one("form.new-case input[name=csrf_token]")["value"])
    told = {
        "csrf_token": token,
        "plate": "1-ABC-234",
        "number": "GA-1",
        "location": "aalst",
        "language": "nl",
    }
    assert member.open(NEW, method="POST", data=told, Referer=page.url).status == 422
    with app.app_context(), pytest.raises(CaseUnknown):
        queries.by_number(repairs.id, "GA-1")
    assert number_of(page.submit("Open the case", plate="1-ABC-234", number="GA-1")) == "GA-1"
