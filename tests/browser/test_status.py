"""The open status page follows its case by itself, quietly, and rests when nobody looks."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.critic import Critic
from tests.browser.steps import heading
from tests.journeys.workshop import document, set_up
from tests.support import cases

STATE = re.compile(r"/status/[^/]+/state$")
A_WHILE = 12_000  # ms, longer than the first pause
LATER = """() => { // the next look is due now, whatever the page planned
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def known(live):
    return cases.opened(live.app, set_up(live.app, document("repairs")), datetime.now(UTC), location="aalst")


@pytest.fixture
def asked(page):
    """The statuses of what the page asked."""
    statuses = []
    page.on("response", lambda answer: STATE.search(answer.url) and statuses.append(answer.status))
    return statuses


def today():
    return datetime.now(UTC).date()


def follow(page, known):
    """Open the status page of `known`; its clock can be put forward."""
    page.clock.install()
    page.goto(known.status)


def come_in(known):
    known.change(datetime.now(UTC), vehicle_in=(today() - timedelta(days=1)).isoformat())


def test_the_open_page_follows_the_case_by_itself(known, page):
    follow(page, known)
    heading(page, "No appointment for the repair yet")
    expect(page.locator("[data-follows]")).to_be_visible()
    come_in(known)
    page.clock.fast_forward(A_WHILE)
    heading(page, "Your car is with us")
    expect(page.locator(".stage-done")).to_have_count(2)
    expect(page.locator("[data-news]")).to_have_text("Your car is with us. Next we start the work.")
    expect(page.get_by_role("link", name="Book the repair")).to_have_count(0)
    expect(page).to_have_title(re.compile("Your car is with us"))


def test_what_did_not_change_is_not_touched_and_is_not_sent(known, page, asked):
    page.goto(known.status)
    page.evaluate("document.querySelector('.stages').dataset.mark = 'mine'")
    page.get_by_role("link", name="Look again").click()
    page.wait_for_timeout(500)
    assert asked == [304]
    expect(page.locator(".stages[data-mark=mine]")).to_have_count(1)
    expect(page.locator("[data-news]")).to_be_empty()


def test_the_focus_stays_where_it_is(known, page):
    page.goto(known.status)
    again = page.get_by_role("link", name="Look again")
    again.focus()
    come_in(known)
    page.keyboard.press("Enter")
    heading(page, "Your car is with us")
    expect(again).to_be_focused()


def test_the_focus_on_what_goes_moves_to_what_came(known, page):
    page.goto(known.status)
    page.get_by_role("link", name="Book the repair").focus()
    come_in(known)
    page.evaluate(LATER)
    heading(page, "Your car is with us")
    expect(page.locator("h1")).to_be_focused()


def test_a_page_nobody_looks_at_asks_nothing_and_looks_as_soon_as_somebody_does(known, page, asked):
    follow(page, known)
    page.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})")
    page.evaluate(LATER)
    come_in(known)
    page.clock.fast_forward(A_WHILE)
    page.wait_for_timeout(1000)  # an answer would be here
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => false})")
    page.evaluate(LATER)
    heading(page, "Your car is with us")


def test_without_a_connection_it_says_so_and_goes_on_trying(known, page):
    page.goto(known.status)
    page.context.set_offline(True)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("[data-lost]")).to_be_visible()
    come_in(known)
    page.context.set_offline(False)
    heading(page, "Your car is with us")
    expect(page.locator("[data-lost]")).to_be_hidden()


def test_a_garage_that_hides_its_repairs_ends_the_following(live, known, page):
    page.goto(known.status)
    set_up(live.app, document("repairs") | {"flows": ["assessment", "repair"]})
    page.get_by_role("link", name="Look again").click()
    heading(page, "Please call or mail us")


def test_without_scripts_a_link_looks_again(known, windows):
    page = windows.open(java_script_enabled=False)
    page.goto(known.status)
    expect(page.locator("[data-follows]")).to_be_hidden()
    come_in(known)
    page.get_by_role("link", name="Look again").click()
    heading(page, "Your car is with us")


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a47_its_pages_are_good_to_look_at_and_to_listen_to(live, known, page, language):
    critic = Critic(page, thorough=language == "de")
    look = critic.look
    page.goto("/repairs/status/")
    look("look-up")
    page.locator(".bar .button").click()
    page.locator("[data-error-summary]").wait_for()
    look("look-up, empty")
    page.locator("[name=plate]").fill("1-ABC-235")
    page.locator("[name=number]").fill("26-1")
    page.locator(".bar .button").click()
    page.locator("[data-error-summary]").wait_for()
    look("look-up, wrong")
    address = f"{known.status}?lang={language}"
    page.goto(address)
    look("no appointment")
    known.booked(today() + timedelta(days=7))
    page.goto(address)
    look("appointment")
    days = [("vehicle_in", 4), ("ready", 3), ("finished", 2), ("collected", 1)]
    for name, ago in days:
        known.change(datetime.now(UTC), **{name: (today() - timedelta(days=ago)).isoformat()})
        page.goto(address)
        look(name)
    page.goto(f"/repairs/status/nothing?lang={language}")
    look("unknown link")
    set_up(live.app, document("repairs") | {"flows": ["assessment"]})
    page.goto(address)
    look("not offered")
    assert len(critic.seen) == 11
    assert not critic.found, "\n".join(critic.found)
