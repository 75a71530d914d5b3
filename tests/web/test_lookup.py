"""The page that asks for plate and case number, and what a garage says that does not offer what lies behind it."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.workshop import document, set_up
from tests.support import cases

pytestmark = on_sqlite
RIGHT = {"plate": "1-ABC-234", "number": "26-1017"}


@pytest.fixture
def garage(app):
    return set_up(app, document("repairs"))


@pytest.fixture
def known(app, garage, clock):
    return cases.opened(app, garage, clock.now(), location="aalst", number="26-1017")


def hide(app, flow, *, place=None):
    changed = document("repairs")
    rest = [each for each in ("assessment", "repair", "status") if each != flow]
    if place is None:
        changed["flows"] = rest
    else:
        changed["locations"][place]["flows"] = rest
    return set_up(app, changed)


@pytest.mark.parametrize(
    ("flow", "heading"), [("status", "Track your repair"), ("repair", "Book your repair")]
)
def test_it_is_reached_from_the_first_page(known, client, flow, heading):
    words = "Track a repair" if flow == "status" else "Book a repair"
    front = client.open("/repairs/?lang=en")
    page = front.click(next(name for name in front.links() if name.startswith(words)))
    assert (page.heading, page.path) == (heading, f"/repairs/{flow}/")
    assert page.submit(**RIGHT).hops == [303]


def test_what_is_missing_is_said_at_its_field(known, client):
    page = client.open("/repairs/status/").submit()
    assert page.status == 422 and page.title.startswith("Error:")
    assert page.errors == ["Enter the licence plate.", "Enter the case number."]
    assert not page.soup.select("[data-error-summary] a[href='#main']")


def test_the_way_back_is_the_first_page(known, client):
    assert client.open("/repairs/aalst/status/").click("Back").path == "/repairs/aalst/"


def test_another_language_keeps_what_was_typed_and_asks_nothing(known, client):
    page = client.open("/repairs/status/")
    nl = client.open(page.path, method="POST", data=RIGHT | {"language": "nl"})
    assert nl.status == 200 and nl.soup.html["lang"] == "nl" and not nl.errors
    assert (nl.value("plate"), nl.value("number")) == ("1-ABC-234", "26-1017")


def test_the_language_stays_from_the_form_to_the_case(known, client):
    page = client.open("/repairs/status/?lang=fr").submit(**RIGHT)
    assert page.soup.html["lang"] == "fr"
    wrong = client.open("/repairs/status/?lang=fr").submit(plate="1-ABC-234", number="1")
    assert wrong.soup.html["lang"] == "fr"


def test_a_location_lends_its_looks_and_its_phone(known, client):
    page = client.open("/repairs/tilburg/status/")
    assert "+31 13 200 0000" in page.text
    assert client.open("/repairs/nowhere/status/").status == 404


def test_the_form_may_be_kept_and_an_answer_never(known, client):
    page = client.open("/repairs/status/")
    assert page.headers["Cache-Control"] == "private, no-cache"
    for data in (RIGHT, {"plate": "1-ABC-234", "number": "1"}, {"language": "nl"}):
        answer = client.open("/repairs/status/", method="POST", data=data)
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("flow", ["status", "repair"])
def test_a_hidden_flow_has_no_button_and_a_page_that_says_whom_to_call(app, known, client, flow):
    hide(app, flow)
    words = "Track a repair" if flow == "status" else "Book a repair"
    assert not any(name.startswith(words) for name in client.open("/repairs/").links())
    for method in ("GET", "POST"):
        page = client.open(f"/repairs/{flow}/", method=method, data=RIGHT if method == "POST" else None)
        assert (page.status, page.heading) == (404, "Please call or mail us")
        assert "Carrosserie Claes does not" in page.text
        assert {"tel:+3253200000", "mailto:info@claes.example.com"} <= set(page.links().values())


def test_the_deep_link_of_a_hidden_flow_says_the_same(app, known, client):
    hide(app, "status")
    page = client.open(known.status)
    assert (page.status, page.heading) == (404, "Please call or mail us")
    assert "Golf" not in page.text


def test_a_flow_hidden_at_one_location_is_hidden_there_only(app, known, client):
    hide(app, "status", place=0)
    assert client.open("/repairs/aalst/status/").status == 404
    assert client.open("/repairs/tilburg/status/").status == 200
    assert client.open("/repairs/status/").status == 200
    assert client.open(known.status).heading == "Please call or mail us"


def test_a_portal_that_is_not_active_answers_nobody(app, known, client):
    set_up(app, document("repairs") | {"active": False})
    assert client.open("/repairs/status/").status == client.open(known.status).status == 404
