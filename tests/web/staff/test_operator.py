"""Whoever looks after all garages makes them, and their locations."""

import pytest

from portal.domain.garage import queries as garages
from tests.conftest import BASE_URL
from tests.support import desk

PLACE = {"slug": "gent", "name": "Gent", "street": "Kerkstraat 1", "postcode": "9000", "city": "Gent"}
KNOWN = {
    **PLACE,
    "slug": "nieuw",
    "name": "Garage Nieuw",
    "phone": "09 123 45 67",
    "mail": "nieuw@example.com",
    "owner": "ann@example.com",
}


@pytest.fixture
def olga(app, garage):
    """The operator, in her browser."""
    return desk.browser(app, BASE_URL, desk.member(app, name="olga", operator=True))


def test_a_new_garage_is_closed_and_its_owner_invited(olga, app, client, deliver):
    page = olga.open("/staff/operator/new").submit("Make the garage", **KNOWN)
    assert page.path == "/staff/operator/" and "Garage Nieuw not open" in page.text
    [mail] = deliver()
    assert mail.recipient == "ann@example.com"
    assert client.open("/nieuw/").status == 404
    page.submit("Open the portal Garage Nieuw")
    assert client.open("/nieuw/").status == 200


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "Garage Nieuw", "Use small letters, digits and single hyphens, at most 40."),
        ("slug", "staff", "The portal itself uses this address."),
        ("slug", "peeters", "Another garage has this address."),
        ("phone", "12", "Enter a phone number, for example +32 470 12 34 56."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(olga, field, typed, sentence):
    page = olga.open("/staff/operator/new").submit("Make the garage", **{**KNOWN, field: typed})
    assert page.status == 422 and page.errors == [sentence]
    assert page.value("name") == "Garage Nieuw"


def test_mistakes_are_listed_in_the_order_of_the_page(olga):
    page = olga.open("/staff/operator/new").submit("Make the garage")
    assert page.errors == [
        "Enter the name.",
        "Enter the address.",
        "Enter the street.",
        "Enter the postcode.",
        "Enter the town.",
        "Enter the phone number.",
        "Enter the mail address of the garage.",
        "Enter the mail address of the owner.",
    ]
    assert "Name of the garage" in page.text


def test_a_location_is_added_with_usual_hours_and_customers_see_it(olga, app, client):
    page = olga.open("/staff/operator/peeters/locations/new").submit("Save", **PLACE)
    assert page.path == "/staff/operator/"
    assert client.open("/peeters/gent/").status == 200
    with app.app_context():
        assert garages.find("peeters").by_slug("gent").takes("assessment")
    again = olga.open("/staff/operator/peeters/locations/new").submit("Save", **PLACE)
    assert again.errors == ["Another location has this address."]


def test_a_location_is_hidden_and_shown_but_never_the_last_one(olga, client):
    page = olga.open("/staff/operator/peeters/locations/new").submit("Save", **PLACE)
    page = page.submit("Hide from customers Gent")
    assert "Gent not shown" in page.text and client.open("/peeters/gent/").status == 404
    [last] = page.soup.select("form[action$=unlisted]")
    refused = olga.open(
        last["action"], method="POST", data={"csrf_token": olga.token()}, Referer=f"{BASE_URL}/"
    )
    assert "A garage needs at least one location that customers see." in refused.text
    page = refused.submit("Show to customers Gent")
    assert client.open("/peeters/gent/").status == 200
