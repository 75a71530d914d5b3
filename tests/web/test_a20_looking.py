"""Whatever opens a link before its owner does, mail scanners above all, changes nothing."""

import pytest

from tests.journeys.rows import rows
from tests.journeys.walk import requested
from tests.support.visitor import Visitor
from tests.web.world import links_of

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
    sent.submit(email="ann@example.com")
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


def test_a20_the_human_afterwards_succeeds(mails, app, client):
    for name in ("held", "mended", "booked", "booked since"):
        for link in links_of(mails[name]):
            client.open(link, method="HEAD")
            for headers in PREVIEWS.values():
                Visitor(app, client.base_url).open(link, **headers)
        page = client.open(links_of(mails[name])[0])
        booked = page if name.startswith("booked") else page.submit()
        assert booked.heading == "Your appointment is booked"


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
    assert {client.open(link, method=method).status for link in portal.links.values()} <= {200, 405}
    assert rows(app) == before
