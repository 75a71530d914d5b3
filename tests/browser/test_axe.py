"""Every page of the booking in every language: nothing for axe to find, no sideways scroll, nothing too small to press.

One walk a language meets all the pages; each is looked at on a phone and on a desk, and at 400 % zoom.
"""

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import update

from portal.db import transaction
from portal.domain.booking.models import Booking
from tests.browser.steps import answer, arrived, primary
from tests.files.pictures import file, four_corners
from tests.journeys.workshop import document, set_up

PHONE, DESK, ZOOMED = (360, 740), (1280, 800), (320, 256)
SMALLEST = 44  # px, what a thumb needs
AXE = Axe().axe_script
RUN = """(rules) => axe.run(document, {resultTypes: ["violations"], preload: false, ...rules})
    .then((result) => result.violations.map((each) => [each.id, each.nodes.slice(0, 3).map((node) => node.html)]))"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that other colours can change
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1
        && !each.closest(".strip, .unseen, .skip"))
    .map((each) => each.outerHTML.slice(0, 90))"""
TOO_SMALL = f"""() => [...document.querySelectorAll("button, .button, select, textarea, .day, .choice, input")]
    .filter((each) => each.checkVisibility({{opacityProperty: true, visibilityProperty: true}})
        && !each.closest(".unseen, [aria-hidden=true]") && !["checkbox", "radio", "file", "hidden"].includes(each.type))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.height > 1 && Math.min(box.height, box.width) < {SMALLEST} - 0.5)
    .map(([each, box]) => `${{Math.round(box.width)}}x${{Math.round(box.height)}} ${{each.outerHTML.slice(0, 90)}}`)"""


class Critic:
    """Looks at whatever `page` shows and remembers what is wrong with it."""

    def __init__(self, page, *, dark):
        self.page, self.found, self.seen = page, [], set()
        self._dark = dark

    def look(self, name):
        self.seen.add(name)
        for size in (DESK, PHONE):
            self._axe(f"{name}, {size[0]}", size, {})
        if self._dark:
            self.page.emulate_media(color_scheme="dark")
            self._axe(f"{name}, dark", PHONE, CONTRAST)
            self.page.emulate_media(color_scheme="light")
        self.found += [f"{name}: too small: {each}" for each in self.page.evaluate(TOO_SMALL)]
        for size in (ZOOMED, PHONE):
            self._resize(size)
            if self.page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
                self.found.append(f"{name}, {size[0]}: too wide: {self.page.evaluate(TOO_WIDE)[:3]}")

    def _axe(self, name, size, rules):
        self._resize(size)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        self.found += [f"{name}: {rule}: {nodes}" for rule, nodes in self.page.evaluate(RUN, rules)]

    def _resize(self, size):
        self.page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.fixture
def two_places(live):
    """Peeters with a second location that has no hours, so that every page there is can be met."""
    garage = document("peeters")
    garage["locations"].append(
        {**garage["locations"][0], "slug": "gent", "name": "Peeters Gent", "assessment": None}
    )
    return set_up(live.app, garage)


def expire_links(live):
    with live.app.app_context(), transaction() as session:
        past = datetime.now(UTC) - timedelta(minutes=1)
        session.execute(update(Booking).where(Booking.state == "held").values(held_until=past))


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a47_every_page_is_good_to_look_at_and_to_listen_to(live, two_places, windows, page, language, email):
    critic = Critic(page, dark=language == "de")
    look = critic.look

    page.goto("/peeters/")
    look("front")
    page.goto("/peeters/gent/")
    look("front of a location")
    page.goto("/peeters/privacy")
    look("privacy")
    page.goto("/peeters/nothing/at/all")
    look("not found")
    page.goto("/peeters/assessment/AAAAAAAAAAAAAAAAAAAAAA/car")
    look("start again")
    page.goto("/peeters/confirm/nothing")
    look("unknown link")

    page.goto("/peeters/assessment/")
    look("about you")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    page.locator("details.more summary").click()
    look("about you, mistakes")
    answer(page, "you", email=email)
    arrived(page, "car")
    look("car")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    page.locator("details.more summary").click()
    look("car, mistakes")
    answer(page, "car")
    arrived(page, "photos")
    page.locator("form.enhanced").wait_for()
    look("photos")
    good = {"name": "car.jpg", "mimeType": "image/jpeg", "buffer": file(four_corners(), "JPEG")}
    page.set_input_files("#gallery-overview", [good, {**good, "name": "a.jpg", "buffer": b"words"}])
    page.locator(".shot[data-uid]").wait_for()
    page.locator(".shot-failed").wait_for()
    look("photos, one in, one refused")
    page.locator(".shot-failed .remove").click()
    primary(page).click()
    arrived(page, "location")
    look("location")
    page.locator("[name=location]").last.check()
    primary(page).click()
    arrived(page, "timeslot")
    look("no times")
    page.go_back()
    page.locator("[name=location]").first.check()
    primary(page).click()
    arrived(page, "timeslot")
    look("times as a strip")
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    look("times, none chosen")
    page.goto(page.url.partition("#")[0] + "?view=list")
    look("times as a list")
    page.locator("[name=timeslot]").last.check()
    primary(page).click()
    arrived(page, "check")
    look("check")
    primary(page).click()
    arrived(page, "sent")
    mail = live.letter(email)
    page.locator("[data-until]").wait_for(state="visible")
    look("not booked yet")
    page.locator("[name=code]").fill("000000")
    page.locator(".code-form button").click()
    page.locator("[data-error-summary]").wait_for()
    look("wrong code")
    sent = page.url.replace("/code", "/sent")

    other = windows.open(language)
    critic.page = other
    other.goto(mail.link)
    look("confirm")
    critic.page = page
    expire_links(live)
    page.goto(sent)
    look("link ran out, waiting page")
    other.goto(mail.link)
    critic.page = other
    look("link ran out")
    primary(other).click()
    arrived(other, "sent")
    other.locator("[data-until]").wait_for(state="visible")
    other.goto(live.letter(email).link)
    other.locator(".case").wait_for()
    look("booked")
    critic.page = page
    page.goto(sent)
    look("booked, waiting page")

    assert len(critic.seen) >= 24
    assert not critic.found, "\n".join(critic.found)


@pytest.mark.parametrize("language", ["nl"])
def test_a47_the_page_of_a_taken_time_too(live, windows, page, email):
    critic = Critic(page, dark=True)
    page.goto("/peeters/assessment/")
    answer(page, "you", email=email)
    answer(page, "car")
    arrived(page, "photos")
    primary(page).click()
    arrived(page, "timeslot")
    answer(page, "timeslot")
    arrived(page, "check")
    garage = document("peeters")
    garage["locations"][0]["assessment"]["hours"] = [{"days": "mon-tue", "open": ["20:00-21:00"]}]
    set_up(live.app, garage)
    primary(page).click()
    page.locator(".alternatives").wait_for()
    critic.look("taken")
    assert not critic.found, "\n".join(critic.found)
