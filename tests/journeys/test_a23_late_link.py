"""The link of the mail works until the time that the mail and the page say; a late click costs nobody an answer."""

import re
from datetime import timedelta

import pytest

from tests.journeys.rows import counts
from tests.journeys.walk import answer, draft_of, requested, walk
from tests.journeys.workshop import bookings, somebody_takes
from tests.support.clocks import ZONE

TIME = "2026-12-01T10:00"


def until(page):
    return str(page.soup.select_one("[data-until]").get_text())


def mailed(client, deliver):
    """A request, its page once the mail is on its way, and the mail."""
    sent = requested(client, email="ann@example.com", damage="Hail.", timeslot=TIME)
    [mail] = deliver()
    return client.open(sent.url), mail


def test_a23_page_mail_and_server_say_the_same_time(garage, app, clock, client, deliver):
    clock.forward(seconds=40)
    page, mail = mailed(client, deliver)
    [request] = bookings(app)
    assert until(page) == f"{request.held_until.astimezone(ZONE):%H:%M}"
    assert re.findall(r"\b\d\d:\d\d\b", mail.text).count(until(page)) >= 1
    assert request.held_until == clock.now() + timedelta(minutes=15)
    assert client.open(f"{draft_of(page)}/state").data.decode().count(until(page)) == 1


@pytest.mark.parametrize("elapsed", [{"minutes": 14, "seconds": 59}, {"minutes": 1}])
def test_a23_a_press_in_time_books(garage, clock, client, deliver, elapsed):
    _, mail = mailed(client, deliver)
    clock.forward(**elapsed)
    assert client.open(mail.link).submit().heading == "Your appointment is booked"


def test_a23_a_press_after_it_creates_nothing_and_says_what_happened(garage, app, clock, client, deliver):
    _, mail = mailed(client, deliver)
    ask = client.open(mail.link)
    clock.forward(minutes=15, seconds=1)
    for page in (client.open(mail.link), ask.submit()):
        assert page.status == 410 and page.heading == "That did not work"
        assert "this time is still free" in page.text and "22 00 00" in page.text
    assert counts(app)["case"] == 0


@pytest.mark.parametrize("elapsed", [{"minutes": 15, "seconds": 1}, {"hours": 1}, {"hours": 23}])
@pytest.mark.parametrize("pressed", ["the link's page", "the waiting page"])
def test_a23_one_press_asks_again_and_nothing_is_typed_twice(
    garage, app, clock, client, deliver, elapsed, pressed
):
    sent, mail = mailed(client, deliver)
    clock.forward(**elapsed)
    late = client.open(mail.link) if pressed == "the link's page" else client.open(sent.url)
    waiting = late.submit("Ask for this time again")
    assert waiting.heading == "Not booked yet"
    [new] = deliver()
    assert new.recipient == "ann@example.com"
    booked = client.open(new.link).submit()
    assert booked.heading == "Your appointment is booked" and "1-ABC-234" in booked.text
    first, second = bookings(app)
    assert (first.day, first.start_minute) == (second.day, second.start_minute)
    assert counts(app)["case"] == 1


def test_a23_asking_again_twice_is_one_request(garage, app, clock, client, deliver):
    _, mail = mailed(client, deliver)
    clock.forward(minutes=16)
    late = client.open(mail.link)
    once, twice = late.submit("Ask for this time again"), late.submit("Ask for this time again")
    assert once.text == twice.text and len(deliver()) == 1


def test_a23_a_late_time_that_went_to_somebody_else_offers_another(garage, app, clock, client, deliver):
    _, mail = mailed(client, deliver)
    ask = client.open(mail.link)
    clock.forward(minutes=16)
    late = client.open(mail.link)
    somebody_takes(app, garage, clock.now(), TIME)
    assert "This time is no longer free." in client.open(mail.link).text
    assert ask.submit().status == 410
    taken = late.submit("Ask for this time again")
    assert taken.status == 409 and taken.heading == "This time was just taken"
    again = taken.click("Choose another time")
    chosen = again.submit(timeslot=again.options("timeslot")[0])
    assert "Hail." in chosen.text and chosen.submit().heading == "Not booked yet"


def test_a23_a_time_that_nobody_took_is_not_called_taken(garage, clock, client, deliver):
    timeslot = walk(client, "timeslot")
    soonest = timeslot.options("timeslot")[0]
    answer(answer(timeslot, timeslot=soonest))
    [mail] = deliver()
    clock.forward(minutes=16)
    assert "taken" not in client.open(mail.link).text


def test_a23_a_day_later_the_late_link_leads_to_a_fresh_start(garage, clock, client, deliver):
    _, mail = mailed(client, deliver)
    clock.forward(hours=25)
    assert client.open(mail.link).status == 410
    assert client.open(mail.link).click("Start again").status == 200


def test_a23_the_waiting_page_of_a_tab_left_open_never_fails(garage, app, clock, client, another, deliver):
    sent, _ = mailed(client, deliver)
    clock.forward(minutes=16)
    expired = client.open(sent.url)
    client.open(sent.url).submit("Ask for this time again")
    another.open(deliver()[-1].link).submit()
    page = expired.submit("Ask for this time again")
    assert page.status == 200 and page.heading == "Your appointment is booked"
    assert counts(app)["case"] == 1


def test_a23_the_late_page_of_a_tab_left_open_never_fails(garage, app, clock, client, another, deliver):
    _, mail = mailed(client, deliver)
    clock.forward(minutes=16)
    late = client.open(mail.link)
    late.submit("Ask for this time again")
    another.open(deliver()[-1].link).submit()
    page = late.submit("Ask for this time again")
    assert page.status == 200 and page.heading == "Your appointment is booked"
    assert counts(app)["case"] == 1


def test_a23_a_slow_mail_server_takes_nothing_off_the_fifteen_minutes(garage, app, clock, client, deliver):
    sent = requested(client)
    clock.forward(minutes=10)
    [mail] = deliver()
    assert until(client.open(sent.url)) == "09:25"
    clock.forward(minutes=14, seconds=59)
    assert client.open(mail.link).submit().heading == "Your appointment is booked"
