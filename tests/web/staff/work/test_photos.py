"""The photo list of a garage is what its customers are asked for."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from portal.web import photo_guide

ADDRESS = "/staff/peeters/work/photos"


@pytest.fixture
def planner(at_desk):
    return at_desk(Role.PLANNER)


@pytest.fixture
def asked(app):
    """`asked("nl")`: what customers of Peeters are asked for, in that language."""

    def wishes(language="en"):
        with app.test_request_context():
            return [(wish.label, wish.title) for wish in photo_guide.asked(garages.find("peeters"), language)]

    return wishes


def test_customers_are_asked_for_what_is_ticked_in_its_order_and_words(planner, asked):
    assert len(asked()) == 6
    page = planner.open(ADDRESS)
    page = page.submit(
        "Save",
        ask_other=False,
        ask_odometer=False,
        place_plate="1",
        place_overview="2",
        title_plate_en="Your plate",
        required=True,
    )
    assert page.hops == [303]
    assert [label for label, _ in asked()] == ["plate", "overview", "damage_far", "damage_close"]
    assert asked()[0] == ("plate", "Your plate")
    assert asked("fr")[0][1] != "Your plate"
    assert page.value("required") is True and page.value("title_plate_en") == "Your plate"


def test_a_list_without_a_photo_is_refused(planner, asked):
    nothing = {f"ask_{label}": False for label, _ in asked()}
    page = planner.open(ADDRESS).submit("Save", **nothing)
    assert (page.status, page.errors) == (422, ["Ask for at least one photo."])
    assert len(asked()) == 6


def test_whoever_is_second_sees_what_differs(planner, at_desk):
    mine = planner.open(ADDRESS)
    at_desk(Role.OWNER).open(ADDRESS).submit("Save", required=True)
    page = mine.submit("Save", title_plate_en="Your plate")
    assert page.status == 409 and "Now saved: yes" in page.text
    assert page.value("title_plate_en") == "Your plate"
