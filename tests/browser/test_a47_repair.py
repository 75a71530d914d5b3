"""A whole repair in a browser: booked by plate and number or by a link, moved, cancelled; on a phone, by keyboard, plain."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from portal.core import dates
from portal.db import transaction
from portal.domain.mailing.models import Message, State
from tests.browser import claes
from tests.browser.steps import answer, arrived, booked, heading, primary, told
from tests.browser.test_a47_keyboard import tab_to

BOOKED = "Your appointment is booked"


@pytest.fixture
def known(live, email):
    return claes.knows(live, claes.opens(live), email)


def test_a47_a_customer_books_a_repair_on_a_phone_by_plate_and_number(live, known, page, email):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto("/repairs/")
    page.get_by_role("link", name="Book a repair").click()
    claes.look_up(page)
    heading(page, "Book the repair")
    claes.ask(page)
    heading(page, "Not booked yet")
    assert booked(live) == 0
    assert email not in page.content()  # who knows plate and number need not be the customer
    assert not page.locator("[data-mend]").count()
    page.goto(live.letter(email).link)
    heading(page, BOOKED)
    assert booked(live) == 1
    page.goto(claes.ENTRANCE)
    claes.look_up(page)
    heading(page, "Your repair is booked")
    assert hosts == {urlsplit(live.url).netloc}


def test_a47_the_deep_link_asks_nothing_and_the_code_does_what_the_mail_does(live, known, page, email):
    page.goto(known.repair)
    heading(page, "Book the repair")
    claes.ask(page)
    page.locator("[name=code]").fill(live.letter(email).code)
    page.locator(".code-form button").click()
    heading(page, BOOKED)
    assert booked(live) == 1


def test_a47_a_customer_moves_the_appointment_and_cancels_it(live, known, page):
    first = known.booked(claes.next_week())
    page.goto(first)
    page.get_by_role("link", name="Choose another time").click()
    expect(page.get_by_text("Your appointment until now")).to_be_visible()
    expect(page.get_by_text("Your appointment until now")).to_contain_text(
        dates.long_day(claes.next_week(), "en")
    )
    page.locator(".strip a.day").first.click()
    answer(page, "timeslot")
    page.wait_for_url("**/move?*")
    new = page.locator(".ticket-day").inner_text()
    expect(page.locator("s")).to_contain_text(dates.long_day(claes.next_week(), "en"))
    primary(page).click()
    heading(page, "Your appointment")
    expect(page.locator(".ticket-day")).to_have_text(new)
    assert booked(live) == 1
    page.get_by_role("link", name="Cancel the appointment").click()
    primary(page).click()
    page.locator("[data-error-summary]").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert booked(live) == 1
    page.locator("[data-error-summary] a").click()
    assert page.evaluate("document.activeElement.name") == "sure"
    page.keyboard.press("Space")
    primary(page).click()
    heading(page, "Your appointment is cancelled")
    assert booked(live) == 0


def test_a47_a_mistake_in_the_look_up_takes_the_focus_and_keeps_what_was_typed(known, page):
    page.goto(claes.ENTRANCE)
    claes.look_up(page, number="2026-43")
    page.locator("[data-error-summary]").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert page.locator("[name=number]").input_value() == "2026-43"
    page.locator("[data-error-summary] a").click()
    assert page.evaluate("document.activeElement.name") == "plate"


def test_a47_the_button_is_in_reach_of_the_thumb_on_every_page(known, page):
    page.goto(known.repair)
    in_reach(page)
    personal = known.booked(claes.next_week())
    for address in (claes.ENTRANCE, f"{personal}/change", f"{personal}/cancel"):
        page.goto(address)
        in_reach(page)
    page.goto(f"{personal}/change")
    answer(page, "timeslot")
    page.wait_for_url("**/move?*")
    in_reach(page)


def in_reach(page):
    page.evaluate("scrollTo(0, 0)")
    box, height = primary(page).bounding_box(), page.viewport_size["height"]
    assert box and box["y"] > 0 and box["y"] + box["height"] <= height, page.url
    assert box["height"] >= 44


def test_the_waiting_page_notices_that_the_mail_was_pressed_on_another_device(
    live, known, page, windows, email
):
    page.goto(known.repair)
    claes.ask(page)
    other = windows.open("nl")
    other.goto(live.letter(email).link)
    primary(other).click()
    other.locator(".case").wait_for()
    heading(page, "Your repair is booked")
    assert booked(live) == 1


def test_the_waiting_page_says_that_the_mail_did_not_arrive(live, known, page, email):
    page.goto(known.repair)
    claes.ask(page)
    live.letter(email)
    told(page, "[data-until]")
    with live.app.app_context(), transaction() as session:
        session.execute(update(Message).values(state=State.FAILED))
    expect(page.locator("[data-news]")).to_have_text("The mail did not arrive.", timeout=15_000)
    expect(page.get_by_text("Please call us, we mend the address")).to_be_visible()


def test_a47_a_customer_books_a_repair_by_keyboard_alone(live, known, windows, email):
    page = windows.open(viewport={"width": 1280, "height": 800})
    page.goto("/repairs/")
    tab_to(page, words="Book a repair")
    page.keyboard.press("Enter")
    page.wait_for_url("**/repair/")
    tab_to(page, name="plate")
    page.keyboard.type("1abc234")
    tab_to(page, name="number")
    page.keyboard.type(claes.NUMBER)
    page.keyboard.press("Enter")
    heading(page, "Book the repair")
    tab_to(page, words="Choose a time")
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
    heading(other, BOOKED)
    tab_to(other, words="Cancel the appointment")
    other.keyboard.press("Enter")
    other.wait_for_url("**/cancel")
    tab_to(other, name="sure")
    other.keyboard.press("Space")
    other.keyboard.press("Enter")
    heading(other, "Your appointment is cancelled")
    assert booked(live) == 0


def test_a47_a_customer_books_moves_and_cancels_a_repair_without_scripts(live, known, windows, email):
    page = windows.open(java_script_enabled=False)
    page.goto(claes.ENTRANCE)
    claes.look_up(page)
    claes.ask(page)
    page.goto(live.letter(email).link)
    heading(page, "Confirm your appointment")
    primary(page).click()
    heading(page, BOOKED)
    assert booked(live) == 1
    page.get_by_role("link", name="Choose another time").click()
    page.locator(".strip a.day").nth(2).click()
    answer(page, "timeslot")
    page.wait_for_url("**/move?*")
    primary(page).click()
    heading(page, "Your appointment")
    page.get_by_role("link", name="Cancel the appointment").click()
    page.locator("[name=sure]").check()
    primary(page).click()
    heading(page, "Your appointment is cancelled")
    assert booked(live) == 0


def test_a47_a_car_that_came_in_meanwhile_leads_to_its_page(live, known, page):
    page.goto(known.repair)
    known.change(datetime.now(UTC), vehicle_in=str(datetime.now(UTC).date()))
    primary(page).click()
    heading(page, "Your car is with us")
