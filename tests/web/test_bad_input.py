"""Requests that no page of ours sends are told so in a sentence, and never break anything."""

import json

import pytest

from portal.domain.booking.service import MAX_CODE_TRIES
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.walk import CAR, YOU, answer, draft_of, requested, step_of, walk
from tests.web.world import addresses

DAYS = [
    "",
    "tomorrow",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "2026-W49-2",
    "20261201",
    "-1",
    "2026-12-01T09:00",
]
TIMES = [
    "",
    "soon",
    "2026-12-01",
    "2026-02-30T09:00",
    "2026-12-01T99:99",
    "2026-12-01T24:00",
    "2026-12-01T09:07",
    "2026-12-06T09:00",
    "2020-01-01T09:00",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "9999-12-31T23:00",
    "２０２６-12-01T09:00",
    "2026-12-01T09:00\n",
]


def says_what_is_wrong(page):
    """Whether a page of the fours says something a person can do something with."""
    sentence = page.soup.select_one("main .lead, main .summary")
    return 400 <= page.status < 500 and bool(sentence) and bool(page.heading)


@on_sqlite
@pytest.mark.parametrize("data", [{}, {"first_name": "Ann"}, {"nobody": "asked"}, {"consent": ["y", "n"]}])
@pytest.mark.parametrize("step", ["you", "car", "timeslot"])
def test_missing_and_unasked_fields_are_told(garage, clock, client, step, data):
    page = client.open(walk(client, step).path, method="POST", data=data)
    assert page.status == 422 and page.errors


@pytest.mark.parametrize("time", TIMES)
def test_a_time_that_is_none_is_told(garage, clock, client, time):
    page = client.open(walk(client, "timeslot").path, method="POST", data={"timeslot": time})
    if time.strip() == "2026-12-01T09:00":
        assert step_of(page) == "check"
    else:
        assert page.status in {409, 422} and step_of(page) == "timeslot"
        assert says_what_is_wrong(page)


@on_sqlite
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("view", ["strip", "list"])
def test_a_day_that_is_none_shows_the_first_free_one(garage, clock, client, day, view):
    page = client.open(f"{walk(client, 'timeslot').path}?day={day}&view={view}")
    assert page.status == 200 and page.options("timeslot")


@on_sqlite
@pytest.mark.parametrize("location", ["mechelen", "nowhere", "", "../luik", "leuven"])
def test_a_location_that_is_not_offered_is_told(group, garage, clock, client, location):
    page = client.open(
        walk(client, "location", "/maes/assessment/").path, method="POST", data={"location": location}
    )
    assert page.status == 422 and page.errors


@on_sqlite
@pytest.mark.parametrize("step", ["nothing", "location/", "you/", "Check", "photos/upload/x", "repair", ""])
def test_an_unknown_step_is_a_page_that_says_so(garage, clock, client, step):
    page = client.open(f"{draft_of(walk(client, 'car'))}/{step}")
    assert page.status == 404 and says_what_is_wrong(page)


@on_sqlite
@pytest.mark.parametrize(
    "address",
    [
        "/nobody/",
        "/peeters/nowhere/",
        "/peeters/nowhere/assessment/",
        "/peeters/nowhere/privacy",
        "/peeters/logo/x",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(garage, client, address):
    page = client.open(address)
    assert page.status == 404 and says_what_is_wrong(page)


def test_every_address_answers_an_empty_form_without_failing(portal, app, client):
    answered = {
        address: client.open(address, method="POST", data={}).status
        for _, address in addresses(app, portal, "POST")
    }
    assert not {address: status for address, status in answered.items() if status >= 500}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"first_name": {"$ne": null}}'),
        ("text/plain", b"first_name=Ann"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="first_name"\r\n\r\nAnn',
        ),
        ("multipart/form-data; boundary=x", b"--x--\r\n" * 1000),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&first_name=%ed%a0%80&&&==&a"),
        ("application/x-www-form-urlencoded; charset=utf-16", "first_name=Ann".encode("utf-16")),
        ("", b"\x00\xff" * 100),
    ],
)
def test_a_body_of_any_kind_breaks_nothing(garage, app, clock, client, content_type, body):
    draft = draft_of(walk(client, "car"))
    http = app.test_client()
    paths = [
        "/peeters/assessment/",
        *(f"{draft}/{step}" for step in ("you", "car", "photos", "photos/upload")),
    ]
    for path in paths:
        kept = http.post(path, data=body, content_type=content_type, base_url=client.base_url)
        assert 300 <= kept.status_code < 500, (path, kept.status_code)


@on_sqlite
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_another_method_is_a_page_that_says_so(portal, app, client, method):
    before = rows(app)
    for _, address in addresses(app, portal, "GET"):
        page = client.open(address, method=method)
        assert page.status == 405 and says_what_is_wrong(page), address
    assert rows(app) == before


@on_sqlite
@pytest.mark.parametrize("field", ["damage", "nobody-asked"])
def test_a_huge_form_is_refused_in_a_sentence(garage, clock, client, field):
    page = client.open(walk(client, "car").path, method="POST", data=CAR | {field: "x" * 2**21})
    assert page.status == 413 and says_what_is_wrong(page)


@on_sqlite
def test_very_many_fields_are_refused_in_a_sentence(garage, clock, client):
    page = client.open(
        walk(client, "car").path,
        method="POST",
        data=CAR | {f"field-{number}": "x" for number in range(60_000)},
    )
    assert page.status in {413, 422, 200}


@on_sqlite
@pytest.mark.parametrize("accept", ["application/json", "application/json;q=0.9, text/html;q=0.1"])
def test_a_script_gets_its_sentence_as_json(garage, client, accept):
    for address in ("/peeters/assessment/x/state", "/nobody/", "/peeters/nothing"):
        page = client.open(address, Accept=accept)
        assert page.headers["Content-Type"] == "application/json", address
        assert set(json.loads(page.data)) == {"error"}


@on_sqlite
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("address", ["/nobody/", "/peeters/nothing/at/all", "/peeters/nowhere/"])
def test_an_error_page_speaks_the_language_of_the_browser(garage, client, language, address):
    client.headers["Accept-Language"] = language
    page = client.open(address)
    assert page.soup.html["lang"] == language and page.heading != "Page not found"


@on_sqlite
@pytest.mark.parametrize(
    "address", ["/peeters/nothing/at/all", "/peeters/logo/x", "/peeters/assessment/x/y/z"]
)
def test_an_error_below_a_garages_address_offers_its_phone(garage, client, address):
    page = client.open(address)
    assert page.status == 404 and "22 00 00" in page.text


@on_sqlite
def test_a_code_cannot_be_tried_for_ever_without_its_page(garage, clock, client, deliver):
    sent = requested(client)
    deliver()
    for _ in range(MAX_CODE_TRIES + 3):
        page = client.open(f"{draft_of(sent)}/code", method="POST", data={"code": "000000"})
        assert page.status == 422
    assert "no tries left" in " ".join(page.errors)
    page = client.open(sent.url)
    assert "Confirm with the code" not in page.text
    page.submit("Send the mail again")
    assert "type this code" not in deliver()[0].text


@on_sqlite
def test_answers_that_were_right_once_are_checked_again_before_sending(garage, app, clock, client):
    from portal.db import transaction
    from portal.domain.drafts.models import Draft

    check = walk(client, "check")
    with app.app_context(), transaction() as session:
        draft = session.query(Draft).one()
        typed = {**draft.answers["you"]["typed"], "email": "nobody"}
        draft.answers = {**draft.answers, "you": {"typed": typed, "done": True}}
    page = answer(check)
    assert step_of(page) == "you" and page.errors


def test_a_draft_name_of_ones_own_making_is_not_taken(garage, app, clock, client):
    for name in ("x", "a" * 23, "../../etc", "A" * 21 + "\n", "A" * 22 + "\n", "A" * 22 + "?"):
        page = client.open("/peeters/assessment/", method="POST", data=YOU | {"consent": "y", "draft": name})
        assert page.status == 200 and step_of(page) == "car"
        assert draft_of(page).rpartition("/")[2] != name.strip() or len(name) == 22
        assert len(draft_of(page).rpartition("/")[2]) == 22
