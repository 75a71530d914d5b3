"""Whatever opens a link before its owner does, mail scanners above all, changes nothing."""

import os

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.domain.booking.models import Booking, State
from tests.conftest import BASE_URL
from tests.journeys.rows import rows
from tests.journeys.walk import answer, requested
from tests.journeys.workshop import waiting
from tests.support.visitor import Visitor
from tests.web.world import links_of

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
PEOPLE = 1_000 if FULL else 20


PREVIEWS = {
    "a scanner": {"User-Agent": "BarracudaCentral/1.0", "X-Forwarded-For": "203.0.113.9"},
    "a chat preview": {
        "User-Agent": "WhatsApp/2.23",
        "Purpose": "prefetch",
        "Sec-Purpose": "prefetch;prerender",
    },
}


@pytest.fixture
def mails(portal, client, deliver):
    """Every mail the product can send, and the confirmation that went to a mended address."""
    sent = requested(client, email="ann@exmaple.com", timeslot="2026-12-02T09:00")
    [first] = deliver()
    sent.submit(email="ann.peeters@example.com")
    [mended] = deliver()
    return {**portal.mails, "mended away": first, "mended": mended}


def test_a20_looking_at_any_link_of_any_mail_changes_nothing(mails, app, client):
    before = rows(app)
    for mail in mails.values():
        assert links_of(mail)
        for link in links_of(mail):
            assert client.open(link, method="HEAD").status < 500
            statuses = {client.open(link).status for _ in range(2)}
            for headers in PREVIEWS.values():
                statuses.add(Visitor(app, client.base_url).open(link, **headers).status)
            assert len(statuses) == 1 and statuses < {200, 404, 410}
    assert rows(app) == before


# What the first link of each mail leads to, and what the human reads there who does what it asks for.
READS = {
    "held": "Your appointment is booked",
    "mended": "Your appointment is booked",
    "booked": "Your appointment is booked",
    "booked since": "Your appointment",
    "repair held": "Your appointment is booked",
    "repair booked": "Your appointment is booked",
    "repair booked since": "Your appointment",
    "repair cancelled": "Your appointment is cancelled",
    "repair cancelled since": "Your appointment is cancelled",
    "repair cancelled at last": "Book the repair",
}


def look_like_a_scanner(app, client, link):
    client.open(link, method="HEAD")
    for headers in PREVIEWS.values():
        Visitor(app, client.base_url).open(link, **headers)


def test_a20_the_human_afterwards_succeeds(mails, app, client):
    for name, heading in READS.items():
        for link in links_of(mails[name]):
            look_like_a_scanner(app, client, link)
        page = client.open(links_of(mails[name])[0])
        assert (page.submit() if name in {"held", "mended", "repair held"} else page).heading == heading, name


@pytest.mark.timeout(900 if FULL else 300)
def test_a20_all_of_many_people_succeed_after_their_scanners(app, clock, deliver):
    waiting(app, PEOPLE, places=50)
    links = []
    while mails := deliver():
        links += [mail.link for mail in mails]
    assert len(links) == PEOPLE
    browser = app.test_client(use_cookies=False)
    for link in links:
        assert browser.head(link, base_url=BASE_URL).status_code == 200
        for headers in PREVIEWS.values():
            assert browser.get(link, base_url=BASE_URL, headers=headers).status_code == 200
    assert {browser.post(link, base_url=BASE_URL).status_code for link in links} == {303}
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Booking.state == State.BOOKED)) == PEOPLE


def test_a20_the_human_afterwards_moves_and_cancels(mails, app, client):
    links = {link.rpartition("/")[2]: link for link in links_of(mails["repair booked since"])}
    for link in links.values():
        look_like_a_scanner(app, client, link)
    moved = answer(answer(client.open(links["change"]), timeslot="2026-12-03T10:00"))
    assert moved.heading == "Your appointment" and "Thursday 3 December 2026" in moved.text
    for link in links.values():
        look_like_a_scanner(app, client, link)
    assert client.open(links["cancel"]).submit(sure=True).heading == "Your appointment is cancelled"


def test_a20_a_link_answers_head_as_it_answers_get(mails, client):
    for mail in mails.values():
        for link in links_of(mail):
            head, get = client.open(link, method="HEAD"), client.open(link)
            assert (head.status, head.headers["Content-Type"]) == (get.status, get.headers["Content-Type"])
            assert head.data == b""


def test_a20_the_text_and_the_html_of_a_mail_lead_to_the_same_places(mails):
    for mail in mails.values():
        assert all(link in mail.html and link in mail.text for link in links_of(mail) if "/logo/" not in link)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_a20_other_ways_of_asking_change_nothing_either(portal, app, client, method):
    before = rows(app)
    every_link = {link for mail in portal.mails.values() for link in links_of(mail)}
    assert {client.open(link, method=method).status for link in every_link} <= {200, 404, 405, 410}
    assert rows(app) == before
