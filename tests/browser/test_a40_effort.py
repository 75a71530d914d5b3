"""Under pressure the browser does a sum, without anybody seeing, hearing or pressing anything for it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.db import db
from portal.domain.booking.models import Booking
from tests.browser.critic import Critic
from tests.browser.steps import heading, primary, walk
from tests.browser.test_a47_keyboard import tab_to
from tests.journeys.workshop import opens
from tests.support import bookings

STILL = 'document.querySelector("[data-effort-progress]").hidden = false'  # else it is over too soon to be looked at


@pytest.fixture(autouse=True)
def pressure(live):
    """Two of the four places that may be held are."""
    garage, now = opens(live.app), datetime.now(UTC)
    with live.app.app_context():
        for minute in (9 * 60, 10 * 60):
            day = now.date() + timedelta(days=2)
            bookings.request(garage, now, day=day, minute=minute, email=f"at{minute}@example.com")


def state_of(live, email):
    with live.app.app_context():
        return db.session.scalars(select(Booking.state).where(Booking.email == email)).all()


def test_a40_the_sum_is_done_and_the_request_sent_by_one_press_of_enter(live, windows, email):
    page = windows.open(viewport={"width": 1280, "height": 800})
    walk(page, "check", email=email)
    asked = []
    page.on("response", lambda response: asked.append(response.status) if "check" in response.url else None)
    tab_to(page, words="Send the request")
    page.keyboard.press("Enter")
    heading(page, "Not booked yet")
    assert asked == [422, 303]
    assert state_of(live, email) == ["held"]
    assert page.context.cookies() == []


def test_a40_without_scripts_the_request_goes_out_and_keeps_no_place(live, windows, email):
    page = windows.open(java_script_enabled=False)
    walk(page, "check", email=email)
    primary(page).click()
    title = page.get_by_role("heading", name="One moment before it is sent").bounding_box()
    assert (
        title and title["y"] + title["height"] < primary(page).bounding_box()["y"]
    )  # seen without looking for it
    page.get_by_role("button", name="Send without keeping the time").click()
    heading(page, "Not booked yet")
    assert state_of(live, email) == ["asked"]


@pytest.mark.parametrize("language", ["de"])
def test_a40_the_page_is_good_to_look_at_and_tells_how_far_it_is(live, page, language, email):
    page.route("**/effort.js*", lambda route: route.fulfill(body=STILL, content_type="text/javascript"))
    walk(page, "check", email=email)
    primary(page).click()
    box = page.locator("[data-effort]")
    expect(box).to_be_visible()
    expect(box.get_by_role("status")).to_be_attached()
    critic = Critic(page, thorough=True)
    critic.look("effort")
    assert not critic.found
