"""The link of the mail in real browsers: only the one that asked presses the button by itself."""

import pytest

from tests.browser.steps import booked, heading, primary, walk
from tests.journeys.rows import rows

A_WHILE = 1_500  # ms; a page that presses by itself has done so long before


@pytest.fixture
def mail(live, page, email):
    """The mail after a request from `page`."""
    walk(page, "sent", email=email)
    page.locator("[data-pending]").wait_for()
    return live.letter(email)


def test_a20_the_browser_that_asked_presses_by_itself(live, page, mail):
    tab = page.context.new_page()
    tab.goto(mail.link)
    heading(tab, "Your appointment is booked")
    assert booked(live) == 1


def test_a20_another_browser_runs_its_scripts_and_changes_nothing(live, windows, mail):
    before = rows(live.app)
    other = windows.open(viewport={"width": 1280, "height": 800})
    for _ in range(2):
        other.goto(mail.link, wait_until="networkidle")
        other.wait_for_timeout(A_WHILE)
        heading(other, "Confirm your appointment")
    assert rows(live.app) == before
    primary(other).click()
    heading(other, "Your appointment is booked")
    assert booked(live) == 1


def test_a20_the_browser_that_asked_presses_once_and_shows_the_booking_ever_after(live, page, mail):
    page.goto(mail.link)
    heading(page, "Your appointment is booked")
    page.go_back()
    page.goto(mail.link)
    heading(page, "Your appointment is booked")
    assert booked(live) == 1


def test_a20_a_page_that_is_prepared_in_a_frame_of_another_site_presses_nothing(live, windows, mail):
    other = windows.open()
    other.route(
        "**/lure",
        lambda route: route.fulfill(body=f"<iframe src='{mail.link}'></iframe>", content_type="text/html"),
    )
    other.goto("http://lure.example.com/lure")
    other.wait_for_timeout(A_WHILE)
    assert booked(live) == 0
    windows.faults.clear()  # the browser says that the frame was refused


def test_the_waiting_page_notices_a_confirmation_elsewhere(live, page, windows, mail):
    other = windows.open("nl")
    other.goto(mail.link)
    primary(other).click()
    heading(page, "Your appointment is booked")
    assert "/confirm/" in page.url
    assert booked(live) == 1


def test_the_waiting_page_shows_when_the_mail_has_left(page, mail):
    page.locator("[data-until]").wait_for(state="visible")
    assert page.locator("[data-until]").inner_text() in mail.text
