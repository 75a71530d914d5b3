"""Cases as a member works with them: found while typing, walked through by keyboard, opened by hand, taken along."""

import re

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.browser.critic import Critic
from tests.support import cases

LIST = "/staff/peeters/cases/"


@pytest.fixture
def enter(live):
    """`enter(number, plate=…)`: a case of Peeters."""

    def open_case(number, **given):
        with live.app.app_context():
            garage = garages.find("peeters")
        cases.enter(live.app, garage, clock.now(), number=number, **given)

    return open_case


def rows(page):
    return page.locator(".case-table tbody tr")


def test_a_case_is_found_while_typing_and_filtered_and_opened_by_keyboard(sit_down, enter):
    enter("GA-1", plate="1-ABC-234", last_name="Janssens")
    enter("GA-2", plate="2-XYZ-999", last_name="Jansen", vehicle_in="2026-01-05")
    enter("GA-3", plate="2-XYZ-111", last_name="Müller")
    page = sit_down()
    page.goto("/staff/peeters/")
    page.keyboard.press("/")
    page.keyboard.type("2xyz")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{LIST}.q=2xyz"))
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.type("jan")
    expect(page).to_have_url(re.compile("q=jan"))
    expect(rows(page)).to_have_count(2)
    expect(page.locator("[data-told]")).to_have_text("2 cases")
    page.get_by_label("Where the car is").select_option("In the workshop")
    expect(rows(page)).to_have_count(1)
    page.reload()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("link", name="remove this filter").click()
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(page.locator(".case-link").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".case-link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{LIST}GA-2/"))


def test_the_last_letter_decides_whatever_answers_last(sit_down, enter):
    enter("GA-1", plate="1-ABC-234", last_name="Janssens")
    enter("GA-2", plate="2-XYZ-999", last_name="Müller")
    page = sit_down()
    page.goto(LIST)

    def late(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route(re.compile("q=m&part"), late)
    field = page.get_by_label("Search cases")
    field.fill("m")
    page.wait_for_timeout(200)
    field.fill("ja")
    expect(rows(page)).to_have_count(1)
    page.wait_for_timeout(900)
    expect(page.locator(".case-table")).to_contain_text("Janssens")


def test_a_case_by_hand_for_a_plate_nobody_knows_then_all_as_a_file(sit_down, enter):
    enter("GA-1")
    page = sit_down(role=Role.RECEPTION)
    page.goto(LIST)
    page.get_by_label("Search cases").fill("9-NEW-123")
    page.get_by_role("link", name="New case for 9-NEW-123").click()
    page.get_by_label("Mail address").fill("jan")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_label("Mail address").fill("jan@example.com")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("status").first).to_contain_text("is open")
    expect(page.get_by_role("heading", level=1)).to_contain_text("9-NEW-123")
    page.goto(LIST)
    expect(rows(page)).to_have_count(2)
    with page.expect_download() as coming:
        page.get_by_role("button", name="CSV").click()
    assert coming.value.path().read_text("utf-8-sig").count("\n") == 3


def test_a47_the_cases_are_good_to_look_at(sit_down, enter):
    page = sit_down()
    critic = Critic(page, thorough=True)
    page.goto(LIST)
    critic.look("cases, none")
    enter("GA-1", plate="1-ABC-234", planned_end="2026-12-03", vehicle_in="2026-01-05")
    enter("GA-2", ready="2026-01-05")
    enter("GA-3", finished="2026-01-05", make="A car with a name as long as a name of a car can be")
    for name, address in (
        ("cases", LIST),
        ("cases, filtered", f"{LIST}?q=ann&stage=vehicle_in&sort=name"),
        ("cases, not found", f"{LIST}?q=2-XYZ-999"),
        ("new case", "/staff/peeters/new-case/"),
    ):
        page.goto(address)
        critic.look(name)
    page.locator("details summary", has_text="Add days").click()
    page.get_by_role("button", name="Open the case").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("new case, mistakes")
    page.get_by_label("Licence plate").fill("1-ABC-234")
    page.get_by_role("button", name="Open the case").click()
    page.locator(".note-warn").wait_for()
    critic.look("new case, known car")
    assert not critic.found
