"""One network may ask only so often; whoever asks too often is told so in a sentence and loses nothing."""

import json

import pytest

from portal.web import limits
from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import PORTAL, YOU, answer, draft_of, requested, step_of, walk
from tests.support import cases, garages

pytestmark = on_sqlite


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"rate_limits": True, "proxies": 1})


def is_told_to_wait(page):
    assert page.status == 429
    assert int(page.headers["Retry-After"]) > 0
    assert page.heading == "One moment, please"
    return True


def until_refused(send, most):
    """Send again and again; the page that says it is enough, and how often it went well before."""
    for times in range(most + 1):
        page = send()
        if page.status == 429:
            return page, times
    raise AssertionError(f"never refused in {most + 1} times")


def allowed(limit):
    return int(limit.partition("/")[0])


def test_drafts_cannot_be_begun_without_end(garage, clock, client):
    page, times = until_refused(lambda: answer(client.open(PORTAL)), allowed(limits.START))
    assert times == allowed(limits.START) and is_told_to_wait(page)
    assert page.value("first_name") == YOU["first_name"]  # and is sent again with one press
    assert client.open(PORTAL).status == 200  # looking is free


def test_nor_for_a_case_that_is_known(app, clock, client):
    known = cases.opened(app, garages.apply(app, "repairs"), clock.now(), location="aalst")
    page = client.open(known.assessment)
    refused, times = until_refused(lambda: page.submit("Continue"), allowed(limits.START))
    assert times == allowed(limits.START) and is_told_to_wait(refused)


def test_requests_cannot_be_sent_without_end(garage, clock, client):
    check = walk(client, "check")
    page, times = until_refused(lambda: answer(check), allowed(limits.SEND))
    assert times == allowed(limits.SEND) and is_told_to_wait(page)


@pytest.mark.parametrize("what", ["again", "mend", "renew"])
def test_mails_cannot_be_asked_for_without_end(garage, clock, client, what):
    draft = draft_of(requested(client))
    data = {"email": "nobody"} if what == "mend" else {}
    refused = [
        client.open(f"{draft}/{what}", method="POST", data=data) for _ in range(allowed(limits.SEND) + 1)
    ]
    assert is_told_to_wait(refused[-1]) if what != "again" else refused[-1].status == 429


def test_codes_cannot_be_tried_without_end(garage, clock, client):
    draft = draft_of(requested(client))
    page, times = until_refused(
        lambda: client.open(f"{draft}/code", method="POST", data={"code": "1"}), allowed(limits.CODE)
    )
    assert times == allowed(limits.CODE) and is_told_to_wait(page)


def test_uploads_are_limited_and_the_script_gets_json(garage, clock, client):
    photos = draft_of(walk(client, "photos"))
    page, times = until_refused(
        lambda: client.open(f"{photos}/photos/upload", method="POST", Accept="application/json"),
        allowed(limits.UPLOAD),
    )
    assert times == allowed(limits.UPLOAD)
    assert json.loads(page.data)["error"] and int(page.headers["Retry-After"]) > 0


def test_another_network_is_not_held_up(garage, clock, client, another):
    client.headers["X-Forwarded-For"], another.headers["X-Forwarded-For"] = "203.0.113.1", "203.0.113.2"
    until_refused(lambda: answer(client.open(PORTAL)), allowed(limits.START))
    assert step_of(answer(another.open(PORTAL))) == "car"


def test_a_forged_address_in_front_of_our_proxys_does_not_help(garage, clock, client):
    def forged(number):
        return client.open(
            PORTAL,
            method="POST",
            data=YOU | {"consent": "y"},
            X_Forwarded_For=f"198.51.100.{number}, 203.0.113.1",
        )

    statuses = [forged(number).status for number in range(allowed(limits.START) + 1)]
    assert statuses[-1] == 429


@pytest.mark.parametrize("what", ["again", "mend", "renew", "code"])
def test_trying_again_leads_back_to_a_page(garage, clock, client, what):
    draft = draft_of(requested(client))
    pages = [
        client.open(f"{draft}/{what}", method="POST", data={"code": "1", "email": "x"}) for _ in range(31)
    ]
    assert is_told_to_wait(pages[-1])
    assert pages[-1].click("Try again").status == 200


def test_a_customer_and_their_family_never_notice(garage, clock, client, deliver):
    for person in range(4):
        requested(client, email=f"person{person}@example.com")
        assert client.open(deliver()[-1].link).submit().heading == "Your appointment is booked"
