"""Merging two cases, and erasing one: each with a page of its own."""

from sqlalchemy import select

from portal.db import db
from portal.domain.customers.models import Customer
from portal.domain.team.rights import Role
from tests.support import claes


def test_two_cases_of_one_car_become_one_and_the_old_number_leads_there(desk, address, app, clock, client):
    other = claes.case(app, clock, number="GA-7", vin="WVWZZZ1JZXW000001")
    claes.book(app, other, clock)
    page = desk().open(address).click("Make them one").click("GA-7")
    assert "1 appointment moves here" in page.text and "Chassis number WVWZZZ1JZXW000001" in page.text
    page = page.submit("Merge")
    assert page.path == address
    assert "Case GA-7 became part of this one" in page.text
    assert "Tuesday 1 December 2026, 08:00" in page.text
    page = page.visitor.open("/staff/repairs/cases/GA-7/edit")
    assert page.path == address and "GA-7 was merged into this case." in page.text
    assert client.open(other.status).status == 200


def test_two_coming_repairs_are_refused_with_a_sentence(desk, address, app, known, clock):
    other = claes.case(app, clock, number="GA-7")
    claes.book(app, known, clock)
    claes.book(app, other, clock, minute=claes.EIGHT + 30)
    page = desk().open(f"{address}merge?other=GA-7")
    assert "Both cases have a coming repair" in page.text
    data = {"other": "GA-7", "csrf_token": page.visitor.token()}
    page = page.visitor.open(f"{address}merge", method="POST", data=data, Referer=page.url)
    assert page.status == 409 and "Both cases have a coming repair" in page.text


def test_another_car_and_no_case_at_all_are_refused(desk, address, app, clock):
    claes.case(app, clock, number="GA-7", plate="1-AAA-111")
    ann = desk()
    assert "about two cars" in ann.open(f"{address}merge?other=GA-7").text
    assert ann.open(f"{address}merge?other=nothing").status == 404
    assert "There is no other case" in ann.open(f"{address}merge").text


def test_a_case_is_erased_when_its_plate_is_typed(desk, address, app):
    page = desk().open(address).click("Erase this case")
    wrong = page.submit("Erase for ever", plate="1-ABC-235")
    assert wrong.status == 422 and wrong.errors == ["That is not the plate of this case."]
    page.submit("Erase for ever", plate="1 abc 234")
    assert page.visitor.open(address).status == 404
    with app.app_context():
        assert db.session.scalars(select(Customer)).all() == []


def test_a_case_with_a_coming_appointment_is_not_erased(desk, address, app, known, clock):
    claes.book(app, known, clock)
    page = desk().open(f"{address}erase")
    assert "Cancel it first" in page.text  # before anybody types the plate
    page = page.submit("Erase for ever", plate="1-ABC-234")
    assert page.status == 409 and "Cancel it first" in page.errors[0]


def test_who_does_not_own_the_garage_erases_nothing(desk, address):
    planner = desk(Role.PLANNER)
    page = planner.open(address)
    assert "Make them one" not in page.text and "Erase this case" not in page.text
    assert planner.open(f"{address}erase").status == 403


def test_erasing_a_case_says_what_stays(desk, address, app):
    page = desk().open(f"{address}erase")
    assert "other cases and requests of its customer stay" in page.text
    assert page.click("What is known").heading == "Ann Peeters"


def test_a_viewer_does_neither(desk, address):
    viewer = desk(Role.VIEWER)
    assert viewer.open(f"{address}merge").status == viewer.open(f"{address}erase").status == 403


def test_before_two_become_one_the_page_says_what_is_given_up(desk, address, app, clock):
    claes.case(app, clock, number="GA-7", first_name="Oud", mail="oud@example.com")
    page = desk().open(f"{address}merge?other=GA-7")
    assert [gone.get_text() for gone in page.soup.find_all("del")] == ["Oud", "oud@example.com"]
