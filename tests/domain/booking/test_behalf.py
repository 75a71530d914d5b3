"""Booked at the desk on behalf of a customer: at once, under the same lock and the same capacity."""

from datetime import timedelta

import pytest

from portal.core.scheduling import Refusal
from portal.db import db
from portal.domain.audit import queries as audit
from portal.domain.audit.service import Actor
from portal.domain.booking import behalf, changes, queries, rows, service
from portal.domain.booking.errors import AlreadyBooked, NoPlace, NotBookable, TooLate
from portal.domain.booking.models import State
from portal.domain.cases import queries as cases
from portal.domain.cases import service as service_of_cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.garage.reach import Reach
from tests.domain.booking import claes
from tests.domain.booking.given import DAY, NINE, NOW, TEN, after, row
from tests.support.racers import together

WIM = Actor("Wim")

pytestmark = pytest.mark.usefixtures("context")


def reach(*slugs):
    garage = claes.garage()
    return Reach(garage, tuple(each for each in garage.locations if not slugs or each.slug in slugs))


def book(case_id, flow="repair", minute=NINE, **more):
    number = cases.by_id(case_id).case.number
    return behalf.book(more.pop("within", reach()), number, flow, day=DAY, minute=minute, by=WIM, now=NOW)


def test_it_is_booked_at_once_and_takes_the_place():
    claes.opens()
    uid = book(case := claes.case())
    assert queries.appointment(uid).is_booked
    assert NINE not in claes.free(claes.offering(case))
    (event,) = cases.history(case)[1:]
    assert (event.what, event.actor) == ("booked", "garage")
    entry, _opened = audit.of_subject(claes.garage().id, "case", subject=cases.by_id(case).case.number)
    assert (entry.who, entry.what) == ("Wim", "booked")


def test_a_case_that_goes_to_another_location_this_moment_is_booked_where_its_times_were_seen(monkeypatch):
    claes.opens()
    lock, case, locked = rows.place_lock, claes.case(), []

    def goes(location_id, day):
        service_of_cases.update(claes.garage(), cases.by_id(case).case.number, {"location": "tilburg"}, NOW)
        locked.append(location_id)
        return lock(location_id, day)

    monkeypatch.setattr(rows, "place_lock", goes)
    assert [row(book(case)).location_id] == locked


def test_the_limits_of_customers_do_not_bind_the_desk():
    claes.opens(limits={"per_address": 1, "per_phone": 1, "per_plate": 1})
    case = claes.case()
    book(case)
    book(case, "assessment")
    book(case, "assessment", TEN)


def test_the_notice_that_customers_give_does_not_bind_the_desk():
    claes.opens(classic={"notice_minutes": 14 * 24 * 60})
    case = claes.case()
    with pytest.raises(NoPlace) as asked:
        claes.ask(case)
    uid = book(case)
    changes.move(uid, DAY, TEN, NOW, by=WIM)
    with pytest.raises(NoPlace) as moved:
        changes.move(uid, DAY, NINE, NOW)
    assert asked.value.refusal == moved.value.refusal == Refusal.TOO_SOON
    assert queries.appointment(uid).start_minute == TEN


def test_what_began_is_not_given_away_at_the_desk_either():
    claes.opens(classic={"places": 2})
    later = queries.appointment(book(claes.case())).starts_at + timedelta(minutes=1)
    number = cases.by_id(claes.case()).case.number
    with pytest.raises(NoPlace) as no:
        behalf.book(reach(), number, "repair", day=DAY, minute=NINE, by=WIM, now=later)
    assert no.value.refusal == Refusal.PAST
    behalf.book(reach(), number, "repair", day=DAY, minute=TEN, by=WIM, now=later)


def test_a_hold_that_lives_is_load():
    claes.opens()
    claes.ask(claes.case())
    with pytest.raises(NoPlace) as no:
        book(claes.case())
    assert no.value.refusal == Refusal.SLOT_FULL


def test_a_case_has_one_coming_repair():
    claes.opens()
    case = claes.case()
    uid = claes.book(case)
    with pytest.raises(AlreadyBooked) as booked:
        book(case, minute=TEN)
    assert booked.value.uid == uid


@pytest.mark.parametrize("flow", ["assessment", "repair"])
def test_pressing_twice_books_once(flow):
    claes.opens()
    case = claes.case()
    uid = book(case, flow)
    assert book(case, flow) == uid
    assert [each.uid for each in queries.of_case(case)] == [uid]


def test_a_request_that_waits_is_refused_once_the_desk_booked():
    claes.opens()
    case = claes.case()
    asked = claes.ask(case)
    book(case, minute=TEN)
    with pytest.raises(AlreadyBooked):
        service.confirm(asked, 1, NOW)


def test_a_car_that_is_here_and_a_case_out_of_reach_are_refused():
    claes.opens()
    case = claes.case(vehicle_in="2026-11-20")
    with pytest.raises(NotBookable):
        book(case)
    with pytest.raises(CaseUnknown):
        book(claes.case(), within=reach("tilburg"))


def test_many_desks_at_once_give_one_place_away_once(app):
    claes.opens()
    everybody = [claes.case() for _ in range(6)]
    found = together(app, [lambda case=case: book(case) for case in everybody])
    assert sum(isinstance(each, str) for each in found) == 1
    assert sum(isinstance(each, NoPlace) for each in found) == 5


def test_the_desk_moves_and_cancels_until_the_appointment_begins():
    claes.opens()
    uid = claes.book()
    starts_at = row(uid).starts_at
    changes.move(uid, DAY, TEN, after(60 * 24 * 7), by=WIM)
    assert row(uid).start_minute == TEN
    with pytest.raises(TooLate):
        changes.cancel(uid, "", row(uid).starts_at, by=WIM)
    changes.cancel(uid, "", starts_at, by=WIM, tell=False)
    db.session.rollback()
    assert row(uid).state == State.CANCELLED


def test_a_confirmation_at_the_desk_keeps_every_guard_and_who_gave_it():
    claes.opens()
    uid = claes.assess()
    service.confirm(uid, 1, NOW, by=WIM)
    (event,) = cases.history(row(uid).case_id)
    assert event.detail["requested"] is True and event.actor == "garage"
    number = cases.by_id(row(uid).case_id).case.number
    (entry,) = audit.of_subject(claes.garage().id, "case", subject=number)
    assert (entry.who, entry.what) == ("Wim", "booked")
