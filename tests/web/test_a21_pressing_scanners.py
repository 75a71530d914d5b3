"""A scanner that presses every button it sees makes no second case and takes nothing from anybody."""

import pytest

from portal.domain.booking.links import MAX_LETTERS
from tests.journeys.rows import counts
from tests.journeys.walk import requested
from tests.support.visitor import Visitor
from tests.web.world import links_of

TIME = "2026-12-01T10:00"
BOOKED = "Your appointment is booked"


@pytest.fixture
def scanner(app, client):
    return Visitor(app, client.base_url)


def press_everything(scanner, link):
    """Open a link and press every button on its page, and on the pages these lead to."""
    pages, seen = [scanner.open(link)], set()
    while pages:
        page = pages.pop()
        for number, form in enumerate(page.soup.find_all("form")):
            if (page.url, number) not in seen:
                seen.add((page.url, number))
                address = form.get("action") or page.url
                pages.append(scanner.open(str(address), method=str(form["method"]).upper()))
                assert pages[-1].status < 500


def test_a21_one_case_whatever_was_pressed_and_the_human_sees_the_booking(
    garage, app, clock, client, scanner, deliver
):
    requested(client, timeslot=TIME)
    [mail] = deliver()
    ask = client.open(mail.link)
    for _ in range(3):
        press_everything(scanner, mail.link)
    assert client.open(mail.link).heading == BOOKED
    assert ask.submit().heading == BOOKED
    found = counts(app)
    assert (found["case"], found["booking"], found["message"]) == (1, 1, 2)


def test_a21_the_mail_about_the_booking_is_safe_too(garage, app, clock, client, scanner, deliver):
    requested(client, timeslot=TIME)
    client.open(deliver()[0].link).submit()
    [mail] = deliver()
    before = counts(app)
    for link in links_of(mail):
        press_everything(scanner, link)
    assert counts(app) == before
    assert client.open(links_of(mail)[0]).heading == BOOKED


def test_a21_a_late_link_that_is_pressed_again_and_again_holds_one_place(
    garage, app, clock, client, scanner, deliver
):
    requested(client, timeslot=TIME)
    [mail] = deliver()
    clock.forward(minutes=16)
    for _ in range(5):
        press_everything(scanner, mail.link)
    assert counts(app)["case"] == 0 and counts(app)["booking"] == 2
    assert len(deliver()) <= MAX_LETTERS


def test_a21_a_link_to_a_mended_address_does_nothing_however_often(
    garage, app, clock, client, scanner, deliver
):
    sent = requested(client, email="ann@exmaple.com", timeslot=TIME)
    [old] = deliver()
    sent.submit(email="ann@example.com")
    [new] = deliver()
    press_everything(scanner, old.link)
    for action in ("", "/again"):
        assert scanner.open(old.link + action, method="POST").status in {200, 409, 410}
    assert counts(app)["case"] == 0
    assert deliver() == []
    assert client.open(new.link).submit().heading == BOOKED


def test_a21_asking_again_for_what_is_booked_shows_the_booking(garage, app, clock, client, scanner, deliver):
    requested(client, timeslot=TIME)
    [mail] = deliver()
    client.open(mail.link).submit()
    page = scanner.open(f"{mail.link}/again", method="POST")
    assert page.status == 200 and page.heading == BOOKED
    assert counts(app)["case"] == 1
