"""The whole booking by keyboard alone."""

import re

from tests.browser.steps import arrived, booked, heading, walk
from tests.journeys.walk import CAR, YOU

MOST_TABS = 60
FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at), label = at.labels && at.labels[0];
    const marks = [style, label && getComputedStyle(label), getComputedStyle(at, "::after")].filter(Boolean);
    const box = at.getBoundingClientRect();
    return {
        name: at.name || "",
        words: (at.getAttribute("aria-label") || at.innerText || "").replace(/\\s+/g, " ").trim(),
        marked: marks.some((each) => each.outlineStyle !== "none" || each.boxShadow !== "none"),
        seen: box.bottom > 0 && box.top < innerHeight,
    };
}"""


def tab_to(page, *, name="", words=""):
    """Press Tab until the focus is on a field called `name`, or on something that says `words`."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["marked"], f"nobody can see that the focus is on {at}"
        assert at["seen"], f"the focus is out of sight on {at}"
        if (name and at["name"] == name) or (words and at["words"].startswith(words)):
            return
    raise AssertionError(f"no way to {name or words!r} by Tab")


def fill(page, answers):
    for name, value in answers.items():
        tab_to(page, name=name)
        if value is True:
            page.keyboard.press("Space")
        else:
            page.keyboard.type(value)


def test_a47_a_customer_books_by_keyboard_alone(live, windows, email):
    page = windows.open(viewport={"width": 1280, "height": 800})
    page.goto("/peeters/")
    tab_to(page, words="Book an assessment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assessment/")
    fill(page, YOU | {"email": email})
    page.keyboard.press("Enter")
    arrived(page, "car")
    fill(page, {name: value for name, value in CAR.items() if name != "damage"})
    tab_to(page, name="damage")
    page.keyboard.type(CAR["damage"])
    tab_to(page, words="Continue")
    page.keyboard.press("Enter")
    arrived(page, "photos")
    tab_to(page, words="Continue")
    page.keyboard.press("Enter")
    arrived(page, "timeslot")
    tab_to(page, words="Skip to the times")
    page.keyboard.press("Enter")
    tab_to(page, name="timeslot")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    arrived(page, "check")
    tab_to(page, words="Send the request")
    page.keyboard.press("Enter")
    heading(page, "Not booked yet")
    other = windows.open(viewport={"width": 1280, "height": 800})
    other.goto(live.letter(email).link)
    tab_to(other, words="Confirm the appointment")
    other.keyboard.press("Enter")
    heading(other, "Your appointment is booked")
    assert booked(live) == 1


def test_a47_the_code_is_typed_by_keyboard_alone(live, windows, email):
    page = windows.open(viewport={"width": 1280, "height": 800})
    walk(page, "sent", email=email)
    code = re.search(r"(?m)^\d{6}", live.letter(email).text)
    tab_to(page, name="code")
    page.keyboard.type(code[0])
    page.keyboard.press("Enter")
    heading(page, "Your appointment is booked")


def test_a47_the_first_tab_offers_to_skip_to_the_content(page):
    page.goto("/peeters/assessment/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
