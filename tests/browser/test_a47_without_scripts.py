"""The whole booking with JavaScript switched off."""

import pytest

from tests.browser.steps import answer, arrived, booked, heading, primary, walk
from tests.files.pictures import talkative_jpeg


@pytest.fixture
def plain(windows):
    return windows.open(java_script_enabled=False)


def test_a47_a_customer_books_without_scripts(live, plain, email):
    walk(plain, "photos", email=email)
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": talkative_jpeg(6)}
    plain.set_input_files("#gallery-overview", [photo, photo | {"name": "IMG_2.jpg"}])
    plain.get_by_role("button", name="Add these photos").click()
    plain.locator(".shot[data-uid]").nth(1).wait_for()
    plain.get_by_role("button", name="Remove IMG_2.jpg").click()
    plain.locator(".shot[data-uid]").wait_for()
    primary(plain).click()
    arrived(plain, "timeslot")
    plain.locator(".strip a.day").nth(1).click()
    answer(plain, "timeslot")
    arrived(plain, "check")
    primary(plain).click()
    heading(plain, "Not booked yet")
    plain.goto(live.letter(email).link)
    heading(plain, "Confirm your appointment")
    primary(plain).click()
    heading(plain, "Your appointment is booked")
    assert booked(live) == 1


def test_a47_the_list_of_days_works_without_scripts(plain):
    walk(plain, "timeslot")
    plain.get_by_role("link", name="Show as a list").click()
    plain.locator(".day-list a").first.click()
    answer(plain, "timeslot")
    arrived(plain, "check")


def test_a47_the_waiting_page_looks_again_by_itself(live, plain, email):
    walk(plain, "sent", email=email)
    live.letter(email)
    plain.locator("[data-until]").wait_for(state="visible", timeout=15_000)


def test_a47_a_button_that_needs_scripts_is_not_shown(plain):
    walk(plain, "timeslot")
    assert not plain.locator("[data-strip-buttons]").is_visible()
