"""The whole booking on a phone, photos and all."""

from urllib.parse import urlsplit

import pytest

from tests.browser.steps import answer, arrived, booked, heading, primary, walk
from tests.files.pictures import talkative_jpeg
from tests.journeys.walk import PORTAL


def test_a47_a_customer_books_on_a_phone_with_photos(live, page, email):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto("/peeters/")
    page.get_by_role("link", name="Book an assessment").click()
    answer(page, "you", email=email)
    answer(page, "car")
    arrived(page, "photos")
    page.locator("form.enhanced").wait_for()
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": talkative_jpeg(6)}
    page.set_input_files("#gallery-overview", [photo, photo | {"name": "IMG_2.jpg"}])
    page.locator(".shot[data-uid]").nth(1).wait_for()
    primary(page).click()
    arrived(page, "timeslot")
    answer(page, "timeslot")
    arrived(page, "check")
    assert page.locator(".thumbs img").count() == 2
    primary(page).click()
    heading(page, "Not booked yet")
    page.goto(live.letter(email).link)
    heading(page, "Your appointment is booked")
    assert booked(live) == 1
    assert hosts == {urlsplit(live.url).netloc}  # nothing comes from anywhere else


def test_a47_the_button_is_in_reach_of_the_thumb_on_every_step(page):
    for step in ("you", "car", "photos", "timeslot", "check"):
        walk(page, step)
        page.evaluate("scrollTo(0, 0)")
        box, height = primary(page).bounding_box(), page.viewport_size["height"]
        assert box and box["y"] > 0 and box["y"] + box["height"] <= height, step
        assert box["height"] >= 44


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a47_what_a_day_says_keeps_off_its_border(page, language):
    walk(page, "timeslot")
    page.goto(f"{page.url}?lang={language}")
    for day in page.locator("a.day").all():
        room = """(day) => {
            const words = document.createRange();
            words.selectNodeContents(day.querySelector("small"));
            return words.getBoundingClientRect().left - day.getBoundingClientRect().left;
        }"""
        assert day.evaluate(room) >= 4


def test_a47_a_mistake_takes_the_focus_and_leads_to_its_field(page):
    walk(page, "you")
    answer(page, "you", email="nobody")
    page.locator("[data-error-summary]").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.locator("[data-error-summary] a").click()
    assert page.evaluate("document.activeElement.name") == "email"
    assert page.locator("[name=first_name]").input_value() == "Ann"


def test_a47_being_offline_loses_nothing(page):
    walk(page, "car")
    page.context.set_offline(True)
    answer(page, "car")
    page.locator("[data-offline]").wait_for(state="visible")
    assert page.locator("[name=plate]").input_value() == "1-abc-234"
    page.context.set_offline(False)
    primary(page).click()
    arrived(page, "photos")


def test_a47_the_browsers_back_finds_what_was_typed(page):
    walk(page, "photos")
    draft = page.url
    page.go_back()
    assert page.locator("[name=plate]").input_value() == "1-ABC-234"
    page.go_back()
    assert urlsplit(page.url).path == PORTAL
    assert page.locator("[name=first_name]").input_value() == "Ann"
    assert page.locator("[name=consent]").is_checked()
    page.locator("[name=first_name]").fill("Anneke")
    primary(page).click()
    arrived(page, "photos")
    assert page.url == draft
    page.goto(draft.replace("photos", "you"))
    assert page.locator("[name=first_name]").input_value() == "Anneke"
    page.goto(draft.replace("photos", "car"))
    assert page.locator("[name=plate]").input_value() == "1-ABC-234"


def test_a47_pressing_twice_sends_once(live, page, email):
    walk(page, "check", email=email)
    page.evaluate("() => { const b = document.querySelector('.bar button'); b.click(); b.click(); }")
    heading(page, "Not booked yet")
    live.letter(email)
    page.wait_for_timeout(300)
    assert len(live.letters(email)) == 1
