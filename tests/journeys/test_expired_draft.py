"""Unfinished answers are kept for a day after the last of them."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.walk import PORTAL, answer, draft_of, requested, step_of, walk

pytestmark = on_sqlite

PAGES = ("you", "car", "photos", "timeslot", "check", "sent", "state")
POSTS = ("you", "car", "photos", "photos/upload", "timeslot", "check", "code", "again", "mend", "renew")


def says_start_again(page):
    assert page.status == 410
    assert page.heading == "Please start again"
    assert "16 22 00 00" in page.text
    assert page.click("Start again").path == "/peeters/"


def test_after_a_day_a_page_says_so_and_leads_to_a_fresh_start(garage, clock, client):
    car = walk(client, "car")
    clock.forward(hours=24)
    says_start_again(client.open(car.url))
    says_start_again(answer(car))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_draft_says_so(garage, clock, client, page):
    draft = draft_of(requested(client))
    clock.forward(hours=24)
    says_start_again(client.open(f"{draft}/{page}"))


@pytest.mark.parametrize("page", POSTS)
def test_nothing_that_is_sent_to_it_is_kept(garage, app, clock, client, page):
    draft = draft_of(requested(client))
    clock.forward(hours=24)
    before = rows(app)
    says_start_again(client.open(f"{draft}/{page}", method="POST", data={}))
    assert rows(app) == before


def test_a_minute_before_it_is_still_there(garage, clock, client):
    car = walk(client, "car")
    clock.forward(hours=23, minutes=59)
    assert step_of(answer(client.open(car.url))) == "photos"


def test_every_answer_begins_the_day_anew(garage, clock, client):
    page = walk(client, "car")
    for _ in range(2):
        clock.forward(hours=23)
        page = answer(page)
        assert page.status == 200


def test_an_unknown_draft_says_the_same(garage, clock, client):
    says_start_again(client.open(f"{PORTAL}AAAAAAAAAAAAAAAAAAAAAA/car"))


def test_nobody_is_told_that_nothing_was_booked_who_has_a_booking(garage, clock, client, deliver):
    sent = requested(client)
    client.open(deliver()[0].link).submit()
    clock.forward(hours=25)
    assert "nothing was booked" not in client.open(sent.url).text


def test_the_page_says_it_in_the_language_of_the_browser(garage, clock, client):
    client.headers["Accept-Language"] = "fr"
    page = client.open(f"{PORTAL}AAAAAAAAAAAAAAAAAAAAAA/car")
    assert page.soup.html["lang"] == "fr" and page.click("EN").heading == "Please start again"
