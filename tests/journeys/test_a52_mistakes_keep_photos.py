"""Whatever goes wrong on the way, the photos that were added are still there, and none is there twice."""

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.domain.photos.models import Photo
from tests.files.pictures import file, four_corners
from tests.journeys.rows import rows
from tests.journeys.walk import answer, draft_of, step_of, walk
from tests.support.visitor import Visitor

PICTURE = file(four_corners(60, 40), "JPEG")
MISTAKES = [
    ("you", {"first_name": ""}),
    ("you", {"last_name": ""}),
    ("you", {"email": "nobody"}),
    ("you", {"phone": "12"}),
    ("you", {"street": "x" * 121}),
    ("you", {"postcode": "x" * 17}),
    ("you", {"city": "x" * 81}),
    ("you", {"consent": False}),
    ("car", {"plate": "?"}),
    ("car", {"make": ""}),
    ("car", {"model": ""}),
    ("car", {"vin": "123"}),
    ("car", {"mileage": "many"}),
    ("car", {"damage": ""}),
]


@pytest.fixture
def check(garage, app, clock, client):
    """The last step of a customer with two photos, in a browser that would keep cookies."""
    browser = Visitor(app, client.base_url, cookies=True)
    browser.headers["Accept-Language"] = "en"
    photos = walk(browser, "photos")
    page = photos.submit(
        "Continue", files={"overview": [("car.jpg", PICTURE)], "damage_close": [("dent.jpg", PICTURE)]}
    )
    return answer(page, timeslot="2026-12-01T10:00")


def photos_of(check):
    return [str(image["src"]) for image in check.soup.select(".thumbs img")]


def test_a52_each_field_made_wrong_in_turn_costs_no_photo(check, app):
    before = photos_of(check)
    assert len(before) == 2
    for step, mistake in MISTAKES:
        page = check.visitor.open(f"{draft_of(check)}/{step}")
        right = {name: page.value(name) for name in mistake}
        wrong = page.submit(**mistake)
        assert wrong.status == 422 and len(wrong.errors) == 1, (step, mistake, wrong.errors)
        assert not wrong.headers.getlist("Set-Cookie")
        again = wrong.submit(**right)
        assert step_of(again) == "check", (step, mistake, again.errors)
        assert photos_of(again) == before
    assert len(rows(app)["photo"]) == 2


def test_a52_every_photo_can_be_seen_after_every_mistake(check):
    check.visitor.open(f"{draft_of(check)}/car").submit(plate="?")
    for address in photos_of(check):
        picture = check.visitor.open(address)
        assert picture.status == 200 and picture.headers["Content-Type"] == "image/jpeg"


def test_a52_going_on_twice_from_the_photos_adds_none(check, app):
    photos = check.visitor.open(f"{draft_of(check)}/photos")
    photos.submit("Continue")
    photos.submit("Continue")
    assert len(rows(app)["photo"]) == 2


def test_a52_the_photos_reach_the_case(check, app, deliver):
    answer(check)
    check.visitor.open(deliver()[0].link).submit()
    assert photos_with_case(app) == 2


def test_a52_the_photos_are_kept_when_the_link_runs_out(check, app, clock, deliver):
    sent = answer(check)
    deliver()
    clock.forward(minutes=16)
    check.visitor.open(sent.url).submit("Ask for this time again")
    check.visitor.open(deliver()[-1].link).submit()
    assert photos_with_case(app) == 2


def photos_with_case(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Photo.case_id.is_not(None)))
