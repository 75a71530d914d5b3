"""The photos of a case in the hands of the desk: files and rows never part."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal.adapters import images
from portal.adapters.images import Picture
from portal.adapters.storage import StorageUnavailable
from portal.domain.casework import photos
from portal.domain.photos import queries
from portal.domain.photos.errors import PhotoUnknown, TooManyPhotos
from portal.wiring import wired
from tests.support import claes
from tests.support.claes import PICTURE, WIM

TURNED = Picture(width=3, height=4, large=b"turned", thumb=b"small")


@pytest.fixture(autouse=True)
def inside(context, known):
    return known


@pytest.fixture
def turning(monkeypatch):
    """Turning makes TURNED, whatever there was."""
    monkeypatch.setattr(images, "turn", lambda data, clockwise: TURNED)


def add(known, clock, how_many=1):
    pictures = [(f"{number}.jpg", PICTURE) for number in range(how_many)]
    photos.add(wired().storage, claes.reach(), known.number, pictures, label="other", by=WIM, now=clock.now())


def turn(known, clock, uid):
    reach = claes.reach()
    return photos.turn(wired().storage, reach, known.number, uid, clockwise=True, by=WIM, now=clock.now())


def stored(settings):
    folder = Path(urlsplit(settings.storage_url).path, "photos")
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def of_case(known):
    return [photo.uid for photo in queries.of_case(known.row.id)]


def test_beyond_the_most_nothing_is_kept(known, clock, settings, monkeypatch):
    monkeypatch.setattr(photos, "MAX_PHOTOS", 2)
    add(known, clock)
    with pytest.raises(TooManyPhotos):
        add(known, clock, 2)
    assert stored(settings) == set(of_case(known)) and len(of_case(known)) == 1


def test_a_turned_photo_has_new_files_and_the_old_ones_are_gone(known, clock, settings, turning):
    add(known, clock)
    (old,) = of_case(known)
    new = turn(known, clock, old)
    assert of_case(known) == [new] and stored(settings) == {new}
    (photo,) = queries.of_case(known.row.id)
    assert (photo.width, photo.height) == (3, 4)


def test_who_turns_what_was_turned_already_leaves_nothing_behind(known, clock, settings, turning):
    add(known, clock)
    (old,) = of_case(known)
    new = turn(known, clock, old)
    with pytest.raises(PhotoUnknown):
        turn(known, clock, old)
    assert stored(settings) == {new}


def test_a_store_that_is_full_changes_nothing(known, clock, settings, turning, monkeypatch):
    add(known, clock)
    (old,) = of_case(known)

    def full(key, data):
        raise StorageUnavailable

    monkeypatch.setattr(wired().storage, "put", full)
    for change in (lambda: add(known, clock), lambda: turn(known, clock, old)):
        with pytest.raises(StorageUnavailable):
            change()
    assert of_case(known) == [old] and stored(settings) == {old}
