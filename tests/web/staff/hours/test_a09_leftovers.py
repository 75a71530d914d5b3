"""A09: before hours are saved, the appointments they would leave outside are listed, and somebody decides about each."""

from datetime import date

import pytest
from sqlalchemy import update

from portal.db import db, transaction
from portal.domain.booking import queries as bookings_of
from portal.domain.booking.models import Booking, State
from portal.domain.cases import queries as cases
from portal.domain.customers.models import Customer
from portal.domain.garage import queries as garages
from portal.letters import links
from tests.conftest import BASE_URL
from tests.support import bookings
from tests.support.visitor import Visitor

WEEK = "/staff/peeters/hours/leuven/assessment/"
HOURS = "/staff/peeters/hours/leuven/"
OUTSIDE = f"{HOURS}outside/"
NINE, TEN, ELEVEN = "2026-12-01T09:00", "2026-12-01T10:00", "2026-12-01T11:00"


def shorter(planner, **answers):
    """Peeters wants to begin at eleven."""
    return planner.open(WEEK).submit("Save", **{"rows-0-start": "11:00"}, **answers)


def opens_at(app):
    with app.app_context():
        return garages.known("peeters").locations[0].profile.assessment.hours[0].open[0][0]


def row(app, uid):
    with app.app_context():
        return db.session.query(Booking).where(Booking.uid == uid).one()


def personal_page(app, uid):
    """What the customer's own link shows."""
    with app.app_context():
        link = links.booking(bookings_of.appointment(uid))
    return Visitor(app, BASE_URL).open(link)


@pytest.fixture
def without_address(app):
    """`without_address(uid)`: nobody knows the mail address of that customer any more."""

    def forget(uid):
        case_id = row(app, uid).case_id
        with app.app_context():
            customer_id = cases.by_id(case_id).customer.id
            with transaction() as session:
                session.execute(update(Booking).where(Booking.uid == uid).values(email=""))
                session.execute(update(Customer).where(Customer.id == customer_id).values(email=""))

    return forget


def test_a09_nothing_is_saved_before_somebody_decided(app, planner, taken, deliver):
    taken(NINE), taken(ELEVEN)
    deliver()
    page = shorter(planner)
    assert page.status == 409 and page.heading == "Before you save"
    assert "Tuesday 1 December 2026, 09:00" in page.text and "outside the hours" in page.text
    assert "11:00 1-ABC" not in page.text
    assert opens_at(app) == 540 and deliver() == []


def test_a09_who_goes_back_finds_the_form_as_it_was(app, planner, taken):
    taken(NINE)
    form = shorter(planner, **{"rows-0-places": "7"}).submit("Change it once more")
    assert (form.value("rows-0-start"), form.value("rows-0-places")) == ("11:00", "7")
    assert opens_at(app) == 540


def test_a09_a_kept_appointment_stays_and_is_never_hidden(app, planner, taken, deliver):
    uid = taken(NINE)
    deliver()
    saved = shorter(planner).submit("Save")
    assert saved.hops == [303] and opens_at(app) == 660
    assert row(app, uid).state == State.BOOKED and deliver() == []
    assert "1 appointment stands outside" in planner.open("/staff/peeters/hours/leuven/").text
    assert "Tuesday 1 December 2026, 09:00" in planner.open(OUTSIDE).text


def test_a09_who_is_asked_moves_with_the_link_in_the_mail_even_after_the_cut_off(
    app, planner, taken, deliver, clock
):
    uid = taken("2026-11-24T09:00")  # tomorrow: inside the 24 hours in which one must call
    clock.forward(minutes=90)
    deliver()
    shorter(planner).submit("Save", choice="ask")
    (mail,) = deliver()
    assert mail.recipient == "other@example.com" and "Please choose another time" in mail.subject
    assert row(app, uid).state == State.BOOKED
    assert "not moved yet" in planner.open(OUTSIDE).text
    assert "please choose another time" in personal_page(app, uid).text
    customer = Visitor(app, BASE_URL)
    compare = customer.open(f"{mail.link}?day=2026-11-25").submit(timeslot="2026-11-25T11:00")
    assert compare.submit("Move the appointment").status == 200
    assert (row(app, uid).start_minute, row(app, uid).move_asked_at) == (660, None)
    assert "Everything fits" in planner.open(OUTSIDE).text


def test_a09_who_is_cancelled_hears_that_it_was_the_garage(app, planner, taken, deliver):
    uid = taken(NINE)
    deliver()
    shorter(planner).submit("Save", choice="cancel")
    (mail,) = deliver()
    assert "We are sorry: we have to cancel your appointment." in mail.text
    assert row(app, uid).state == State.CANCELLED and row(app, uid).called_off
    assert "We had to cancel it." in personal_page(app, uid).text


def test_a09_each_may_be_treated_differently(app, planner, taken, deliver):
    kept, asked, cancelled = taken(NINE), taken(NINE), taken(TEN)
    deliver()
    page = shorter(planner)
    page.submit("Save", choice="ask", **{f"choice-{kept}": "keep", f"choice-{cancelled}": "cancel"})
    assert [row(app, uid).state for uid in (kept, asked, cancelled)] == ["booked", "booked", "cancelled"]
    assert row(app, asked).move_asked_at and not row(app, kept).move_asked_at
    assert len(deliver()) == 2


@pytest.mark.parametrize("choice", ["ask", "cancel"])
def test_a09_whom_no_mail_reaches_becomes_a_list_to_phone(
    app, planner, taken, deliver, without_address, choice
):
    uid = taken(NINE)
    without_address(uid)
    deliver()
    saved = shorter(planner).submit("Save", choice=choice)
    assert saved.path == OUTSIDE and "1 customer has no mail address: please phone." in saved.text
    assert [line.get_text() for line in saved.soup.select(".flash:not(.flash-todo)")] == ["Saved."]
    assert "to phone" in saved.text and "+32 470 12 34 56" in saved.text
    phoned = saved.submit("Do this").submit("Do this", **{f"choice-{uid}": "keep"})
    assert "Kept on purpose" in phoned.text and "to phone" not in phoned.text
    assert row(app, uid).state == State.BOOKED and deliver() == []
    saved.submit("Do this", **{f"choice-{uid}": "cancel"})
    assert row(app, uid).state == State.CANCELLED and deliver() == []


def test_a09_who_books_meanwhile_is_listed_too(app, planner, taken):
    taken(NINE)
    page = shorter(planner)
    taken(TEN)
    again = page.submit("Save")
    assert again.status == 409 and "Tuesday 1 December 2026, 10:00" in again.text
    assert opens_at(app) == 540
    assert again.submit("Save").hops == [303]


def test_a09_an_unconfirmed_request_is_shown_and_asks_nothing(app, planner, open_mornings, clock):
    with app.app_context():
        bookings.request(open_mornings, clock.now(), day=date(2026, 12, 1))
    seen = planner.open(WEEK).submit("See what it would mean", **{"rows-0-start": "11:00"})
    assert "cannot be confirmed any more" in seen.text
    assert shorter(planner).hops == [303]


def test_a09_a_closure_lists_its_days(app, planner, taken):
    taken(NINE)
    days = planner.open("/staff/peeters/hours/leuven/days/")
    page = days.submit("Close these days", first="2026-12-01", last="")
    assert page.status == 409 and "closed" in page.text
    saved = page.submit("Save")
    assert saved.path == "/staff/peeters/hours/leuven/days/"
    assert "Tuesday 1 December 2026" in saved.text


def shown(page):
    """The days whose load a page shows."""
    return [each.get_text() for each in page.soup.select(".outlook td > .unseen")]


def test_a09_the_load_is_shown_of_the_weeks_in_which_an_appointment_would_stand_outside(app, planner, taken):
    taken("2027-01-13T09:00")
    page = planner.open(f"{HOURS}days/").submit("Close these days", first="2027-01-12", last="2027-01-13")
    assert (shown(page)[0], len(shown(page))) == ("Monday 4 January 2027:", 28)
    (closed,) = [each for each in page.soup.select(".outlook .over") if "13 January" in each.get_text()]
    assert "was 12" in closed.get_text()


@pytest.mark.parametrize(
    ("last", "monday"), [("2026-12-19", "23 November 2026"), ("2027-02-02", "25 January 2027")]
)
def test_a09_without_one_the_weeks_are_those_of_the_first_day_that_changes(planner, last, monday):
    page = planner.open(WEEK).submit("See what it would mean", **{"rows-0-valid_until": last})
    assert shown(page)[0] == f"Monday {monday}:" and "was 12" in page.text


def test_a09_a_limit_of_the_day_lists_who_asked_last(app, planner, taken):
    first, second = taken(NINE), taken(TEN)
    page = planner.open("/staff/peeters/hours/leuven/days/").submit("Save", day_limit="1")
    assert page.status == 409
    assert page.soup.select(f"#choice-{second}") and not page.soup.select(f"#choice-{first}")


def test_a09_the_uid_of_anothers_booking_is_left_alone(app, planner, taken):
    inside = taken(ELEVEN)
    taken(NINE)
    page = shorter(planner)
    token = page.soup.select_one("input[name=csrf_token]")["value"]
    planner.open(
        OUTSIDE,
        method="POST",
        data={"csrf_token": token, f"choice-{inside}": "cancel"},
        Referer=f"{BASE_URL}/",
    )
    assert row(app, inside).state == State.BOOKED
