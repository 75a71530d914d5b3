"""The appointments of a case, booked, moved and called off at the desk."""

import pytest

from portal.domain.booking import changes
from portal.domain.team.rights import Role
from tests.support import claes

TIME = "2026-12-01T08:00"


@pytest.fixture
def booked(app, known, clock):
    """The uid of a repair on Tuesday at eight, whose letter has left."""
    return claes.book(app, known, clock)


def on_tuesday(page):
    return page.visitor.open(f"{page.url}?day=2026-12-01")


def test_a_repair_is_booked_on_behalf_and_the_customer_gets_the_letter(desk, address, deliver):
    page = on_tuesday(desk().open(address).click("Book the repair")).submit("Book", timeslot=TIME)
    assert page.status == 200 and "Tuesday 1 December 2026, 08:00" in page.text
    assert "Repair booked" in page.text and "Owner" in page.text
    [mail] = deliver()
    assert mail.recipient == "ann@example.com" and mail.subject.startswith("Booked")


def test_who_telephones_can_come_today_though_customers_give_a_day_of_notice(desk, address, clock):
    page = desk().open(address).click("Book the repair").submit("Book", timeslot="2026-11-23T09:30")
    assert "Monday 23 November 2026, 09:30" in page.text
    clock.forward(minutes=10)
    tomorrow = page.visitor.open(f"{page.click('Move').url}?day=2026-11-24")
    page = tomorrow.submit("Move", timeslot="2026-11-24T08:00")
    assert "Tuesday 24 November 2026, 08:00" in page.text


def test_without_an_address_it_is_booked_and_no_letter_is_written(desk, address, known, clock, deliver):
    known.change(clock.now(), mail="")
    page = on_tuesday(desk().open(address).click("Book the repair")).submit("Book", timeslot=TIME)
    assert "tell the customer yourself" in page.text
    assert deliver() == []


def test_a_time_that_is_not_offered_says_why(desk, address, app, known, clock):
    for plate in ("1-AAA-111", "1-AAA-222"):
        claes.book(app, claes.case(app, clock, plate=plate), clock)
    page = desk().open(address).click("Book the repair")
    page = on_tuesday(page)
    full = page.soup.select_one('input[value="2026-12-01T08:00"]')
    assert full.has_attr("disabled") and "08:00 – 08:30 full" in page.text
    data = {"timeslot": TIME, "csrf_token": page.value("csrf_token")}
    page = page.visitor.open(page.url, method="POST", data=data, Referer=page.url)
    assert page.status == 409 and page.errors == ["This time is not free (any more): full."]


def test_nothing_chosen_is_refused(desk, address):
    page = desk().open(address).click("Book the repair").submit("Book")
    assert page.status == 422 and page.errors == ["Choose a time."]


def test_a_second_repair_is_refused(desk, address, booked):
    page = on_tuesday(desk().open(f"{address}book/repair")).submit("Book", timeslot="2026-12-01T09:00")
    assert page.status == 409 and "booked already" in page.errors[0]


def test_a_car_that_is_here_needs_no_repair_booked(desk, address, known, clock):
    known.change(clock.now(), vehicle_in="2026-11-23")
    ann = desk()
    assert "Book the repair" not in ann.open(address).text
    page = on_tuesday(ann.open(f"{address}book/repair")).submit("Book", timeslot=TIME)
    assert page.status == 409 and "here already" in page.errors[0]


def test_an_appointment_is_moved_after_the_customers_cut_off(desk, address, booked, clock, deliver):
    clock.at("2026-11-30 07:00")
    deliver()
    page = desk().open(address).click("Move").submit("Move", timeslot="2026-12-01T09:30")
    assert "Moved. The customer gets a mail." in page.text and "Tuesday 1 December 2026, 09:30" in page.text
    assert [mail.subject.split(":")[0] for mail in deliver()] == ["Moved"]


def test_moving_an_appointment_to_where_it_is_tells_of_no_mail(desk, address, booked, deliver):
    deliver()
    page = desk().open(address).click("Move").submit("Move", timeslot=TIME)
    assert "The appointment stays at this time." in page.text
    assert deliver() == []


def test_whoever_moves_an_appointment_of_a_customer_without_an_address_tells_them(
    desk, address, app, known, clock, deliver
):
    known.change(clock.now(), mail="")
    claes.book(app, known, clock)
    page = desk().open(address).click("Move").submit("Move", timeslot="2026-12-01T09:30")
    assert "Moved. There is no mail address, so tell the customer yourself." in page.text
    assert deliver() == []


@pytest.mark.parametrize(
    ("press", "told", "given"),
    [
        ("Move", "Moved", {"timeslot": "2026-12-01T09:30"}),
        ("Cancel the appointment", "Cancelled", {"tell": True}),
    ],
)
def test_whose_address_the_case_learned_since_gets_the_mail_that_is_spoken_of(
    desk, address, app, known, clock, deliver, press, told, given
):
    known.change(clock.now(), mail="")
    uid = claes.book(app, known, clock)
    known.change(clock.now(), mail="ann@example.com")
    step = "move" if press == "Move" else "cancel"
    page = desk().open(f"{address}appointments/{uid}/{step}").submit(press, **given)
    assert f"{told}. The customer gets a mail." in page.text
    assert [mail.recipient for mail in deliver()] == ["ann@example.com"]


def test_a_day_within_a_closure_says_so_and_offers_nothing_to_press(desk, address):
    planner = desk()
    planner.open("/staff/repairs/hours/aalst/days/").submit("Close these days", first="2026-12-01")
    page = on_tuesday(planner.open(f"{address}book/repair"))
    assert "There are no times on this day: within a closure." in page.text
    assert [each.text for each in page.soup.select("main form button")] == []


def test_a_day_tells_how_many_times_are_free_not_how_many_places(desk, address):
    day = on_tuesday(desk().open(f"{address}book/repair")).soup.select_one("[aria-current=date]")
    assert day.small.text == "4 times"


def test_an_appointment_is_called_off_with_words_to_the_customer(desk, address, booked, deliver):
    deliver()
    page = desk().open(address).click("Call off")
    page = page.submit("Cancel the appointment", reason="Our paint booth is broken.")
    assert "Cancelled. The customer gets a mail." in page.text
    [mail] = deliver()
    assert "We are sorry: we have to cancel" in mail.text
    assert "Our paint booth is broken." in mail.text and "appointment.ics" in mail.files


def test_an_appointment_is_called_off_without_a_letter(desk, address, booked, deliver):
    deliver()
    page = desk().open(address).click("Call off").submit("Cancel the appointment", tell=False)
    assert "Cancelled. The customer gets no mail." in page.text
    assert deliver() == []


def test_what_was_cancelled_meanwhile_is_not_moved(desk, address, booked, app, clock):
    page = desk().open(address).click("Move")
    with app.app_context():
        changes.cancel(booked, "", clock.now())
    page = page.submit("Move", timeslot="2026-12-01T09:30")
    assert page.path == address and "cancelled" in page.text


@pytest.mark.parametrize("do", ["move", "cancel"])
def test_the_appointment_of_another_case_is_not_there(desk, address, app, clock, do):
    other = claes.book(app, claes.case(app, clock, plate="1-AAA-111"), clock)
    assert desk().open(f"{address}appointments/{other}/{do}").status == 404


def test_there_is_nothing_else_to_book(desk, address):
    assert desk().open(f"{address}book/holiday").status == 404


def test_a_viewer_sees_appointments_and_changes_none(desk, address, booked):
    viewer = desk(Role.VIEWER)
    page = viewer.open(address)
    assert "Tuesday 1 December 2026, 08:00" in page.text and "Move" not in page.links()
    for part in ("book/repair", f"appointments/{booked}/move", f"appointments/{booked}/cancel"):
        assert viewer.open(address + part).status == 403


def test_the_letters_stand_on_the_page_with_what_became_of_them(desk, address, booked, deliver):
    ann = desk()
    assert "Appointment booked ann@example.com" in (page := ann.open(address)).text
    assert "waits to leave" in page.text
    deliver()
    assert "waits to leave" not in ann.open(address).text


def test_a_second_assessment_says_that_there_is_one_already(desk, address):
    page = desk().open(address).click("Book an assessment")
    assert "Booked already" not in page.text
    on_tuesday(page).submit("Book", timeslot="2026-12-01T09:00")
    again = page.visitor.open(page.url)
    assert "Booked already: Tuesday 1 December 2026, 09:00." in again.text
