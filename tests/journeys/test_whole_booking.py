"""From the garage's page to a confirmed appointment, in every language, wherever one begins."""

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import counts
from tests.journeys.walk import answer, requested, step_of, walk
from tests.support.visitor import Visitor

LANGUAGES = ("nl", "fr", "de", "en")
ANYWHERE = [
    ("/peeters/", False, "016 22 00 00"),
    ("/peeters/leuven/", False, "016 22 00 00"),
    ("/peeters/leuven/assessment/", False, "016 22 00 00"),
    ("/maes/", True, "03 200 00 00"),
    ("/maes/assessment/", True, "03 200 00 00"),
    ("/maes/luik/", False, "04 300 00 00"),
    ("/maes/luik/assessment/", False, "04 300 00 00"),
]


def begun(client, address):
    """The first step, reached from `address` as a person does."""
    page = client.open(address)
    if step_of(page) == "you" or page.path.endswith("/assessment/"):
        return page
    return client.open(next(link for link in page.links().values() if "/assessment/" in link))


def walked(page):
    """Every page from `page` to the one that says that nothing is booked yet."""
    pages = [page]
    while step_of(pages[-1]) != "sent":
        pages.append(answer(pages[-1]))
        assert pages[-1].status == 200, pages[-1].errors
    return pages


def pressed(client, deliver):
    """The page after the link of the newest mail was opened and its button pressed."""
    return client.open(deliver()[-1].link).submit()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customer_books_in_the_language_of_the_browser(garage, clock, client, deliver, language):
    client.headers["Accept-Language"] = language
    pages = walked(begun(client, "/peeters/"))
    booked = pressed(client, deliver)
    assert {page.soup.html["lang"] for page in [*pages, booked]} == {language}
    assert all(page.title.endswith("– Garage Peeters") for page in [*pages, booked])
    for told in ("ann@example.com", "Volkswagen Golf", "1-ABC-234", "Tiensesteenweg 12"):
        assert told in booked.text
    [mail] = deliver()
    assert mail.recipient == "ann@example.com" and "appointment.ics" in mail.files


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES[:3])
def test_no_heading_of_the_way_is_left_in_english(garage, clock, app, client, deliver, language):
    def headings(asked):
        visitor = Visitor(app, client.base_url)
        visitor.headers["Accept-Language"] = asked
        pages = [visitor.open("/peeters/"), *walked(begun(visitor, "/peeters/"))]
        link = deliver()[-1].link
        pages += [visitor.open(link), visitor.open(link).submit(), visitor.open(f"{link}x")]
        return [page.heading for page in pages]

    pairs = zip(headings(language), headings("en"), strict=True)
    assert not [spoken for spoken, english in pairs if spoken == english]


@pytest.mark.parametrize(("address", "location_is_asked", "phone"), ANYWHERE)
def test_a_customer_books_wherever_the_way_begins(
    group, garage, clock, client, deliver, address, location_is_asked, phone
):
    pages = walked(begun(client, address))
    assert ("location" in map(step_of, pages)) == location_is_asked
    assert all(phone.removeprefix("0") in page.text for page in pages)
    assert pressed(client, deliver).heading == "Your appointment is booked"


def test_the_chosen_location_is_the_one_that_is_booked(group, clock, client, deliver):
    requested(client, "/maes/assessment/", location="luik")
    booked = pressed(client, deliver)
    assert "Maes Liège" in booked.text and "04 300" not in deliver()[-1].subject
    assert "4 300 00 00" in booked.text


def test_one_booking_is_one_case_with_all_that_was_told(garage, app, clock, client, deliver):
    more = {"street": "Bondgenotenlaan 1", "postcode": "3000", "city": "Leuven"}
    car = {"vin": "WVWZZZ1JZ3W386752", "mileage": "45.000", "damage": "First line\nsecond line"}
    requested(client, **more, **car)
    pressed(client, deliver)
    found = counts(app)
    assert [found[name] for name in ("case", "customer", "vehicle", "consent", "booking")] == [1] * 5


def test_looking_at_the_first_page_keeps_nothing(garage, app, clock, client):
    before = counts(app)
    client.open("/peeters/")
    client.open("/peeters/assessment/")
    assert counts(app) == before


def test_no_step_can_be_skipped(garage, clock, client):
    start = walk(client, "car")
    draft = start.path.rpartition("/")[0]
    for step, where in [("check", "car"), ("sent", "car")]:
        assert step_of(client.open(f"{draft}/{step}")) == where


@on_sqlite
def test_no_page_and_no_answer_sets_a_cookie(garage, clock, app, deliver):
    visitor = Visitor(app, "https://portal.example.com", cookies=True)
    pages = walked(begun(visitor, "/peeters/"))
    pages += [visitor.open(deliver()[-1].link), pressed_again := visitor.open("/peeters/nothing")]
    assert pressed_again.status == 404
    assert not [page.url for page in pages if page.headers.getlist("Set-Cookie")]
    assert not list(visitor._client._cookies or ())
