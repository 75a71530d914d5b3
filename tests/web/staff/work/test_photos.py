"""The photo list of a garage, or of one of its locations, is what customers are asked for there."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.garage.profile import PHOTO_LABELS
from portal.domain.team.rights import Role
from portal.web import photo_guide
from tests.conftest import BASE_URL
from tests.support import desk

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


GROUP = "/staff/maes/work/photos"
LUIK = f"{GROUP}/luik"
PLACES = [f"place_{label}" for label in PHOTO_LABELS]


class TestOfOneLocation:
    @pytest.fixture
    def planner(self, at_group_desk):
        return at_group_desk(Role.PLANNER)

    @pytest.fixture
    def own(self, planner):
        """The page of the location in Liège, which insists on a photo of the plate and asks for nothing else."""
        others = ("overview", "damage_far", "damage_close", "odometer", "other")
        nothing = {f"ask_{label}": False for label in others}
        return planner.open(LUIK).submit(
            "Save", as_garage=False, required=True, title_plate_en="Your plate", **nothing
        )

    @pytest.fixture
    def asks(self, app):
        """`asks("luik")`: what customers of that location are asked for, and whether they must send one."""

        def asks(slug):
            with app.test_request_context():
                place = garages.find("maes").by_slug(slug)
                return [
                    (wish.label, wish.title) for wish in photo_guide.asked(place, "en")
                ], place.photos_required

        return asks

    def test_it_begins_as_all_locations(self, planner, asks):
        planner.open(GROUP).submit("Save", required=True, ask_other=False, title_plate_en="Any plate")
        page = planner.open(GROUP).click("Maes Liège")
        assert page.path == LUIK and page.value("as_garage") is True
        assert "books an assessment at Maes Liège" in page.text
        assert "asked for: The whole car, " in page.text and "Any plate, " in page.text
        assert "At least one photo is required." in page.text
        assert (page.value("required"), page.value("ask_other")) == (True, False)
        assert page.value("title_plate_en") == "Any plate"
        assert page.submit("Save").hops == [303]
        planner.open(GROUP).submit("Save", required=False)
        assert asks("luik") == asks("antwerpen") and asks("luik")[1] is False

    def test_its_own_list_holds_for_it_only(self, own, asks):
        assert own.hops == [303] and own.path == LUIK and own.value("as_garage") is False
        assert asks("luik") == ([("plate", "Your plate")], True)
        assert len(asks("antwerpen")[0]) == 6 and asks("antwerpen")[1] is False

    def test_the_list_of_all_says_where_it_does_not_hold(self, planner, own):
        assert "With a list of their own: Maes Liège. " in planner.open(GROUP).text
        own.submit("Save", as_garage=True)
        assert "of their own" not in planner.open(GROUP).text

    def test_it_can_be_as_all_locations_again(self, own, asks):
        page = own.submit("Save", as_garage=True)
        assert page.hops == [303] and page.value("as_garage") is True
        assert asks("luik") == asks("antwerpen")

    def test_a_list_of_its_own_has_a_photo_too(self, own, asks):
        page = own.submit("Save", ask_plate=False)
        assert (page.status, page.errors) == (422, ["Ask for at least one photo."])
        assert asks("luik")[0] == [("plate", "Your plate")]

    def test_a_list_that_is_not_used_is_not_judged(self, own, asks):
        assert own.submit("Save", as_garage=True, ask_plate=False, title_plate_en="x" * 81).hops == [303]
        assert len(asks("luik")[0]) == 6

    def test_the_garage_itself_is_as_nobody(self, planner, asks):
        page = planner.open(GROUP)
        assert not page.soup.select("[name=as_garage]")
        data = {name: page.value(name) for name in ("csrf_token", "expected", *PLACES)}
        data |= {"as_garage": "y", "ask_plate": "y", "required": "y"}
        assert planner.open(GROUP, method="POST", data=data, Referer=page.url).hops == [303]
        assert [label for label, _ in asks("antwerpen")[0]] == ["plate"] and asks("antwerpen")[1] is True

    def test_whoever_is_second_sees_what_differs(self, planner, at_group_desk):
        mine = planner.open(LUIK)
        at_group_desk(Role.OWNER).open(LUIK).submit("Save", as_garage=False, required=True)
        page = mine.submit("Save", as_garage=False)
        assert page.status == 409 and "At least one photo is required Now saved: yes" in page.text
        assert page.submit("Save").hops == [303]

    def test_what_another_location_saved_is_no_reason_to_ask(self, planner, own):
        page = planner.open(f"{GROUP}/antwerpen").submit("Save", as_garage=False, required=True)
        assert page.hops == [303]

    def test_a_planner_of_one_location_is_led_to_it_and_finds_no_other(self, app, group, asks):
        planner = desk.at_desk(app, BASE_URL, "maes", Role.PLANNER, locations=["luik"])
        page = planner.open("/staff/maes/work/").click("Photos")
        assert page.path == LUIK and "All locations" not in page.links()
        assert page.submit("Save", as_garage=False, required=True).hops == [303]
        assert asks("luik")[1] is True and asks("antwerpen")[1] is False
        assert planner.open(f"{GROUP}/antwerpen").status == 404
        posted = planner.open(GROUP, method="POST", data={"csrf_token": planner.token()}, Referer=page.url)
        assert posted.path == LUIK

    def test_the_log_tells_it_in_words(self, own, at_group_desk):
        own.submit("Save", as_garage=True)
        last, first = (
            " ".join(row.get_text(" ").split())
            for row in at_group_desk(Role.OWNER).open("/staff/maes/log/").soup.select("tbody tr")
        )
        assert "Photos Maes Liège changed" in first
        assert (
            "Photos as for all locations → became Photo: Licence plate; What to show: English: Your plate"
            in first
        )
        assert "At least one photo is required as for all locations → became yes" in first
        assert "At least one photo is required yes → became as for all locations" in last
