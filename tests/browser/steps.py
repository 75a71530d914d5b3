"""Walking through the assessment in a real browser, as a thumb does."""

import re
from itertools import pairwise
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from portal.db import db
from portal.domain.booking.models import Booking
from tests.journeys.walk import CAR, PORTAL, YOU
from tests.support.live import Live

ORDER = ("you", "car", "photos", "timeslot", "check", "sent")


def primary(page: Any) -> Locator:
    """The one button of a page that goes on."""
    return page.locator(".bar button.button, form.actions button.button").first


def arrived(page: Any, step: str) -> None:
    """Wait until `page` shows `step`."""
    expect(page).to_have_url(re.compile(rf"/{step}([?#]|$)"), timeout=15_000)


def answer(page: Any, step: str, **changed: Any) -> None:
    """Answer `step`, which `page` shows, and press the button."""
    if step in {"you", "car"}:
        for name, value in {**(YOU if step == "you" else CAR), **changed}.items():
            if isinstance(value, bool):
                page.locator(f"[name={name}]").set_checked(value)
            else:
                page.locator(f"[name={name}]").fill(value)
    if step == "timeslot":
        page.locator("[name=timeslot]").last.check()
    primary(page).click()


def walk(page: Page, until: str, address: str = PORTAL, **changed: Any) -> None:
    """Go from `address` to the step `until`."""
    page.goto(address)
    for step, following in pairwise(ORDER):
        if step == until:
            return
        mine = {name: changed[name] for name in changed if page.locator(f"[name={name}]").count()}
        answer(page, step, **mine)
        arrived(page, following)


def told(page: Page, news: str) -> None:
    """Wait until `page` shows `news`, a selector, as somebody does who keeps coming back to it: it asks at once then."""
    for _ in range(150):
        if page.locator(news).is_visible():
            return
        page.evaluate("dispatchEvent(new Event('focus'))")
        page.wait_for_timeout(100)
    expect(page.locator(news)).to_be_visible()


def heading(page: Any, words: str) -> None:
    """Wait until a page is called `words`."""
    expect(page.locator("h1")).to_have_text(words, timeout=15_000)


def booked(live: Live) -> int:
    """How many bookings there are."""
    with live.app.app_context():
        return db.session.scalar(select(func.count()).where(Booking.state == "booked")) or 0
