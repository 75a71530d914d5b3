"""A23: the fifteen minutes begin when the mail server takes the letter, and the row alone knows when they end."""

from datetime import timedelta

import pytest

from portal.domain.booking import links, queries, service
from portal.domain.booking.errors import AlreadyBooked, Late
from tests.domain.booking.given import NOW, TEN, after, ask, booked, draft, opens, row

pytestmark = pytest.mark.usefixtures("context")

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("elapsed", ["00:00", "14:59", "14:59.999999"])
def test_a23_the_link_works_until_its_deadline(elapsed):
    opens()
    uid = ask()
    deadline = links.start_link(uid, after(2)).held_until
    assert deadline == after(17)
    service.confirm(uid, 1, after(2) + _of(elapsed))
    assert booked() == 1


@pytest.mark.parametrize("elapsed", ["15:00", "15:01", "29:00", "59:59"])
def test_a23_the_link_is_over_at_its_deadline(elapsed):
    opens()
    uid = ask()
    links.start_link(uid, after(2))
    with pytest.raises(Late):
        service.confirm(uid, 1, after(2) + _of(elapsed))
    assert booked() == 0


def test_a23_page_and_server_share_one_deadline():
    opens()
    uid = ask()
    deadline = links.start_link(uid, after(3)).held_until
    told = queries.appointment(uid)
    assert told.held_until == row(uid).held_until == deadline
    assert told.waits(deadline - MOMENT) and not told.waits(deadline)


def test_a23_a_place_is_never_kept_longer_than_half_an_hour_from_the_request():
    opens()
    uid = ask()
    assert links.start_link(uid, after(20)).held_until == after(30)
    with pytest.raises(Late):
        service.confirm(uid, 1, after(30))


def test_a23_a_letter_that_comes_after_half_an_hour_is_not_written():
    opens()
    uid = ask()
    for late in (30, 31, 600):
        with pytest.raises(Late):
            links.start_link(uid, after(late))
    assert row(uid).held_until == after(30)


def test_a23_the_next_attempt_of_the_mail_begins_the_fifteen_minutes_anew():
    opens()
    uid = ask()
    links.start_link(uid, after(1))
    links.stop_link(uid, after(1.5))
    assert row(uid).held_until == after(30)
    assert links.start_link(uid, after(8)).held_until == after(23)
    service.confirm(uid, 1, after(22.9))
    assert booked() == 1


def test_a23_a_letter_sent_again_brings_fifteen_new_minutes_within_the_half_hour():
    opens()
    uid = ask()
    links.start_link(uid, NOW)
    links.send_again(uid, after(10))
    assert links.start_link(uid, after(10)).held_until == after(25)
    links.send_again(uid, after(24))
    assert links.start_link(uid, after(24)).held_until == after(30)


def test_a23_a_letter_about_what_is_booked_or_let_go_is_not_written():
    opens()
    mine = draft()
    released = ask(draft_id=mine)
    kept = ask(draft_id=mine, minute=TEN)
    service.confirm(kept, 1, NOW)
    with pytest.raises(Late):
        links.start_link(released, NOW)
    with pytest.raises(AlreadyBooked):
        links.start_link(kept, NOW)


def test_a23_a_deferred_letter_about_what_is_booked_changes_nothing():
    opens()
    uid = ask()
    links.start_link(uid, NOW)
    service.confirm(uid, 1, after(1))
    before = row(uid).held_until
    links.stop_link(uid, after(2))
    assert (row(uid).state, row(uid).held_until) == ("booked", before)


def _of(elapsed: str) -> timedelta:
    minutes, seconds = elapsed.split(":")
    return timedelta(minutes=int(minutes), seconds=float(seconds))
