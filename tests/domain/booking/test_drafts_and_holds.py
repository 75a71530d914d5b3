"""A draft lives for a day, a hold for half an hour; who asks in the last minutes of the day loses nothing."""

import pytest

from portal.adapters.images import Picture
from portal.domain.booking import links, queries, service
from portal.domain.drafts import queries as draft_queries
from portal.domain.drafts import service as drafts
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.service import Answered
from portal.domain.photos import queries as photos_of
from portal.domain.photos import service as photos
from portal.wiring import wired
from tests.domain.booking.given import NOW, TEN, after, ask, draft, opens, renewed, row, states

pytestmark = pytest.mark.usefixtures("context")

NEARLY_OVER = NOW - drafts.DRAFT_LIFE + (after(10) - NOW)


def draft_with_a_photo(began):
    mine = draft(began)
    photos.add(
        wired().storage,
        Picture(4, 3, b"large", b"thumb"),
        draft_id=mine,
        label="other",
        name="a",
        client_key="1",
        now=began,
    )
    return mine


def housekeeping(now):
    photos.forget_expired(wired().storage, now)
    drafts.forget_expired(now)


def test_photos_are_still_there_when_the_draft_ends_before_its_hold():
    opens()
    uid = ask(draft_id=draft_with_a_photo(NEARLY_OVER))
    housekeeping(after(11))
    service.confirm(uid, 1, after(12))
    assert len(photos_of.of_case(row(uid).case_id)) == 1


def test_photos_are_still_there_when_a_late_click_asks_once_more():
    opens()
    late = ask(draft_id=draft_with_a_photo(NEARLY_OVER))
    links.start_link(late, NOW)
    again = renewed(late, after(16))
    housekeeping(after(17))
    service.confirm(again, 1, after(18))
    assert len(photos_of.of_case(row(again).case_id)) == 1


def test_a_draft_that_became_a_booking_takes_no_more_answers_but_is_still_found():
    opens()
    mine = draft()
    uid = ask(draft_id=mine)
    garage_id, name = row(uid).garage_id, queries.appointment(uid).draft_uid
    service.confirm(uid, 1, NOW)
    with pytest.raises(DraftUnknown):
        drafts.save(name, garage_id=garage_id, answers={"car": Answered({}, True)}, now=NOW)
    assert draft_queries.find(garage_id, name, NOW).id == mine


def test_a_request_lets_the_day_of_its_draft_begin_anew():
    opens()
    uid = ask(now=after(60))
    found = draft_queries.find(row(uid).garage_id, queries.appointment(uid).draft_uid, NOW)
    assert found.expires_at == after(60) + drafts.DRAFT_LIFE


def test_nothing_is_asked_for_from_a_draft_that_is_gone():
    opens()
    mine = draft()
    drafts.forget_expired(NOW + drafts.DRAFT_LIFE)
    with pytest.raises(DraftUnknown):
        ask(draft_id=mine)
    assert states() == []


def test_an_old_link_leads_to_what_its_draft_asked_for_since():
    opens()
    mine = draft()
    old = ask(draft_id=mine)
    assert queries.successor(old, NOW) is None
    new = ask(draft_id=mine, minute=TEN)
    assert queries.successor(old, NOW).uid == new and queries.successor(new, NOW) is None
    assert queries.successor(old, after(30)) is None  # that one has run out too
    service.confirm(new, 1, NOW)
    assert queries.successor(old, after(60)).uid == new


def test_a_request_without_a_draft_has_no_successor():
    opens(places=2)
    first, second = ask(), ask()
    drafts.forget_expired(NOW + drafts.DRAFT_LIFE)
    assert row(first).draft_id is row(second).draft_id is None
    assert queries.successor(first, NOW) is None
