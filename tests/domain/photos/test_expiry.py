"""Photos of a draft go with it; photos of a case stay."""

from datetime import timedelta

import pytest

from portal.domain.drafts import service as drafts
from portal.domain.photos import queries, service
from portal.wiring import wired
from tests.domain.photos.given import add, draft, files, files_of_rows, move_to_case, now


@pytest.fixture
def mine(garage, context):
    return draft(garage.id)


def forget(moment):
    return service.forget_expired(wired().storage, moment)


def test_photos_of_a_live_draft_stay(mine):
    add(mine)
    assert forget(now() + timedelta(hours=23)) == 0
    assert len(queries.of_draft(mine)) == 1 and files() == files_of_rows() != set()


def test_photos_go_when_the_time_of_their_draft_is_over_rows_and_files(mine):
    add(mine, "1")
    add(mine, "2")
    assert forget(now() + drafts.DRAFT_LIFE) == 2
    assert queries.of_draft(mine) == [] and files() == set()
    assert forget(now() + drafts.DRAFT_LIFE) == 0


def test_photos_of_a_case_outlive_their_draft(mine, garage):
    uid = add(mine)
    case_id = move_to_case(mine, garage)
    later = now() + drafts.DRAFT_LIFE * 400
    assert forget(later) == 0
    assert drafts.forget_expired(later) == 1
    assert [photo.uid for photo in queries.of_case(case_id)] == [uid]
    assert files() == set(service.keys(uid))


def test_a_draft_with_photos_can_be_deleted_once_they_are_gone(mine):
    add(mine)
    later = now() + drafts.DRAFT_LIFE
    forget(later)
    assert drafts.forget_expired(later) == 1
