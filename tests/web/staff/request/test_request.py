"""A request that waits, confirmed for its customer on the phone."""

import pytest

from portal.domain.booking import service
from portal.domain.team.rights import Role
from tests.support import bookings, claes, desk
from tests.support.claes import TUESDAY, URL


@pytest.fixture
def asked(app, garage, clock):
    """The uid of a request for an assessment at Peeters."""
    with app.app_context():
        return bookings.request(garage, clock.now(), day=TUESDAY)


@pytest.fixture
def address(asked):
    return f"/staff/peeters/requests/{asked}/"


def test_it_shows_who_asks_and_how_long_the_place_is_kept(at_desk, address):
    page = at_desk().open(address)
    assert page.heading == "1-ABC-234 Jan Jansen"
    for words in ("Tuesday 1 December 2026, 09:00", "A post in a car park.", "30 minutes left"):
        assert words in page.text


def test_the_day_and_the_request_tell_the_same_minutes(at_desk, address, clock):
    member = at_desk()
    clock.forward(minutes=1, seconds=20)
    assert "29 min left" in member.open("/staff/peeters/").text
    assert "29 minutes left" in member.open(address).text


def test_one_press_confirms_it_and_the_history_says_who(at_desk, address, deliver):
    deliver()
    page = at_desk(Role.RECEPTION, name="rita").open(address).submit("Confirm for the customer")
    assert page.path.startswith("/staff/peeters/cases/")
    assert "it was confirmed at the desk" in page.text and "Rita" in page.text
    assert [mail.subject.split(":")[0] for mail in deliver()] == ["Booked"]


def test_a_hold_that_is_over_is_not_confirmed(at_desk, address, clock):
    page = at_desk().open(address)
    clock.forward(minutes=31)
    page = page.submit("Confirm for the customer")
    assert page.status == 409 and "Nobody confirmed in time" in page.text


def test_what_the_customer_confirmed_meanwhile_leads_to_the_case(at_desk, asked, address, app, clock):
    page = at_desk().open(address)
    with app.app_context():
        service.confirm(asked, 1, clock.now())
    page = page.submit("Confirm for the customer")
    assert page.path.startswith("/staff/peeters/cases/")
    assert "To the case" in page.visitor.open(address).text


def test_a_viewer_sees_it_and_cannot_confirm(at_desk, address):
    viewer = at_desk(Role.VIEWER)
    page = viewer.open(address)
    assert page.status == 200 and not page.soup.select("main button")
    data = {"csrf_token": viewer.token()}
    assert viewer.open(f"{address}confirm", method="POST", data=data, Referer=page.url).status == 403


def test_the_request_at_another_garage_is_not_there(app, group, garage, asked):
    eve = desk.at_desk(app, URL, "maes", name="eve")
    assert eve.open(f"/staff/maes/requests/{asked}/").status == 404


def test_a21_a_confirmation_in_another_browser_stands_in_the_history(at_desk, asked, app, deliver, client):
    client.open(deliver()[0].link).submit("Confirm the appointment")
    page = at_desk().open(f"/staff/peeters/requests/{asked}/").click("To the case")
    assert "in another browser than the one that asked" in page.text


def test_a21_a_confirmation_in_the_same_browser_is_nothing_to_mention(at_desk, asked, app, deliver, client):
    client.open(deliver()[0].link).submit("Confirm the appointment", own="yes")
    page = at_desk().open(f"/staff/peeters/requests/{asked}/").click("To the case")
    assert "in another browser" not in page.text


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        ("assessment", "The assessment of this case was booked"),
        ("repair", "The repair of this case was booked"),
    ],
)
def test_what_the_desk_booked_for_the_case_meanwhile_is_told_as_what_it_is(app, clock, flow, words):
    known = claes.case(app, clock)
    with app.app_context():
        uid = bookings.request_for_case(
            flow, known.garage, known.number, clock.now(), day=TUESDAY, minute=9 * 60 + 30
        )
    page = claes.sit_down(app).open(f"/staff/repairs/requests/{uid}/")
    claes.book(app, known, clock, flow=flow, minute=9 * 60)
    page = page.submit("Confirm for the customer")
    assert page.status == 409 and words in page.text
