"""A customer books the repair of a known case, moves it, and cancels it."""

import pytest

from tests.journeys.walk import answer
from tests.support import cases, garages
from tests.web.world import personal

BOOKED = "Your appointment is booked"


@pytest.fixture
def repairs(app, clock):
    garage = garages.apply(app, "repairs")
    cases.enter(app, garage, clock.now())
    return garage


def look_up(client, plate="1abc234", number="2026 0042", flow="repair"):
    return client.open(f"/repairs/{flow}/").submit(plate=plate, number=number)


def test_a_customer_books_a_repair_by_plate_and_number(app, repairs, client, deliver, clock):
    page = look_up(client)
    assert page.heading == "Book the repair"
    assert "a•••@e•••.com" in page.text and "ann@example.com" not in page.text
    times = page.submit("Choose a time")
    assert times.heading == "Pick a time"
    check = answer(times, timeslot="2026-11-30T08:00")
    assert check.heading == "Check your answers"
    sent = check.submit()
    assert sent.heading == "Not booked yet" and "ann@example.com" not in sent.text
    [mail] = deliver()
    assert mail.recipient == "ann@example.com"
    booked = client.open(mail.link).submit()
    assert booked.heading == BOOKED
    assert look_up(client).heading == "Your repair is booked"
    [mail] = deliver()
    assert "repair" in mail.subject and cases.PLATE in mail.subject
    page = client.open(personal(mail))
    assert page.heading == "Your appointment"
    moved = answer(answer(page.click("Choose another time"), timeslot="2026-12-01T08:30"))
    assert moved.heading == "Your appointment" and "Tuesday 1 December 2026" in moved.text
    [mail] = deliver()
    cancel = client.open(personal(mail)).click("Cancel the appointment")
    assert cancel.submit().status == 422
    gone = cancel.submit(sure=True, reason="Sold the car")
    assert gone.heading == "Your appointment is cancelled"
    [mail] = deliver()
    assert look_up(client).heading == "Book the repair"
