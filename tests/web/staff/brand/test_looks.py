"""Looks and contact at the desk: saved, inherited, refused, previewed."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.files import pictures

ADDRESS = "/staff/maes/brand/"
LOGO = pictures.file(pictures.four_corners(), "PNG")


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


def test_customers_see_what_was_saved(owner, maes, client):
    page = owner.open(ADDRESS)
    page = page.submit(
        "Save",
        name="Maes & Co",
        accent="0B5D4E",
        website="www.maes.example.com",
        phone="03 333 33 33",
        notify="plan@maes.example.com",
    )
    assert page.hops == [303]
    brand = maes().by_slug("antwerpen").brand
    assert (brand.name, brand.accent, brand.website) == (
        "Maes & Co",
        "#0b5d4e",
        "https://www.maes.example.com/",
    )
    front = client.open("/maes/")
    assert "Maes & Co" in front.text and "+32 3 333 33 33" in front.text
    assert maes().by_slug("antwerpen").notify == "plan@maes.example.com"


def test_what_a_location_leaves_empty_is_the_garages(owner, maes):
    page = owner.open(ADDRESS).click("Maes Antwerpen")
    assert page.soup.select_one("input[name=accent]")["placeholder"] == "#b3261e"
    assert page.value("accent") == ""
    assert page.submit("Save", phone="03 444 44 44").hops == [303]
    place = maes().by_slug("antwerpen")
    assert (place.brand.accent, place.contact.phone) == ("#b3261e", "+32 3 444 44 44")
    page = owner.open(f"{ADDRESS}at/antwerpen").submit("Save", phone="")
    assert maes().by_slug("antwerpen").contact.phone == "+32 3 200 00 00"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name of the garage."),
        ({"accent": "red"}, "Write the colour as six digits of 0 to 9 and a to f, for example #0b5d4e."),
        ({"accent": ""}, "Choose an accent colour."),
        ({"phone": "12"}, "Enter a phone number, for example +32 470 12 34 56."),
        ({"mail": "info"}, "Enter a mail address like name@example.com."),
        ({"website": "javascript:alert(1)"}, "Enter a web address like https://www.example.com."),
        ({"website": "https://not a site"}, "Enter a web address like https://www.example.com."),
        ({"sender_name": ""}, "Enter the name of the sender."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(owner, maes, typed, sentence):
    before = maes().profile
    page = owner.open(ADDRESS).submit("Save", **{"reply_to": "desk@maes.example.com", **typed})
    assert (page.status, page.errors) == (422, [sentence])
    assert page.value("reply_to") == "desk@maes.example.com"
    assert maes().profile == before


def test_whoever_is_second_sees_both(owner, at_group_desk, maes):
    mine = owner.open(ADDRESS)
    at_group_desk(Role.OWNER, name="olga").open(ADDRESS).submit("Save", accent="#123456")
    page = mine.submit("Save", accent="#654321")
    assert page.status == 409 and "Accent colour Now saved: #123456" in page.text
    assert page.value("accent") == "#654321"
    assert page.submit("Save").hops == [303]
    assert maes().profile.brand.accent == "#654321"


def test_the_preview_shows_what_is_typed_and_stores_nothing(owner, maes, client):
    before = maes()
    page = owner.open(ADDRESS).submit("Preview", name="Maes Anders", accent="#112233", phone="oops")
    assert page.status == 200 and "Maes Anders" in page.text
    assert "+32 3 200 00 00" in page.text  # what is wrong is left as it is
    css = page.soup.select_one("link[href*='preview.css']")["href"]
    assert "#112233" in owner.open(css).data.decode()
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert maes().revision == before.revision
    assert "Maes Anders" not in client.open("/maes/").text


def test_the_preview_of_a_location_wears_its_own_looks(owner):
    page = owner.open(f"{ADDRESS}at/luik/preview")
    assert "Maes Liège" in page.text and "+32 4 300 00 00" in page.text
    assert "%231d4ed8" in page.soup.select_one("link[href*='preview.css']")["href"]


def test_the_contrast_is_told_in_words(owner):
    page = owner.open(ADDRESS).submit("Save", accent="#ffe14d", name="")
    assert "The words on them are dark" in page.text and "where your colour itself has 1.3" in page.text
    assert owner.open(f"{ADDRESS}tones?accent=yellow").status == 404


def upload(member, address, content):
    page = member.open(address)
    return page.submit("Upload", files={"logo": [("logo.png", content)]})


def test_a_logo_is_shown_and_taken_away(owner, client):
    page = upload(owner, ADDRESS, LOGO)
    assert page.hops == [303]
    assert owner.open(page.soup.select_one(".logo-shown img")["src"]).headers["Content-Type"] == "image/png"
    assert client.open("/maes/").soup.select_one(".brand img")
    owner.open(ADDRESS).submit("Remove the logo")
    assert not client.open("/maes/").soup.select_one(".brand img")


def test_a_logo_of_one_location_stays_there(owner, client):
    upload(owner, f"{ADDRESS}at/luik", LOGO)
    assert client.open("/maes/luik/").soup.select_one(".brand img")
    assert not client.open("/maes/antwerpen/").soup.select_one(".brand img")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg onload='alert(1)'/>", "This is not a picture we can use. Choose a PNG, JPEG or WebP file."),
        (b"", "Choose a picture first."),
    ],
)
def test_what_is_no_picture_gets_a_sentence(owner, content, sentence):
    page = owner.open(ADDRESS)
    files = {"logo": [("logo.svg" if content else "", content)]}
    page = page.submit("Upload", files=files)
    assert (page.status, page.errors) == (422, [sentence])


def test_a42_pictures_of_another_garage_are_not_shown(owner, at_desk):
    page = upload(owner, ADDRESS, LOGO)
    name = page.soup.select_one(".logo-shown img")["src"].rpartition("/")[2]
    assert at_desk(Role.OWNER, name="eve").open(f"/staff/peeters/brand/pictures/{name}").status == 404
    assert owner.open(f"{ADDRESS}at/nowhere").status == 404


def test_a42_planners_do_not_change_the_brand(at_group_desk):
    planner = at_group_desk(Role.PLANNER)
    token = planner.token()
    for address in ("", "words", "languages"):
        assert planner.open(f"{ADDRESS}{address}").status == 403
    sent = planner.open(f"{ADDRESS}logo", method="POST", data={"csrf_token": token}, Referer=f"{BASE_URL}/")
    assert sent.status == 403
