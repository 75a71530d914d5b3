"""Photos over HTTP: what the script is answered, and what a browser without scripts sees."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.adapters.storage import Storage, StorageUnavailable
from portal.db import db
from portal.domain.photos.models import Photo
from portal.domain.photos.service import MAX_PHOTOS
from portal.web.customer.assessment import photos as photos_step
from tests.files.hostile import other_formats
from tests.files.pictures import file, four_corners
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.walk import draft_of, requested, step_of, walk
from tests.journeys.workshop import change
from tests.web.naughty import NAUGHTY, arriving

PICTURE = file(four_corners(60, 40), "JPEG")


class Upload:
    """What came back for one file: its status, and the JSON it was answered with."""

    def __init__(self, page):
        self.status, self.headers = page.status, page.headers
        assert page.headers["Content-Type"] == "application/json"
        self.body = json.loads(page.data)


@pytest.fixture
def photos(garage, clock, client):
    """The page of the photos."""
    return walk(client, "photos")


@pytest.fixture
def upload(photos):
    """Sends one file as the script does."""

    def upload(content=PICTURE, name="car.jpg", *, label="overview", key="0" * 32, page=photos):
        data = {"label": label, "key": key, "photo": (BytesIO(content), name)}
        address = str(page.soup.form["data-upload-url"])
        return Upload(page.visitor.open(address, method="POST", data=data, Accept="application/json"))

    return upload


def names(photos):
    return [str(shot["data-name"]) for shot in photos.visitor.open(photos.url).soup.select(".shot[data-uid]")]


def test_the_script_learns_all_it_needs(upload, photos, client):
    answer = upload(name="car.jpg")
    assert answer.status == 201
    assert set(answer.body) == {"uid", "name", "thumb_url", "remove_url"} and answer.body["name"] == "car.jpg"
    thumb = client.open(answer.body["thumb_url"])
    assert (
        thumb.status == 200
        and thumb.headers["Content-Type"] == "image/jpeg"
        and thumb.data[:2] == b"\xff\xd8"
    )
    assert client.open(answer.body["remove_url"], method="POST", Accept="application/json").status == 204
    assert names(photos) == []


def test_the_same_key_twice_is_one_photo(upload, photos):
    assert upload(key="a" * 32).body == upload(key="a" * 32).body
    assert names(photos) == ["car.jpg"]


def test_two_keys_are_two_photos_even_of_the_same_file(upload, photos):
    assert upload(key="a" * 32).body["uid"] != upload(key="b" * 32).body["uid"]
    assert names(photos) == ["car.jpg", "car.jpg"]


def test_the_same_key_in_two_drafts_is_two_photos(upload, photos, another):
    theirs = walk(another, "photos")
    assert upload(key="a" * 32).body["uid"] != upload(key="a" * 32, page=theirs).body["uid"]
    assert names(photos) == names(theirs) == ["car.jpg"]


@pytest.mark.parametrize("kind", ["SVG", "HTML", "GIF", "PDF", "words", "nothing", "MP4"])
def test_what_is_no_photo_is_refused_by_name(upload, photos, kind):
    answer = upload(other_formats()[kind], f"{kind}.jpg")
    assert answer.status == 422 and f"{kind}.jpg" in answer.body["error"]
    assert names(photos) == []


def test_a_photo_that_arrived_damaged_is_refused_by_name(upload):
    whole = file(four_corners(600, 400), "JPEG")
    answer = upload(whole[: len(whole) // 2], "dent.jpg")
    assert answer.status == 422 and "dent.jpg" in answer.body["error"]


@on_sqlite
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_sentence_is_in_the_language_of_the_draft(garage, clock, client, upload, language):
    client.headers["Accept-Language"] = language
    answer = upload(b"words", "car.jpg", page=walk(client, "photos"))
    assert "car.jpg" in answer.body["error"] and "photo we can read" not in answer.body["error"]


@pytest.mark.parametrize("missing", ["photo", "label"])
def test_a_piece_that_is_missing_is_told(photos, client, missing):
    data = {"label": "overview", "photo": (BytesIO(PICTURE), "car.jpg")}
    del data[missing]
    page = client.open(
        f"{draft_of(photos)}/photos/upload", method="POST", data=data, Accept="application/json"
    )
    assert Upload(page).status == 400 and Upload(page).body["error"]


def test_no_label_of_ones_own_making_is_taken(upload):
    assert upload(label="selfie").status == 400


def test_naughty_names_and_keys_break_nothing(upload, photos):
    for number, typed in enumerate(NAUGHTY.values()):
        name = arriving(typed).replace("\r", "").replace("\n", "")[:200]
        assert upload(name=name or "x", label="other", key=arriving(typed)).status in {201, 400, 422}, typed
        if number % 15 == 14:
            for shot in photos.visitor.open(photos.url).soup.select(".shot button"):
                photos.visitor.open(str(shot["formaction"]), method="POST")
    assert photos.visitor.open(photos.url).status == 200


@pytest.mark.parametrize("name", ["../../x", "..%2f", "%2e%2e", "..", "x%00y", "a" * 300, "é", "large"])
def test_no_name_of_a_photo_reaches_beyond_the_photos(upload, photos, app, client, name):
    upload()
    before = rows(app)
    for address in (f"{name}.jpg", f"{name}/remove"):
        method = "POST" if address.endswith("remove") else "GET"
        page = client.open(f"{draft_of(photos)}/photos/{address}", method=method)
        assert page.status < 500, address
    assert rows(app) == before
    assert names(photos) == ["car.jpg"]


@on_sqlite
def test_more_than_enough_photos_are_refused_by_name(upload):
    for number in range(MAX_PHOTOS):
        assert upload(key=f"{number:032x}").status == 201
    answer = upload(name="last.jpg", key="f" * 32)
    assert (
        answer.status == 422
        and "last.jpg" in answer.body["error"]
        and str(MAX_PHOTOS) in answer.body["error"]
    )
    assert upload(key=f"{0:032x}").status == 201  # one that is there already is not one more


@on_sqlite
def test_a_file_that_is_too_large_is_told_in_a_sentence(upload):
    answer = upload(bytes(35 * 2**20), "huge.jpg")
    assert answer.status == 413 and answer.body["error"].startswith("This photo is too large.")


def test_a_photo_of_another_draft_is_not_there(upload, photos, another):
    uid = upload().body["uid"]
    theirs = draft_of(walk(another, "photos"))
    assert another.open(f"{theirs}/photos/{uid}.jpg").status == 404
    another.open(f"{theirs}/photos/{uid}/remove", method="POST")
    assert names(photos) == ["car.jpg"]


def test_removing_twice_is_fine_and_leaves_the_others(upload, photos, client):
    gone, stays = upload(name="gone.jpg", key="a" * 32).body, upload(name="stays.jpg", key="b" * 32).body
    for _ in range(2):
        assert client.open(gone["remove_url"], method="POST", Accept="application/json").status == 204
    assert names(photos) == ["stays.jpg"]
    assert client.open(gone["thumb_url"]).status == 404 and client.open(stays["thumb_url"]).status == 200


def test_a_photo_that_became_a_cases_can_no_longer_be_removed_or_seen_here(
    upload, photos, app, client, deliver
):
    photo = upload().body
    page = photos
    while step_of(page) != "sent":
        page = (
            page.submit()
            if step_of(page) != "timeslot"
            else page.submit(timeslot=page.options("timeslot")[0])
        )
    client.open(deliver()[0].link).submit()
    before = rows(app)
    client.open(photo["remove_url"], method="POST")
    assert rows(app) == before
    with app.app_context():
        assert app.extensions["portal"].storage.get(f"photos/{photo['uid']}/large.jpg")


class Broken(Storage):
    """A store that does not answer."""

    def put(self, key, data):
        raise StorageUnavailable

    def get(self, key):
        raise StorageUnavailable

    def delete(self, keys):
        raise StorageUnavailable

    def list(self, prefix, older_than):
        raise StorageUnavailable


@pytest.fixture
def break_storage(app):
    """Takes the store away from now on."""

    def break_storage():
        app.extensions["portal"] = replace(app.extensions["portal"], storage=Broken())

    return break_storage


def test_a_store_that_is_down_is_told_by_name_and_asks_to_try_again(upload, app, break_storage):
    before = rows(app)
    break_storage()
    answer = upload(name="car.jpg")
    assert answer.status == 503 and "car.jpg" in answer.body["error"]
    assert rows(app) == before


def test_one_can_go_on_without_photos_when_the_store_is_down(photos, break_storage):
    break_storage()
    page = photos.submit("Continue", files={"overview": [("car.jpg", PICTURE)]})
    assert page.status == 422 and "car.jpg" in page.errors[0] and "go on without it" in page.errors[0]
    assert step_of(page.submit("Continue")) == "timeslot"


def test_a_thumb_that_cannot_be_fetched_is_no_crash(upload, client, break_storage):
    address = upload().body["thumb_url"]
    break_storage()
    assert client.open(address).status == 503


def test_removing_while_the_store_is_down_is_told_or_done(upload, client, photos, break_storage):
    address = upload().body["remove_url"]
    break_storage()
    page = client.open(address, method="POST", Accept="application/json")
    assert page.status in {204, 503}
    assert page.status == 503 or names(photos) == []


class TestWithoutScripts:
    def test_one_bad_file_keeps_the_good_ones(self, photos):
        files = {
            "overview": [("car.jpg", PICTURE), ("letter.txt", b"words")],
            "damage_close": [("dent.jpg", PICTURE)],
        }
        page = photos.submit("Continue", files=files)
        assert page.status == 422 and len(page.errors) == 1 and "letter.txt" in page.errors[0]
        assert page.title.startswith("Error")
        assert names(photos) == ["car.jpg", "dent.jpg"]
        assert step_of(page.submit("Continue")) == "timeslot"

    def test_every_bad_file_is_named(self, photos):
        page = photos.submit("Continue", files={"other": [("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"")]})
        assert [any(name in error for error in page.errors) for name in ("a.txt", "b.txt", "c.txt")] == [
            True
        ] * 3

    def test_adding_stays_on_the_page_and_can_be_repeated(self, photos):
        page = photos.submit("Add these photos", files={"overview": [("car.jpg", PICTURE)]})
        assert page.hops == [303] and step_of(page) == "photos"
        page.submit("Add these photos", files={"overview": [("other.jpg", PICTURE)]})
        assert names(photos) == ["car.jpg", "other.jpg"]

    def test_each_photo_stands_where_it_was_put(self, photos, client):
        files = {"plate": [("plate.jpg", PICTURE)], "odometer": [("km.jpg", PICTURE)]}
        page = photos.submit("Add these photos", files=files)
        slots = {
            str(slot["data-slot"]): len(slot.select(".shot")) for slot in page.soup.select("[data-slot]")
        }
        assert {name for name, count in slots.items() if count} == {"plate", "odometer"}

    def test_a_photo_can_be_removed(self, photos, client):
        page = photos.submit("Add these photos", files={"overview": [("car.jpg", PICTURE)]})
        gone = page.submit("Remove car.jpg")
        assert gone.hops == [303] and step_of(gone) == "photos" and names(photos) == []

    def test_removing_one_takes_along_what_was_chosen_meanwhile_or_leaves_it(self, photos):
        page = photos.submit("Add these photos", files={"overview": [("car.jpg", PICTURE)]})
        gone = page.submit("Remove car.jpg", files={"overview": [("new.jpg", PICTURE)]})
        assert gone.status == 200 and "car.jpg" not in names(photos)

    def test_another_language_keeps_the_chosen_files(self, photos):
        page = photos.submit("FR Français", files={"overview": [("car.jpg", PICTURE)]})
        assert page.soup.html["lang"] == "fr" and names(photos) == ["car.jpg"]

    def test_another_language_still_says_which_file_was_refused(self, photos):
        page = photos.submit("FR Français", files={"overview": [("letter.txt", b"words")]})
        assert any("letter.txt" in error for error in page.errors)

    def test_too_much_at_once_is_told_in_a_sentence(self, photos, monkeypatch):
        monkeypatch.setattr(photos_step, "ONE_FORM", 2**20)
        page = photos.submit("Continue", files={"overview": [("car.jpg", bytes(2**20))]})
        assert page.status == 413 and page.heading == "That was too much at once"
        assert "Send a smaller file, or fewer files at a time." in page.text

    def test_a_single_file_that_is_too_large_is_named(self, photos):
        page = photos.submit("Continue", files={"overview": [("huge.jpg", bytes(36 * 2**20))]})
        assert page.status == 422 and page.errors[0].startswith("huge.jpg is too large.")

    def test_a_garage_that_wants_photos_gets_at_least_one(self, app, photos, client):
        change(app, "peeters", photos_required=True)
        page = client.open(photos.url).submit("Continue")
        assert page.status == 422 and page.errors == ["Add at least one photo of the damage."]
        assert step_of(page.submit("Continue", files={"other": [("car.jpg", PICTURE)]})) == "timeslot"

    def test_a_garage_that_wants_photos_does_not_scold_for_a_bad_file_twice(self, app, photos, client):
        change(app, "peeters", photos_required=True)
        page = client.open(photos.url).submit("Continue", files={"other": [("letter.txt", b"words")]})
        assert len(page.errors) == 1 and "letter.txt" in page.errors[0]

    def test_the_check_shows_them_and_the_booking_keeps_them(self, app, client, garage, clock, deliver):
        page = walk(client, "photos").submit("Continue", files={"overview": [("car.jpg", PICTURE)]})
        check = page.submit(timeslot=page.options("timeslot")[0])
        [image] = check.soup.select(".thumbs img")
        assert client.open(str(image["src"])).status == 200
        check.submit()
        client.open(deliver()[0].link).submit()
        assert len(rows(app)["photo"]) == 1


def test_photos_added_after_sending_reach_the_case_too(garage, app, clock, client, deliver, upload):
    sent = requested(client)
    upload(page=client.open(f"{draft_of(sent)}/photos"))
    client.open(deliver()[0].link).submit()
    with app.app_context():
        assert db.session.scalars(select(Photo.case_id)).one() is not None
