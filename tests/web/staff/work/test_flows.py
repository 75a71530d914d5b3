"""Damage flows at the desk: adding, ordering, removing, and saying where they are used."""

import pytest

from portal.domain.cases import service as cases
from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk

NAMES = {"name_nl": "Ruitschade", "name_fr": "Bris de vitre", "name_de": "Glasschaden", "name_en": "Glass"}
CLASSIC = {"name_nl": "Klassiek", "name_fr": "Classique", "name_de": "Klassisch", "name_en": "Classic repair"}


@pytest.fixture
def planner(at_desk):
    return at_desk(Role.PLANNER)


@pytest.fixture
def flows(app, garage):
    """`flows()`: the damage flows of Peeters as they are."""

    def now():
        with app.app_context():
            return garages.find("peeters").profile.damage_flows

    return now


@pytest.fixture
def two(planner):
    """Peeters does classic repairs, by default, and glass."""
    for names, length, unit in ((CLASSIC, "3", "days"), (NAMES, "2", "hours")):
        planner.open("/staff/peeters/work/flows/new").submit("Save", length=length, unit=unit, **names)
    return planner.open("/staff/peeters/work/")


def test_the_first_damage_flow_is_the_default_and_gets_its_slug_from_its_name(planner, flows):
    page = planner.open("/staff/peeters/work/").click("New damage flow")
    page = page.submit("Save", length="2", unit="hours", **NAMES)
    assert page.hops == [303] and page.status == 200
    [glass] = flows()
    assert (glass.slug, glass.hours, glass.days, glass.default) == ("ruitschade", 2, None, True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name_fr": ""}, "Enter the name in this language: Français."),
        ({"length": "soon"}, "Enter a whole number from 1 to 24."),
        ({"length": "25"}, "Enter a whole number from 1 to 24."),
        ({"length": ""}, "Enter how long it takes."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(planner, flows, wrong, sentence):
    page = planner.open("/staff/peeters/work/flows/new")
    page = page.submit("Save", **{"length": "2", "unit": "hours", **NAMES, **wrong})
    assert (page.status, page.errors) == (422, [sentence])
    assert page.value("name_de") == "Glasschaden"
    assert flows() == []


def test_order_and_default_are_changed_with_a_press(two, flows):
    page = two.submit("Move up Glass").submit("Make default Glass")
    assert [(flow.slug, flow.default) for flow in flows()] == [("ruitschade", True), ("klassiek", False)]
    assert "Glass default" in page.text


def test_the_focus_stays_with_what_was_moved(two):
    page = two.submit("Move up Glass")
    assert page.soup.find("button", autofocus=True).get_text(" ", strip=True) == "Move down Glass"


def test_one_that_is_not_used_is_removed_but_never_the_default(two, flows, planner):
    page = press(planner, two, "klassiek/remove")
    assert page.status == 409 and "Make another one the default first." in page.errors[0]
    two.submit("Remove Glass")
    assert [flow.slug for flow in flows()] == ["klassiek"]


def test_one_that_a_case_uses_stays_and_says_so(app, two, flows, planner):
    with app.app_context():
        given = {"plate": "1-ABC-234", "damage_flow": "ruitschade", "location": "leuven"}
        given |= {"make": "Volvo", "model": "V60", "first_name": "Ann", "last_name": "Claes"}
        cases.create(garages.find("peeters"), given, desk.LONG_AGO)
    page = press(planner, two, "ruitschade/remove")
    assert page.status == 409
    assert page.errors == ["Glass stays: it is used by 1 case."]
    assert "used by 1 case" in page.text
    assert len(flows()) == 2


def test_whoever_is_second_sees_both_and_loses_nothing(two, flows, planner, at_desk):
    mine = two.click("Change Glass")
    theirs = at_desk(Role.OWNER, name="olga").open("/staff/peeters/work/flows/ruitschade")
    theirs.submit("Save", name_en="Windscreen", length="4")
    page = mine.submit("Save", name_en="Window")
    assert page.status == 409
    assert "Name, English Now saved: Windscreen" in page.text and "Now saved: 4" in page.text
    assert page.value("name_en") == "Window"
    assert page.submit("Save").hops == [303]
    assert flows()[1].name["en"] == "Window"


def test_what_others_removed_meanwhile_can_be_saved_anew(two, flows, planner):
    mine = two.click("Change Glass")
    planner.open("/staff/peeters/work/").submit("Remove Glass")
    page = mine.submit("Save", name_en="Window")
    assert page.status == 409 and "Now saved: removed" in page.text
    assert page.submit("Save").hops == [303]
    assert [flow.name["en"] for flow in flows()] == ["Classic repair", "Window"]


def test_an_old_list_is_not_reordered(two, flows, planner):
    planner.open("/staff/peeters/work/").submit("Make default Glass")
    page = two.submit("Move up Glass")
    assert page.status == 409 and "meanwhile" in page.errors[0]
    assert [flow.slug for flow in flows()] == ["klassiek", "ruitschade"]


def test_whoever_plans_for_one_location_looks_but_does_not_touch(app, group):
    planner = desk.at_desk(app, BASE_URL, "maes", Role.PLANNER, locations=["luik"])
    page = planner.open("/staff/maes/work/")
    assert page.status == 200 and "New damage flow" not in page.links()
    assert planner.open("/staff/maes/work/flows/new").status == 404


def test_a42_viewers_and_reception_find_no_such_room(at_desk):
    for role in (Role.VIEWER, Role.RECEPTION):
        assert at_desk(role).open("/staff/peeters/work/").status == 403


def press(member, page, what):
    """Send what no button on the page offers any more."""
    data = {"csrf_token": page.value("csrf_token"), "expected": page.value("expected")}
    return member.open(f"/staff/peeters/work/flows/{what}", method="POST", data=data, Referer=f"{BASE_URL}/")
