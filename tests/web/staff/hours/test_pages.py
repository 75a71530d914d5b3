"""Every page of the room opens, for who plans and for who only looks."""

import pytest

from portal.domain.team.rights import Role
from tests.conftest import BASE_URL

PAGES = ("", "assessment/", "repair/classic/", "repair/spot/", "days/", "outside/", "why/", "history/")


@pytest.mark.parametrize("role", [Role.PLANNER, Role.VIEWER])
def test_every_page_of_a_location_opens(at_claes, role):
    member = at_claes(role)
    for address in PAGES:
        for place in ("aalst", "tilburg"):
            page = member.open(f"/staff/repairs/hours/{place}/{address}")
            assert page.status == 200, address
            assert bool(page.soup.select("main form[method=post]")) == (
                role == Role.PLANNER and address in PAGES[1:5]
            ), address


def test_several_locations_are_chosen_from_one_is_not(at_claes, planner):
    assert at_claes(name="ann").open("/staff/repairs/hours/").heading == "Hours"
    assert planner.open("/staff/peeters/hours/").path == "/staff/peeters/hours/leuven/"


def test_a_location_beyond_the_reach_is_not_found(at_claes):
    member = at_claes(Role.PLANNER, locations=["aalst"])
    assert member.open("/staff/repairs/hours/aalst/").status == 200
    for address in PAGES:
        assert member.open(f"/staff/repairs/hours/tilburg/{address}").status == 404
    week = member.open("/staff/repairs/hours/aalst/assessment/")
    assert not [option for option in week.options("to") if "tilburg" in option]
    copied = member.open("/staff/repairs/hours/aalst/copy/?from=assessment&to=tilburg.assessment")
    assert copied.status == 404


def first_day(page):
    return page.soup.select_one(".weeks-shown").get_text()


def test_the_coming_weeks_go_on_and_back_again(planner):
    page = planner.open("/staff/peeters/hours/leuven/")
    assert "Earlier weeks" not in page.links()
    later = page.click("Later weeks")
    assert first_day(later) != first_day(page)
    assert first_day(later.click("Earlier weeks")) == first_day(page)


@pytest.mark.parametrize("week", ["never", "2020-01-01", "2999-01-01", "9999-12-31"])
def test_weeks_that_nobody_plans_are_those_from_now_on(planner, week):
    now = planner.open("/staff/peeters/hours/leuven/")
    assert first_day(planner.open(f"/staff/peeters/hours/leuven/?week={week}")) == first_day(now)


def test_the_last_weeks_lead_no_further(planner):
    page = planner.open("/staff/peeters/hours/leuven/")
    for _each in range(20):
        if "Later weeks" in page.links():
            page = page.click("Later weeks")
    assert "Later weeks" not in page.links() and "Earlier weeks" in page.links()


def test_who_only_looks_is_led_to_no_change(at_claes):
    page = at_claes(Role.VIEWER).open("/staff/repairs/hours/aalst/")
    assert page.soup.select(".outlook-day") and not page.soup.select("a.outlook-day")


def test_work_that_the_garage_does_not_do_is_not_found(at_claes):
    assert at_claes().open("/staff/repairs/hours/aalst/repair/paint/").status == 404


@pytest.mark.parametrize(
    "address",
    [
        "assessment/",
        "repair/classic/",
        "days/",
        "days/closures",
        "days/closures/remove",
        "days/exceptions",
        "days/exceptions/remove",
        "outside/",
    ],
)
def test_who_only_looks_changes_nothing(at_claes, address):
    viewer = at_claes(Role.VIEWER)
    data = {"csrf_token": viewer.token()}
    page = viewer.open(
        f"/staff/repairs/hours/aalst/{address}", method="POST", data=data, Referer=f"{BASE_URL}/"
    )
    assert page.status == 403
