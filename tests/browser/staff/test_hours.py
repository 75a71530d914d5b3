"""Planning a week with the hand, with keys and with eyes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.domain.booking import service
from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.browser.critic import PHONE, ZOOMED, Critic
from tests.support import bookings

HOURS = "/staff/peeters/hours/leuven/"
HOUR = 48  # px, as the picture draws it


@pytest.fixture
def monday(live):
    """The Monday after the coming one, and a customer who comes at nine."""
    now = clock.now()
    day = now.date() + timedelta(days=14 - now.weekday())
    with live.app.app_context():
        uid = bookings.request(garages.find("peeters"), now, day=day, email="nine@example.com")
        service.confirm(uid, 1, now)
    return day


def block(page, day, number=0):
    return page.get_by_role("button", name=f"{day} ").nth(number)


def value(page, field):
    return page.locator(f"#rows-{field}").input_value()


def tops(some):
    """At how many heights these begin."""
    return len({each.bounding_box()["y"] for each in some.all()})


def drag(page, block, down, *, from_bottom=None):
    box = block.bounding_box()
    y = box["y"] + (box["height"] - from_bottom if from_bottom else 20)
    page.mouse.move(box["x"] + 20, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, y + down, steps=6)
    page.mouse.up()


def with_an_own_friday(sit_down):
    """The week of a planner who lets the afternoon of Friday alone end sooner; it is not saved yet."""
    page = sit_down(role=Role.PLANNER)
    page.goto(f"{HOURS}assessment/")
    block(page, "Friday", 1).click()
    page.get_by_role("button", name="Only this day").click()
    block(page, "Friday", 1).press("Shift+ArrowUp")
    return page


def test_a_planner_drags_a_week_decides_and_saves(live, sit_down, monday):
    page = sit_down(role=Role.PLANNER)
    page.goto(f"{HOURS}assessment/")
    drag(page, block(page, "Tuesday"), HOUR)
    assert (value(page, "0-start"), value(page, "0-end")) == ("10:00", "13:00")
    page.get_by_role("button", name="Undo").click()
    assert value(page, "0-start") == "09:00"
    drag(page, block(page, "Monday"), -HOUR, from_bottom=3)
    assert (value(page, "0-start"), value(page, "0-end")) == ("09:00", "11:00")
    block(page, "Wednesday").press("Delete")
    assert not page.locator("#rows-0-wed").is_checked()
    block(page, "Thursday").press("ArrowDown")
    assert value(page, "0-start") == "09:15"
    block(page, "Friday").press("Shift+ArrowDown")
    assert value(page, "0-end") == "11:30"
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Before you save").wait_for()
    page.get_by_label("Ask to choose another time").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    with live.app.app_context():
        hours = garages.find("peeters").locations[0].profile.assessment.hours
        assert [(each.days, each.open) for each in hours] == [
            ([0, 1, 3, 4], [(555, 690)]),
            ([0, 1, 2, 3, 4], [(780, 1020)]),
        ]
    page.goto(f"{HOURS}outside/")
    assert page.get_by_text("not moved yet").is_visible()


def test_back_from_what_it_would_mean_finds_the_change_again_unless_it_was_saved(sit_down):
    page = with_an_own_friday(sit_down)
    page.locator("#horizon_days").fill("50")
    for name in ("See what it would mean", "Save"):
        page.get_by_role("button", name=name).click()
        page.get_by_role("heading", name="Before you save").or_(page.get_by_text("Saved.")).wait_for()
        page.go_back()
        page.locator(".board-block").first.wait_for()
        assert (value(page, "1-end"), value(page, "2-end")) == ("17:00", "16:45")
        assert page.locator("#horizon_days").input_value() == "50"
    page.locator("#horizon_days").fill("40")
    page.goto(f"{HOURS}assessment/")
    assert page.locator("#horizon_days").input_value() == "50"


def test_one_day_goes_its_own_way_and_new_hours_are_drawn(sit_down):
    page = with_an_own_friday(sit_down)
    assert (value(page, "1-end"), value(page, "2-end")) == ("17:00", "16:45")
    block(page, "Friday", 1).press("ArrowRight")
    assert page.locator("#rows-2-sat").is_checked() and not page.locator("#rows-2-fri").is_checked()
    board = page.locator("[data-board]").bounding_box()
    x = board["x"] + board["width"] * 6.5 / 7
    page.mouse.move(x, board["y"] + 32 + 2 * HOUR)
    page.mouse.down()
    page.mouse.move(x, board["y"] + 32 + 4 * HOUR, steps=6)
    page.mouse.up()
    assert (value(page, "3-start"), value(page, "3-end")) == ("10:00", "12:00")
    assert page.locator("#rows-3-sun").is_checked()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert value(page, "3-start") == "10:00"


def test_what_is_taken_back_leaves_the_hand_on_its_block(sit_down):
    page = sit_down(role=Role.PLANNER)
    page.goto(f"{HOURS}assessment/")
    block(page, "Tuesday").press("ArrowDown")
    page.keyboard.press("Control+z")
    assert value(page, "0-start") == "09:00"
    page.keyboard.press("ArrowUp")
    assert value(page, "0-start") == "08:45"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+z")
    page.keyboard.press("ArrowDown")
    assert value(page, "0-start") == "09:00" and page.locator("#rows-0-tue").is_checked()
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    assert page.locator(".board-block.chosen").get_attribute("aria-label").startswith("Tuesday 09:00")


def test_what_is_typed_is_taken_back_by_itself(sit_down):
    page = sit_down(role=Role.PLANNER)
    page.goto(f"{HOURS}assessment/")
    block(page, "Tuesday").press("ArrowDown")
    page.locator("#rows-1-places").press_sequentially("75")
    places = value(page, "1-places")
    page.locator("#rows-1-end").fill("16:30")
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    assert (value(page, "1-end"), value(page, "1-places")) == ("17:00", places)
    undo.click()
    assert "75" not in value(page, "1-places") and value(page, "0-start") == "09:15"
    undo.click()
    assert value(page, "0-start") == "09:00" and undo.is_disabled()


def on(page, day):
    """The cell of a day in the weeks of the first work."""
    return page.locator(".outlook").first.locator(f"td:has([data-day='{day}'])")


def closure(page):
    page.wait_for_url("**/days/?*")
    return page.locator("#first").input_value(), page.locator("#last").input_value()


@pytest.mark.parametrize("way", ["hand", "backwards", "keys"])
def test_several_days_of_the_coming_weeks_are_closed_at_once(live, sit_down, monday, way):
    page = sit_down(role=Role.PLANNER)
    page.goto(HOURS)
    tuesday, next_wednesday = (monday + timedelta(days=days) for days in (1, 9))
    if way == "keys":
        on(page, tuesday).locator("a").focus()
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Shift+ArrowRight")
        assert page.locator(".outlook .chosen").count() == 9
        page.keyboard.press("Enter")
    else:
        ends = on(page, tuesday), on(page, next_wednesday)
        first, last = ends if way == "hand" else reversed(ends)
        first.hover()
        page.mouse.down()
        last.hover()
        page.mouse.up()
    found = tuesday.isoformat(), next_wednesday.isoformat()
    assert closure(page) == found
    page.get_by_role("button", name="Close these days").click()
    page.get_by_text("Saved.").wait_for()
    with live.app.app_context():
        (kept,) = garages.find("peeters").locations[0].profile.closures
        assert (kept.first.isoformat(), kept.last.isoformat()) == found


def test_one_day_is_a_link_and_arrows_lead_from_day_to_day(sit_down, monday):
    page = sit_down(role=Role.PLANNER)
    page.goto(HOURS)
    on(page, monday).locator("a").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    assert page.locator(".outlook .chosen").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/days/?*")
    assert page.locator("#exception-day").input_value() == (monday + timedelta(days=8)).isoformat()
    page.go_back()
    on(page, monday + timedelta(days=2)).click()
    page.wait_for_url(f"**/days/?work=assessment&day={monday + timedelta(days=2)}*")
    assert page.locator("#exception-start").input_value() == "09:00"


@pytest.mark.parametrize("width", [PHONE[0], ZOOMED[0]])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_phone_the_tabs_are_one_line_and_the_days_of_a_row_another(sit_down, width, language):
    page = sit_down(language=language)
    page.set_viewport_size({"width": width, "height": PHONE[1]})
    page.goto(f"{HOURS}history/")
    tabs = page.locator(".tabs a")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
    assert tops(tabs) == 1
    tabs.first.focus()
    expect(tabs.first).to_be_in_viewport(ratio=1)
    for _each in range(tabs.count() - 1):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_in_viewport(ratio=0.95)
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "page"
    page.goto(f"{HOURS}assessment/")
    assert tops(page.locator(".row-days").first.locator("label")) == 1
    assert not page.evaluate("document.scrollingElement.scrollWidth > innerWidth")


def test_on_a_phone_the_picture_follows_the_rows_and_is_out_of_the_way(sit_down):
    page = sit_down(role=Role.PLANNER)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{HOURS}assessment/")
    drawn = page.locator(".board-block")
    before = drawn.first.bounding_box()["height"]
    page.locator("#rows-0-end").fill("11:00")
    expect(drawn.first).to_be_visible()
    assert drawn.first.bounding_box()["height"] == before - HOUR
    drawn.first.focus()
    assert page.evaluate("document.activeElement.className") != "board-block"


def test_a47_the_hours_are_good_to_look_at(sit_down, monday):
    page = sit_down(role=Role.PLANNER)
    critic = Critic(page, thorough=True)
    for name, address in (
        ("coming weeks", ""),
        ("week", "assessment/"),
        ("days off", "days/"),
        ("why", f"why/?work=assessment&day={monday}&time=09:00"),
    ):
        page.goto(f"{HOURS}{address}")
        critic.look(name)
    page.goto(f"{HOURS}assessment/")
    page.locator("#rows-0-start").fill("never")
    page.get_by_role("button", name="Save").click()
    page.locator("[data-error-summary]").wait_for()
    critic.look("week, mistakes")
    page.locator("#rows-0-start").fill("11:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Before you save").wait_for()
    critic.look("before saving")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    for name, address in (("outside", "outside/"), ("history", "history/")):
        page.goto(f"{HOURS}{address}")
        critic.look(name)
    assert not critic.found, "\n".join(critic.found)
