"""Carrosserie Claes and its customers, who book repairs in a real browser."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from portal.domain.garage.views import GarageView
from tests.browser.steps import answer, arrived, primary
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.support.cases import Known
from tests.support.live import Live

ENTRANCE = "/repairs/repair/"
NUMBER = "2026-0042"


def opens(live: Live, *, closed_days: int = 2, **garage: Any) -> GarageView:
    """Claes Aalst repairs one car each half hour of every morning, today and tomorrow excepted, but for these.

    No time that is shown is ever about to pass, and appointments can be changed until they begin.
    """
    today = datetime.now(UTC).date()
    claes = document("repairs") | {"appointments": {"change_until_hours": 0}} | garage
    hours = {"hours": [{"days": "mon-sun", "open": ["08:00-10:00"]}], "notice_minutes": 0, "places": 1}
    claes["locations"][0] |= {
        "public_holidays": False,
        "day_limit": None,
        "closures": [{"first": str(today), "last": str(today + timedelta(days=closed_days - 1))}],
        "repair": [{"damage_flow": "classic"} | hours],
    }
    return set_up(live.app, claes)


def knows(live: Live, garage: GarageView, email: str, **given: str) -> Known:
    """A case in Aalst whose customer reads `email`."""
    usual = {"location": "aalst", "number": NUMBER, "mail": email}
    return cases.opened(live.app, garage, datetime.now(UTC), **(usual | given))


def next_week() -> date:
    """A day on which Claes is open, and which nobody else wants."""
    return datetime.now(UTC).date() + timedelta(days=7)


def look_up(page: Page, plate: str = "1abc234", number: str = NUMBER) -> None:
    """Say which car and which case on the look-up, which `page` shows, and press the button."""
    page.locator("[name=plate]").fill(plate)
    page.locator("[name=number]").fill(number)
    primary(page).click()


def ask(page: Page) -> None:
    """Go from the page of a case, which `page` shows, to the page that waits for the press in the mail."""
    for step in ("timeslot", "check", "sent"):
        answer(page, "")
        arrived(page, step)
        if step == "timeslot":
            page.locator("[name=timeslot]").last.check()
