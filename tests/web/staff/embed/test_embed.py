"""Links, codes, sites, and what customers see."""

import pytest
from bs4 import BeautifulSoup

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.support import desk

ADDRESS = "/staff/maes/embed/"


@pytest.fixture
def owner(at_group_desk):
    return at_group_desk(Role.OWNER)


@pytest.fixture
def maes(app, group):
    """`maes()`: the group as it is."""

    def now():
        with app.app_context():
            return garages.find("maes")

    return now


def snippet(page, name):
    """What can be copied, read as a browser would."""
    return BeautifulSoup(page.soup.select_one(f"textarea#{name}").get_text(), "html.parser")


def test_every_link_that_is_offered_opens(owner, client, group):
    page = owner.open(ADDRESS)
    for flow in ["", *group.flows]:
        for place in ["", "antwerpen", "luik"]:
            shown = page.submit("Show", flow=flow, place=place, language="fr")
            address = shown.soup.select_one("#link")["value"]
            assert address.startswith(f"{BASE_URL}/maes/")
            opened = client.open(address)
            assert opened.status == 200 and opened.soup.html["lang"] == "fr"


def test_the_snippets_are_what_a_site_can_use(owner):
    page = owner.open(ADDRESS).submit("Show", flow="assessment", place="luik", language="fr")
    button = snippet(page, "button").a
    assert button["href"] == f"{BASE_URL}/maes/luik/assessment/?lang=fr"
    assert button["lang"] == "fr" and button.get_text() != "Book an assessment"
    assert "background:#1d4ed8" in button["style"]
    frame = snippet(page, "frame").iframe
    assert frame["src"] == button["href"] and "Carrosserie Maes" in frame["title"]


def test_a_link_to_what_is_hidden_there_says_so(owner):
    page = owner.open(f"{ADDRESS}?flow=assessment&place=mechelen")
    assert "you do not offer it online" in page.text


@pytest.mark.parametrize("name", ["code.png", "code.svg", "poster.pdf"])
def test_codes_and_poster_are_files(owner, name):
    page = owner.open(f"{ADDRESS}{name}?flow=status&language=nl")
    begins = {"code.png": b"\x89PNG", "code.svg": b"<svg", "poster.pdf": b"%PDF"}[name]
    assert page.status == 200 and page.data.startswith(begins)


@pytest.mark.parametrize("asked", ["flow=cooking", "place=nowhere", "language=de"])
def test_what_is_not_there_has_no_link(owner, asked):
    assert owner.open(f"{ADDRESS}?{asked}").status == 404
    assert owner.open(f"{ADDRESS}code.png?{asked}").status == 404


def test_sites_are_tidied_and_may_show_the_portal(owner, maes, client):
    page = owner.open(f"{ADDRESS}sites")
    page.submit("Save", allowed_sites="www.Maes.example.com/contact\r\n\r\nhttps://www.maes.example.com")
    assert maes().profile.allowed_sites == ["https://www.maes.example.com"]
    policy = client.open("/maes/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.maes.example.com" in policy


def test_what_is_no_site_gets_a_sentence(owner, maes):
    typed = "https://www.maes.example.com\nour site; script-src *"
    page = owner.open(f"{ADDRESS}sites").submit("Save", allowed_sites=typed)
    assert page.status == 422
    assert page.errors == [
        "“our site; script-src *” is not a web site. Write it like https://www.example.com."
    ]
    assert page.value("allowed_sites") == typed
    assert maes().profile.allowed_sites == []


def test_a_hidden_flow_is_gone_and_its_link_explains_itself(owner, client, maes):
    owner.open(f"{ADDRESS}flows").submit("Save", status=False)
    assert maes().profile.flows == ["assessment", "repair"]
    assert "Track a repair" not in client.open("/maes/").text
    page = client.open("/maes/status/")
    assert page.status == 404 and "does not show repairs online" in page.text


def test_a_location_hides_for_itself_and_follows_the_garage_again(owner, maes):
    page = owner.open(f"{ADDRESS}flows/antwerpen").submit("Save", repair=False)
    assert maes().by_slug("antwerpen").flows == ("assessment", "status")
    assert maes().by_slug("luik").takes("repair")
    page.submit("Save", repair=True)
    assert maes().by_slug("antwerpen").profile.flows is None


def test_what_the_garage_hides_cannot_be_ticked_at_a_location(owner, maes):
    owner.open(f"{ADDRESS}flows").submit("Save", status=False)
    page = owner.open(f"{ADDRESS}flows/antwerpen")
    assert "Hidden for all locations." in page.text
    page.submit("Save", repair=False)
    assert maes().by_slug("antwerpen").profile.flows == ["assessment", "status"]


def test_whoever_is_second_sees_both(owner, at_group_desk, maes):
    mine = owner.open(f"{ADDRESS}flows")
    at_group_desk(Role.OWNER, name="olga").open(f"{ADDRESS}flows").submit("Save", status=False)
    page = mine.submit("Save", repair=False)
    assert page.status == 409 and "Track a repair Now saved: no" in page.text
    assert page.submit("Save").hops == [303]


def test_a_portal_that_is_not_open_says_so(app, owner, maes):
    operator = desk.browser(app, BASE_URL, desk.member(app, name="otto", operator=True))
    operator.open("/staff/operator/").submit("Close the portal Carrosserie Maes")
    assert "not open yet" in owner.open(ADDRESS).text


def test_a42_only_owners_embed(at_group_desk):
    for role in (Role.PLANNER, Role.RECEPTION, Role.VIEWER):
        assert at_group_desk(role).open(f"{ADDRESS}sites").status == 403
