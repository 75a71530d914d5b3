"""Photos of a draft: added, removed, counted, and handed over to the case."""

import pytest

from portal.adapters.images import Picture
from portal.domain.photos import queries, service
from portal.domain.photos.errors import PhotoUnknown, TooManyPhotos
from portal.wiring import wired
from tests.domain.photos.given import add, album, draft, files, files_of_rows, move_to_case
from tests.support.racers import together


@pytest.fixture
def mine(garage, context):
    return draft(garage.id)


@pytest.fixture
def another(garage, context):
    return draft(garage.id, "another")


def test_a_photo_is_two_files_and_a_row(mine):
    uid = add(mine, "key", picture=Picture(2048, 1536, b"big", b"small"), label="plate", name="IMG_1.HEIC")
    photo = queries.one_of_draft(mine, uid)
    assert (photo.width, photo.height, photo.label, photo.name) == (2048, 1536, "plate", "IMG_1.HEIC")
    large, thumb = service.keys(uid)
    assert (wired().storage.get(large), wired().storage.get(thumb)) == (b"big", b"small")
    assert files() == {large, thumb}


def test_photos_are_listed_in_the_order_they_came(mine):
    uids = [add(mine, str(number)) for number in range(5)]
    assert [photo.uid for photo in album(mine)] == uids


def test_the_same_upload_sent_again_is_the_same_photo(mine):
    first = add(mine, "key")
    assert add(mine, "key", name="other.jpg") == first
    assert len(album(mine)) == 1 and files() == set(service.keys(first))


def test_the_same_upload_sent_ten_times_at_once_is_stored_once(app, mine):
    found = together(app, [lambda: add(mine, "key")] * 10)
    assert len(set(found)) == 1 and isinstance(found[0], str)
    assert len(album(mine)) == 1
    assert files() == files_of_rows() == set(service.keys(found[0]))


def test_the_same_key_from_two_drafts_is_two_photos(mine, another):
    assert add(mine, "key") != add(another, "key")


def test_a_draft_takes_twenty_photos(mine, another):
    for number in range(20):
        add(mine, str(number))
    with pytest.raises(TooManyPhotos):
        add(mine, "one more")
    assert len(album(mine)) == 20 and files() == files_of_rows()
    assert add(mine, "3") == album(mine)[3].uid  # the answer to its upload was lost on the way
    add(another)


def test_thirty_uploads_at_once_are_twenty_photos(app, mine):
    found = together(app, [lambda key=key: add(mine, str(key)) for key in range(30)])
    assert sum(isinstance(each, TooManyPhotos) for each in found) == 10
    assert len(album(mine)) == 20
    assert files() == files_of_rows()


def test_a_removed_photo_makes_room_and_leaves_no_file(mine):
    uids = [add(mine, str(number)) for number in range(20)]
    service.remove(wired().storage, draft_id=mine, uid=uids[7])
    service.remove(wired().storage, draft_id=mine, uid=uids[7])
    assert files() == files_of_rows() and not files() & set(service.keys(uids[7]))
    add(mine, "another one")


def test_nobody_removes_or_sees_a_photo_of_another_draft(mine, another):
    uid = add(mine)
    service.remove(wired().storage, draft_id=another, uid=uid)
    with pytest.raises(PhotoUnknown):
        queries.one_of_draft(another, uid)
    assert files() == set(service.keys(uid)) and queries.one_of_draft(mine, uid)


@pytest.mark.parametrize("uid", ["nobody", "..", "../logos"])
def test_removing_what_is_no_photo_touches_nothing(mine, uid):
    kept = [*service.keys(add(mine)), "logos/large.jpg", "large.jpg"]
    for key in kept[2:]:
        wired().storage.put(key, b"no photo")
    service.remove(wired().storage, draft_id=mine, uid=uid)
    for key in kept:
        wired().storage.get(key)


def test_photos_go_to_the_case_in_their_order_and_leave_the_draft(mine, another, garage):
    uids = [add(mine, str(number)) for number in range(3)]
    stays = add(another)
    case_id = move_to_case(mine, garage)
    assert [photo.uid for photo in queries.of_case(case_id)] == uids
    assert album(mine) == []
    assert [photo.uid for photo in album(another)] == [stays]


def test_a_photo_of_a_case_is_neither_seen_nor_removed_by_its_old_draft(mine, garage):
    uid = add(mine)
    move_to_case(mine, garage)
    service.remove(wired().storage, draft_id=mine, uid=uid)
    assert files() == files_of_rows() == set(service.keys(uid))
    with pytest.raises(PhotoUnknown):
        queries.one_of_draft(mine, uid)
