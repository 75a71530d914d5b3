"""A scanner that presses every button it sees makes no second case and takes nothing from anybody."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking.links import MAX_LETTERS
from portal.domain.mailing.models import Message
from tests.journeys.rows import counts, rows
from tests.journeys.walk import requested
from tests.support.scanners import follow_everything, press_everything
from tests.support.visitor import Visitor
from tests.web.world import links_of

TIME = "2026-12-01T10:00"
BOOKED = "Your appointment is booked"


def letters(app):
    """What for letters were written, in turn."""
    with app.app_context():
        return list(db.session.scalars(select(Message.purpose).order_by(Message.id)))


@pytest.fixture
def scanner(app, client):
    return Visitor(app, client.base_url)


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
    assert (found["case"], found["booking"], letters(app)) == (
        1,
        1,
        ["confirmation", "booked", "garage_booked"],
    )


def test_a21_the_mail_about_the_booking_is_safe_too(garage, app, clock, client, scanner, deliver):
    requested(client, timeslot=TIME)
    client.open(deliver()[0].link).submit()
    [mail] = deliver()
    before = rows(app)
    for link in links_of(mail):
        follow_everything(scanner, link)
    assert rows(app) == before
    assert client.open(links_of(mail)[0]).heading == "Your appointment"


def test_a21_every_mail_about_a_repair_is_safe(portal, app, client, scanner, deliver):
    """Pressing what the links of a case lead to begins drafts, and asks for the links again; it never books."""
    before = rows(app)
    for name in ("repair booked since", "repair cancelled since", "repair cancelled at last"):
        for link in links_of(portal.mails[name]):
            follow_everything(scanner, link)
    found = rows(app)
    for table in set(before) - {"draft", "message"}:
        assert found[table] == before[table], table
    assert letters(app)[len(before["message"]) :] in ([], ["booked"] * (MAX_LETTERS - 1))
    assert client.open(links_of(portal.mails["repair booked since"])[0]).heading == "Your appointment"


def test_a21_the_deep_link_of_a_case_never_books_moves_or_cancels_whoever_presses(
    portal, app, client, scanner, deliver
):
    before = rows(app)
    for token in portal.cases.values():
        follow_everything(scanner, f"/peeters/assessment/case/{token}")
        for _ in range(3):
            follow_everything(scanner, f"/peeters/repair/case/{token}")
            follow_everything(scanner, f"/peeters/status/{token}")
    found = rows(app)
    for table in set(before) - {"draft", "message"}:
        assert found[table] == before[table], table
    assert len(deliver()) <= MAX_LETTERS - 1


def test_a21_a_scanner_that_confirms_a_repair_leaves_the_human_with_a_booking_to_cancel(
    portal, app, client, scanner, deliver
):
    press_everything(scanner, portal.links["repair held"])
    booked = client.open(portal.links["repair held"])
    assert booked.heading == BOOKED
    assert booked.click("Cancel").submit(sure=True).heading == "Your appointment is cancelled"


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
