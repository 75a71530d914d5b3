"""A request that ran out is asked once more, nothing retyped; until what was typed is forgotten."""

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import links, queries, requests, service
from portal.domain.booking.errors import AlreadyBooked, Late, NoPlace, RequestUnknown
from portal.domain.drafts import service as drafts
from tests.domain.booking.given import (
    CONFIRMATION,
    NOW,
    TEN,
    after,
    ask,
    booked,
    cases,
    draft,
    letters,
    opens,
    renewed,
    row,
    states,
)
from tests.support.bookings import answers

pytestmark = pytest.mark.usefixtures("context")

A_DAY_LATER = NOW + drafts.DRAFT_LIFE


def test_a_late_click_ends_with_a_booking_without_retyping():
    opens()
    late = ask(email="ann@example.com", damage="Hail.")
    links.start_link(late, NOW)
    again = renewed(late, after(40))
    links.start_link(again, after(40))
    service.confirm(again, 1, after(41))
    told = queries.appointment(again)
    assert (told.email, told.plate, told.starts_at) == ("ann@example.com", "1-ABC-234", row(late).starts_at)
    assert (booked(), cases(), letters(CONFIRMATION)) == (1, 1, 2)


def test_a_mended_address_stays_mended_when_the_request_is_renewed():
    opens()
    uid = ask(email="jan@exmaple.com")
    links.send_again(uid, NOW, email="jan@example.com")
    assert row(renewed(uid, after(31))).email == "jan@example.com"


def test_renewing_twice_is_one_request():
    opens()
    uid = ask()
    assert renewed(uid, after(31)) == renewed(uid, after(32))
    assert letters(CONFIRMATION) == 2


def test_renewing_what_is_still_held_changes_nothing():
    opens()
    uid = ask()
    requests.renew(uid, after(5))
    assert (states(), letters(CONFIRMATION), row(uid).held_until) == (["held"], 1, after(30))


def test_a_place_that_went_to_another_is_not_renewed():
    opens()
    uid = ask()
    ask(now=after(30))
    with pytest.raises(NoPlace) as refused:
        requests.renew(uid, after(31))
    assert refused.value.refusal == Refusal.SLOT_FULL


def test_renewing_what_another_tab_has_booked_is_answered_with_the_booking():
    opens()
    uid = ask()
    again = renewed(uid, after(31))
    service.confirm(again, 1, after(32))
    for either in (uid, again):
        with pytest.raises(AlreadyBooked) as known:
            requests.renew(either, after(33))
        assert known.value.uid == again


def test_what_was_typed_into_requests_that_came_to_nothing_is_wiped_once_their_draft_is_gone():
    opens(places=3)
    mine = draft()
    released = ask(draft_id=mine)
    expired, done = ask(draft_id=mine, minute=TEN), ask()
    service.confirm(done, 1, NOW)
    assert requests.forget_requests(A_DAY_LATER) == 0
    drafts.forget_expired(A_DAY_LATER)
    assert requests.forget_requests(A_DAY_LATER) == 2
    for uid in (released, expired):
        assert (row(uid).answers, row(uid).email) == ({}, "")
    assert row(done).email == "jan@example.com" and queries.appointment(done).plate == "1-ABC-234"
    assert requests.forget_requests(A_DAY_LATER) == 0


def test_what_was_typed_is_kept_as_long_as_the_place_is_held():
    opens()
    uid = ask()
    drafts.forget_expired(A_DAY_LATER)
    assert requests.forget_requests(after(29)) == 0
    service.confirm(uid, 1, after(29))
    assert booked() == 1


def test_a_forgotten_request_still_says_that_it_is_over_and_is_not_renewed():
    opens()
    uid = ask()
    drafts.forget_expired(A_DAY_LATER)
    requests.forget_requests(A_DAY_LATER)
    told = queries.appointment(uid)
    assert (told.plate, told.email, told.waits(A_DAY_LATER)) == ("", "", False)
    with pytest.raises(Late):
        service.confirm(uid, 1, A_DAY_LATER)
    with pytest.raises(RequestUnknown):
        requests.renew(uid, A_DAY_LATER)


def test_a_request_whose_draft_is_gone_is_not_renewed_but_a_live_hold_is_confirmed():
    opens(places=2)
    gone, held = ask(now=NOW), ask(now=NOW)
    drafts.forget_expired(A_DAY_LATER)
    assert row(held).draft_id is None and queries.appointment(held).draft_uid is None
    with pytest.raises(RequestUnknown):
        requests.renew(gone, after(31))
    service.confirm(held, 1, after(5))
    assert booked() == 1
    assert row(held).email == answers(NOW).email
