"""A02: two pending requests never become two bookings of one place, nor two cases of one person."""

from contextlib import suppress
from datetime import timedelta

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import links, service
from portal.domain.booking.errors import AlreadyBooked, Late, NoPlace
from tests.domain.booking.given import NINE, NOW, after, ask, booked, cases, opens, renewed, row

pytestmark = pytest.mark.usefixtures("context")


def test_a02_a_place_is_free_the_moment_its_hold_runs_out_without_any_job():
    opens()
    links.start_link(ask(), NOW)
    with pytest.raises(NoPlace):
        ask(now=after(15) - timedelta(microseconds=1))
    service.confirm(ask(now=after(15)), 1, after(16))
    assert booked() == 1


def test_a02_who_presses_late_does_not_take_the_place_of_the_next():
    opens()
    first = ask()
    links.start_link(first, NOW)
    second = ask(now=after(20))
    with pytest.raises(Late):
        service.confirm(first, 1, after(21))
    service.confirm(second, 1, after(22))
    with pytest.raises(Late):
        service.confirm(first, 1, after(23))
    assert (row(second).state, booked(), cases()) == ("booked", 1, 1)


def test_a02_a_letter_that_leaves_once_more_does_not_wake_a_hold_that_ran_out():
    opens()
    first = ask()
    links.start_link(first, NOW)  # and the worker dies before it notes that the mail left
    second = ask(now=after(16))
    with pytest.raises(Late):
        links.start_link(first, after(17))  # by the worker that takes over
    with pytest.raises(Late):
        service.confirm(first, 1, after(18))
    service.confirm(second, 1, after(19))
    assert row(second).state == "booked"


def test_a02_a_letter_that_is_deferred_does_not_wake_a_hold_that_ran_out():
    opens()
    first = ask()
    links.start_link(first, NOW)
    second = ask(now=after(16))
    links.stop_link(first, after(17))
    with pytest.raises(Late):
        service.confirm(first, 1, after(18))
    service.confirm(second, 1, after(19))
    assert row(second).state == "booked"


def test_a02_a_request_and_its_renewal_never_become_two_cases():
    opens(places=2)
    first = ask()
    links.start_link(first, NOW)
    second = renewed(first, after(16))
    with suppress(Late):
        links.start_link(first, after(17))  # its letter leaves once more
    service.confirm(second, 1, after(18))
    with pytest.raises((Late, AlreadyBooked)):
        service.confirm(first, 1, after(19))
    assert (booked(), cases()) == (1, 1)


def test_a02_a_press_that_waited_behind_its_own_renewal_makes_no_second_case():
    opens(places=2)
    first = ask()
    links.start_link(first, NOW)
    second = renewed(first, after(15))  # in another tab, while the press waits with the moment it was made at
    for uid, moment in ((first, after(14.9)), (second, after(16))):
        with suppress(Late, AlreadyBooked):
            service.confirm(uid, 1, moment)
    assert (booked(), cases()) == (1, 1)


def test_a02_a_longer_timeslot_is_not_sold_over_a_held_shorter_one():
    opens()
    ask(minute=NINE + 30)
    opens(slot_minutes=60)
    with pytest.raises(NoPlace) as refused:
        ask(minute=NINE)
    assert refused.value.refusal == Refusal.SLOT_FULL


def test_a02_two_holds_left_over_from_more_places_become_one_booking():
    opens(places=2)
    first, second = ask(), ask()
    opens(places=1)
    service.confirm(second, 1, NOW)
    with pytest.raises(NoPlace) as refused:
        service.confirm(first, 1, NOW)
    assert refused.value.refusal == Refusal.SLOT_FULL
    assert (booked(), cases()) == (1, 1)
