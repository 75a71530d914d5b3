"""The links of a test letter show what its customer sees, say that they are a test, and begin nothing."""

from datetime import date

import pytest

from tests.journeys.rows import rows
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.support.scanners import follow_everything

SAYS_SO = "This is the link of a test letter."


@pytest.fixture
def known(app, clock):
    garage = set_up(app, document("repairs"))
    return cases.opened(app, garage, clock.now(), location="aalst")


@pytest.fixture
def repair(known):
    return f"/repairs/repair/case/{known.test_token}"


@pytest.fixture
def assessment(known):
    return f"/repairs/assessment/case/{known.test_token}"


@pytest.fixture
def status(known):
    return f"/repairs/status/{known.test_token}"


def test_the_status_page_works_as_always_and_says_on_top_that_it_is_a_test(known, status, client):
    page = client.open(status)
    assert page.soup.main.get_text(strip=True).startswith(SAYS_SO)
    assert page.heading == client.open(known.status).heading
    told = page.soup.select_one("[data-status]")
    assert client.raw(told["data-state-url"]).json == {"version": told["data-version"]}


def test_the_repair_page_shows_what_comes_first_and_has_nothing_to_press(known, repair, client):
    page = client.open(repair)
    assert page.soup.main.get_text(strip=True).startswith(SAYS_SO)
    assert page.heading == "Book the repair" and "Classic repair" in page.text
    assert not page.soup.select("form, button")
    assert client.open(known.repair).soup.select("form")


def test_a_booked_repair_is_shown_without_the_button_that_mails_its_customer(known, repair, client):
    known.booked(date(2026, 12, 1))
    page = client.open(repair)
    assert page.heading == "Your repair is booked" and SAYS_SO in page.text
    assert not page.soup.select("form, button")


def test_the_assessment_page_too_shows_what_comes_first_and_has_nothing_to_press(known, assessment, client):
    page = client.open(assessment)
    assert page.soup.main.get_text(strip=True).startswith(SAYS_SO)
    assert page.heading == "Book an assessment" and not page.soup.select("form, button")
    known.booked(date(2026, 12, 1), flow="assessment")
    page = client.open(assessment)
    assert page.heading == "Your appointment is booked" and SAYS_SO in page.text
    assert not page.soup.select("form, button")


def book_both(known):
    for flow in ("repair", "assessment"):
        known.booked(date(2026, 12, 1), flow=flow)


@pytest.mark.parametrize("booked", [False, True])
def test_nothing_begins_even_for_whoever_presses_what_is_not_there(
    app, known, repair, assessment, client, booked
):
    if booked:
        book_both(known)
    before = rows(app)
    for address in (repair, assessment):
        for more in ("", "/links"):
            page = client.open(f"{address}{more}", method="POST")
            assert (page.hops, page.path) == ([303], address)
    assert rows(app) == before


@pytest.mark.parametrize("booked", [False, True])
def test_no_way_leads_from_them_to_the_customers_own_links(
    app, known, repair, assessment, status, client, booked
):
    if booked:
        book_both(known)
    before = rows(app)
    for address in (repair, assessment, status):
        page = client.open(address)
        assert known.token.encode() not in page.data
        follow_everything(client, address)
    assert rows(app) == before


def test_the_links_of_customers_say_nothing_of_it(known, client):
    for address in (known.status, known.repair, known.assessment):
        assert SAYS_SO not in client.open(address).text
