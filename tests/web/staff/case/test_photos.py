"""The photos of a case at the desk."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from portal.domain.team.rights import Role
from tests.files.pictures import file, four_corners
from tests.support import claes

PHOTO = file(four_corners(60, 40), "JPEG")


@pytest.fixture
def album(desk, address):
    """The page of the case after a photo was added."""
    page = desk().open(address)
    return page.submit("Add these photos", files={"photos": [("car.jpg", PHOTO)]}, label="overview")


def photo_page(album):
    return album.click("Photo 1: Whole car")


def picture(page, which="large"):
    source = page.soup.select_one("figure img")["src"]
    return page.visitor.open(source.replace("large", which))


def test_a_photo_is_added_shown_and_noted(album):
    assert "1 photo added" in album.text
    page = photo_page(album)
    assert page.status == 200 and page.heading.startswith("Whole car")
    for which in ("large", "small"):
        shown = picture(page, which)
        assert shown.headers["Cache-Control"].startswith("private")
        assert shown.headers["Content-Type"] == "image/jpeg"


def test_a_photo_is_turned_and_has_another_address(album):
    before = photo_page(album)
    after = before.submit("Turn right")
    assert after.status == 200 and after.url != before.url
    image = Image.open(BytesIO(picture(after).data))
    assert image.size == (40, 60)
    red, green, blue = image.getpixel((35, 5))  # what was on the left is on top
    assert red > 200 and green < 60 and blue < 60
    assert before.visitor.open(before.url).status == 404


def test_a_photo_that_does_not_belong_here_is_removed_for_ever(album):
    page = photo_page(album)
    source = page.soup.select_one("figure img")["src"]
    page = page.submit("Remove for ever")
    assert "No photos yet" in page.text and "A photo removed" in page.text
    assert page.visitor.open(source).status == 404


def test_all_photos_come_in_one_file_with_names_that_say_what_they_are(album, known):
    album = album.submit("Add these photos", files={"photos": [("b.png", file(four_corners(), "PNG"))]})
    archive = album.click("Download all")
    names = ZipFile(BytesIO(archive.data)).namelist()
    assert names == [f"1ABC234-{known.number}-01-overview.jpg", f"1ABC234-{known.number}-02-other.jpg"]
    assert f"1ABC234-{known.number}.zip" in archive.headers["Content-Disposition"]
    assert ZipFile(BytesIO(archive.data)).testzip() is None


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Choose at least one photo."),
        ([("car.jpg", PHOTO), ("note.txt", b"hello")], "note.txt is not a photo we can read."),
    ],
)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(desk, address, files, sentence):
    page = desk().open(address).submit("Add these photos", files={"photos": files})
    assert page.status == 422 and page.errors[0].startswith(sentence)
    assert "No photos yet" in page.text


def test_the_photo_of_another_case_is_not_there(desk, address, app, clock, album):
    other = claes.case(app, clock, plate="1-AAA-111")
    uid = photo_page(album).path.split("/")[-2]
    ann = desk(name="ann")
    for part in ("", "large.jpg", "small.jpg"):
        assert ann.open(f"/staff/repairs/cases/{other.number}/photos/{uid}/{part}").status == 404
    assert ann.open(f"/staff/repairs/cases/{other.number}/photos.zip").status == 404
    data = {"csrf_token": ann.token()}
    turn = f"/staff/repairs/cases/{other.number}/photos/{uid}/turn"
    assert ann.open(turn, method="POST", data=data, Referer=claes.URL).status == 404


def test_a_viewer_looks_at_photos_and_changes_none(desk, album, known):
    page = desk(Role.VIEWER).open(photo_page(album).url)
    assert page.status == 200 and picture(page).status == 200
    assert not page.soup.select("main button")
