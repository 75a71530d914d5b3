"""A60: a database locked for five seconds is noticed by nobody; locked for longer, people are told so and keep what they
typed. Without Redis or without the place of the photos, booking goes on.
"""

import time
from io import BytesIO

import pytest

from portal.db import db, drivers
from portal.web import limits
from tests.files.pictures import file, four_corners
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import counts
from tests.journeys.walk import YOU, answer, draft_of, requested, step_of, walk
from tests.support import cut_off
from tests.support.desk import at_desk
from tests.support.locks import Lock, locked_for
from tests.support.processes import HOST, free_port
from tests.support.visitor import Visitor

BASE_URL = "https://portal.example.com"
SECONDS = 5
TYPED = 'A post, "two" <dents>\r\nand a scratch'


@pytest.fixture(autouse=True)
def english(client):
    client.headers["Accept-Language"] = "en"


@pytest.fixture
def impatient(app, monkeypatch):
    """Whoever waits for a lock gives up at once."""
    monkeypatch.setattr(drivers, "LOCK_TIMEOUT_MS", 100)
    with app.app_context():
        db.engine.dispose()


def is_told_that_we_are_busy(page):
    assert page.status == 503 and int(page.headers["Retry-After"]) > 0
    assert page.heading == "One moment, please" and "Nothing is lost" in page.text
    return True


def test_a60_a_database_locked_for_five_seconds_is_noticed_by_nobody(garage, clock, app, client, settings):
    check = walk(client, "check")
    began = time.monotonic()
    with locked_for(settings.database_url, SECONDS):
        sent = answer(check)
    assert step_of(sent) == "sent" and counts(app)["booking"] == 1
    assert time.monotonic() - began >= SECONDS


def test_a60_control_of_the_impatient_it_is_noticed(garage, clock, client, settings, impatient):
    check = walk(client, "check")
    with locked_for(settings.database_url, 1):
        assert is_told_that_we_are_busy(answer(check))


@pytest.mark.parametrize(
    ("step", "typed", "leads_to"),
    [("you", YOU, "car"), ("car", {"damage": TYPED}, "photos"), ("check", {}, "sent")],
)
def test_a60_locked_for_longer_what_was_typed_is_sent_again_with_one_press(
    garage, clock, client, settings, impatient, step, typed, leads_to
):
    page = walk(client, step)
    with Lock(settings.database_url):
        busy = answer(page, **typed)
        assert is_told_that_we_are_busy(busy)
        busy = busy.submit("Try again")
        assert is_told_that_we_are_busy(busy)
    after = busy.submit("Try again")
    assert step_of(after) == leads_to
    if step == "car":
        back = client.open(f"{draft_of(after)}/car")
        assert back.value("damage").split() == TYPED.split()


def test_a60_a_button_pressed_in_vain_can_be_pressed_again(
    garage, clock, client, settings, impatient, deliver
):
    requested(client)
    asked = client.open(deliver()[-1].link)
    with Lock(settings.database_url):
        busy = asked.submit()
    assert is_told_that_we_are_busy(busy)
    assert busy.submit("Try again").heading == "Your appointment is booked"


def test_a60_a_script_is_told_in_its_own_words(garage, clock, client, settings, impatient):
    photos = walk(client, "photos")
    with Lock(settings.database_url):
        told = client.open(
            photos.path,
            method="POST",
            data={"label": "overview", "photo": (BytesIO(b"words"), "car.jpg")},
            Accept="application/json",
        )
    assert told.status in {422, 503} and b"error" in told.data


def test_a60_the_desk_keeps_what_was_typed(app, garage, clock, settings, impatient):
    browser = at_desk(app, BASE_URL, "peeters")
    page = browser.open("/staff/peeters/new-case/")
    typed = {"last_name": "Jansen", "first_name": "Jan", "plate": "1-ABC-234"}
    with Lock(settings.database_url):
        busy = page.submit(**typed)
    assert busy.status == 503
    assert {name: busy.value(name) for name in typed} == typed
    made = busy.submit("Try again")
    assert made.status == 200 and "Jansen" in made.text


def test_a60_a_password_stands_on_no_page(app, garage, clock, client, settings, impatient):
    page = client.open("/staff/account/sign-in")
    with Lock(settings.database_url):
        told = page.submit(email="owner@desk.example.com", password="correct horse battery")
    assert b"correct horse" not in told.data


def test_a60_nor_the_one_that_a_new_member_chooses(app, garage, clock, client, settings, impatient, deliver):
    at_desk(app, BASE_URL, "peeters").open("/staff/peeters/team/").submit(
        "Send the invitation", email="ann@example.com"
    )
    page = Visitor(app, BASE_URL, cookies=True).open(deliver()[-1].link)
    with Lock(settings.database_url):
        told = page.submit(name="Ann", password="correct horse battery")
    assert told.status == 503 and b"correct horse" not in told.data
    assert told.click("Try again").status == 200


class TestRedis:
    """Counting and nudging, never keeping."""

    @pytest.fixture
    def redis(self, redis_url):
        with cut_off.way(redis_url) as way:
            yield way
        limits.limiter._storage_dead = False  # of the next test's Redis nothing is known yet

    @pytest.fixture
    def settings(self, settings, redis):
        return settings.model_copy(update={"redis_url": redis.url, "rate_limits": True})

    @on_sqlite
    def test_a60_gone_from_the_start(self, redis, garage, clock, client, deliver):
        redis.cut()
        sent = requested(client)
        assert step_of(sent) == "sent"
        assert client.open(deliver()[-1].link).submit().heading == "Your appointment is booked"

    @on_sqlite
    def test_a60_gone_in_the_middle_and_there_again(self, redis, garage, clock, client, deliver):
        check = walk(client, "check")
        redis.cut()
        assert step_of(answer(check)) == "sent"
        redis.mend()
        assert client.open(deliver()[-1].link).submit().heading == "Your appointment is booked"

    @on_sqlite
    def test_a60_gone_between_two_questions_of_one_page(self, redis, garage, clock, client, monkeypatch):
        check = walk(client, "check")
        ask = limits.keeps_often
        monkeypatch.setattr(limits, "keeps_often", lambda domain: (redis.cut(), ask(domain))[1])
        assert step_of(answer(check)) == "sent"


class TestPlaceOfThePhotos:
    """An S3 that is not there."""

    @pytest.fixture
    def settings(self, settings):
        gone = {"storage_url": "s3://photos", "storage_endpoint": f"http://{HOST}:{free_port()}"}
        keys = {"storage_region": "eu", "storage_access_key": "a", "storage_secret_key": settings.secret_key}
        return settings.model_copy(update=gone | keys)

    @on_sqlite
    def test_a60_the_page_says_why_and_booking_goes_on(self, garage, clock, client):
        photos = walk(client, "photos")
        picture = [("car.jpg", file(four_corners(), "JPEG"))]
        told = photos.submit(files={"overview": picture})
        assert told.status == 422 and "cannot keep car.jpg right now" in told.text
        assert step_of(walk(client, "sent", draft_of(photos) + "/photos")) == "sent"
