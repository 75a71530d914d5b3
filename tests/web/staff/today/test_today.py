"""The day at a glance."""

import pytest
from sqlalchemy import update

from portal.db import transaction
from portal.domain.booking import service as booking
from portal.domain.garage import queries as garages
from portal.domain.mailing.models import Message, State
from portal.domain.team.rights import Role
from tests.journeys import workshop
from tests.support import every_letter
from tests.support.bookings import request


@pytest.fixture
def held(app, garage, clock):
    """`held(day, minute)`: somebody asks for a time at Peeters; the uid."""
    clock.at("2026-12-01 08:00")

    def ask(day="2026-12-01", minute=11 * 60, **given):
        with app.app_context():
            at = clock.now()
            return request(
                garages.find("peeters"), at, day=type(at.date()).fromisoformat(day), minute=minute, **given
            )

    return ask


@pytest.fixture
def booked(app, held, clock):
    """The same, confirmed."""

    def book(*args, **given):
        uid = held(*args, **given)
        with app.app_context():
            booking.confirm(uid, 1, clock.now())
        return uid

    return book


def test_an_appointment_of_today_stands_on_the_page(booked, at_desk):
    booked()
    page = at_desk(Role.VIEWER).open("/staff/peeters/")
    assert page.heading.startswith("Today")
    assert "11:00 1-ABC-234 Jan Jansen" in page.text


def test_one_of_tomorrow_stands_on_the_page_of_tomorrow(booked, at_desk):
    booked("2026-12-02")
    page = at_desk().open("/staff/peeters/")
    assert "Nobody comes" in page.text
    assert "11:00 1-ABC-234" in page.click("The day after").text


def test_a_request_waits_with_the_time_that_is_left(held, at_desk, clock):
    held()
    clock.forward(minutes=10)
    page = at_desk().open("/staff/peeters/")
    assert "20 min left" in page.text
    clock.forward(minutes=21)
    assert "Nothing waits" in at_desk(name="later").open("/staff/peeters/").text


def test_the_week_tells_how_full_each_day_is(booked, at_desk):
    booked()
    page = at_desk().open("/staff/peeters/")
    [day] = [link for link in page.links() if "Tuesday 1 December 2026" in link]
    assert "1 of" in day and "places taken" in day


def test_a_mail_that_could_not_be_delivered_needs_somebody(booked, at_desk, app):
    booked()
    assert "could not be delivered" not in at_desk().open("/staff/peeters/").text
    _fail_every_mail(app)
    page = at_desk(name="again").open("/staff/peeters/")
    assert "2 mails could not be delivered." in page.text and page.title == "Today – Garage Peeters"


def test_an_open_page_hears_of_news_and_only_of_news(booked, held, at_desk, clock):
    member = at_desk()
    version = member.open("/staff/peeters/").soup.select_one("[data-today]")["data-version"]
    clock.forward(minutes=1)
    quiet = member.open("/staff/peeters/news", If_None_Match=f'"{version}"')
    assert quiet.status == 304
    held()
    assert member.open("/staff/peeters/news", If_None_Match=f'"{version}"').status == 200


def test_a_member_of_one_location_sees_that_one_alone(app, at_group_desk, clock):
    clock.at("2026-12-01 08:00")
    with app.app_context():
        maes = garages.find("maes")
        first, *others = maes.locations
        request(maes, clock.now(), day=clock.now().date(), minute=11 * 60)
    here = at_group_desk(Role.RECEPTION, name="here", locations=[first.slug])
    there = at_group_desk(Role.RECEPTION, name="there", locations=[others[0].slug])
    assert "min left" in here.open("/staff/maes/").text
    page = there.open("/staff/maes/")
    assert "Nothing waits" in page.text and "Jan Jansen" not in page.text
    assert first.name not in page.text


def test_a_day_that_is_over_expects_nobody_any_more(garage, at_desk, clock):
    clock.at("2026-12-01 08:00")
    member = at_desk()
    assert "Nobody came" in member.open("/staff/peeters/?day=2026-11-30").text
    for day in ("2026-12-01", "2026-12-02"):
        assert "Nobody comes" in member.open(f"/staff/peeters/?day={day}").text


@pytest.mark.parametrize("day", ["yesterday", "0000-00-00", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_does_not_break_the_page(garage, at_desk, day):
    assert at_desk().open(f"/staff/peeters/?day={day}").status == 200


def _fail_every_mail(app):
    with app.app_context(), transaction() as session:
        session.execute(update(Message).where(Message.purpose != "confirmation").values(state=State.FAILED))


def test_a_letter_from_a_case_that_could_not_be_delivered_needs_somebody_too(app, garage, at_desk, clock):
    with app.app_context():
        number = every_letter.case(garage, clock.now(), location="leuven")
        every_letter.write_to_customer(garage, number, "assessment", "en", clock.now())
    _fail_every_mail(app)
    assert "One mail could not be delivered." in at_desk().open("/staff/peeters/").text


def test_appointments_outside_the_hours_wait_for_a_decision_until_somebody_keeps_them(
    app, at_desk, booked, clock
):
    booked("2026-12-02")
    member = at_desk(Role.PLANNER)
    workshop.opens(app, places=2, hours=[{"days": "mon-sun", "open": ["14:00-16:00"]}])
    page = member.open("/staff/peeters/")
    assert "One appointment stands outside the hours and waits for a decision." in page.text
    kept = page.click("Decide").submit("Do this")
    assert "Kept. Nobody needs to decide about them again." in kept.text and "Kept on purpose" in kept.text
    assert "waits for a decision" not in member.open("/staff/peeters/").text
