"""Retention times hold to the day, and tonight's list is what goes tonight."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from portal.db import db, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.service import Actor
from portal.domain.booking import requests, service
from portal.domain.booking.models import Booking
from portal.domain.cases import notes
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.garage.limits import Retention
from portal.domain.garage.reach import Reach
from portal.domain.mailing.models import Message
from portal.domain.privacy import retention
from portal.jobs import housekeeping
from portal.wiring import wired
from tests.journeys import workshop
from tests.support import bookings

KEPT = Retention(case_months=1, request_days=2, log_months=1)
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def garage(app):
    """Peeters, which keeps cases and log for a month and requests for two days."""
    return workshop.change(app, "peeters", retention=KEPT.model_dump())


def local(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS).astimezone(UTC)


def opened(garage, moment, **told):
    return cases.create(garage, {"plate": "1-ABC-234", "mail": "ann@example.com"} | told, local(moment))


def numbers(garage, moment, *, tonight=False):
    ask = retention.tonight if tonight else retention.due
    return [old.number for old in ask(garage, KEPT, local(moment)).cases]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day, months, later):
    assert retention.months_later(day, months) == later


def test_a48_a_case_is_kept_to_the_day(context, garage):
    number = opened(garage, "2027-01-15 23:59")
    assert numbers(garage, "2027-02-14 23:59") == []
    assert numbers(garage, "2027-02-15 00:00") == [number]
    assert numbers(garage, "2027-02-13 23:59", tonight=True) == []
    assert numbers(garage, "2027-02-14 00:00", tonight=True) == [number]


def test_a_case_of_the_end_of_a_month_waits_for_no_day_that_does_not_come(context, garage):
    number = opened(garage, "2027-01-31 12:00")
    assert numbers(garage, "2027-02-27 23:59") == []
    assert numbers(garage, "2027-02-28 00:00") == [number]


def test_the_night_before_the_clocks_change_is_one_night(context, garage):
    number = opened(garage, "2027-02-28 12:00")
    assert numbers(garage, "2027-03-27 23:30", tonight=True) == [number]
    opened(garage, "2027-03-01 12:00")
    assert numbers(garage, "2027-03-27 23:30", tonight=True) == [number]


def test_it_counts_from_whatever_happened_last(context, garage):
    collected = opened(garage, "2027-01-02 09:00", collected="2027-01-20")
    uid = bookings.request(garage, local("2027-01-04 09:00"), day=date(2027, 1, 25))
    service.confirm(uid, 1, local("2027-01-04 09:05"))
    visited = db.session.scalars(select(Case.number).where(Case.number != collected)).one()
    changed = opened(garage, "2027-01-02 09:00")
    cases.update(garage, changed, {"damage": "A scratch."}, local("2027-01-28 09:00"))
    assert numbers(garage, "2027-02-20 00:00") == [collected]
    assert numbers(garage, "2027-02-25 00:00") == [collected, visited]
    assert numbers(garage, "2027-02-28 00:00") == [collected, visited, changed]


def test_a_note_keeps_a_case_on(context, garage):
    number = opened(garage, "2026-10-01 09:00")
    reach = Reach(garage, garages.every_location(garage))
    notes.add(reach, number, "Called, waits for a part.", by=Actor("Wim"), now=local("2026-10-20 09:00"))
    assert numbers(garage, "2026-11-02 09:00") == []
    assert numbers(garage, "2026-11-20 09:00") == [number]


@pytest.mark.parametrize("keep", [True, False])
def test_a_customer_who_is_about_to_confirm_finds_the_case_still_there(context, garage, keep):
    number, asked_at = opened(garage, "2026-10-01 09:00"), local("2026-11-23 23:50")
    asked = {"day": date(2026, 12, 1), "keep": keep}
    bookings.request_for_case("assessment", garage, number, asked_at, **asked)
    assert numbers(garage, "2026-11-24 00:00") == []
    assert numbers(garage, "2026-11-24 00:30") == [number]


def test_a_request_that_nobody_confirmed_is_kept_to_the_day(context, garage):
    asked = local("2026-11-30 10:00")
    bookings.request(garage, asked, day=date(2026, 12, 2))
    for moment in ("2026-12-01 23:59", "2026-12-02 00:00"):
        drafts.forget_expired(local(moment))
        requests.forget_requests(local(moment))
        due = retention.due(garage, KEPT, local(moment)).requests
        assert len(due) == (moment == "2026-12-02 00:00")


def test_a_line_of_the_log_is_kept_to_the_day(context, garage):
    with transaction() as session:
        audit.record(
            session,
            Actor("Olga"),
            "changed",
            garage_id=garage.id,
            about="team",
            subject="ann",
            now=local("2027-01-15 23:59"),
        )
    assert len(retention.due(garage, KEPT, local("2027-02-14 23:59")).entries) == 0
    assert len(retention.due(garage, KEPT, local("2027-02-15 00:00")).entries) == 1


def test_what_tonight_shows_is_what_the_night_takes_and_no_more(app, garage, clock):
    with app.app_context():
        old = opened(garage, "2026-10-23 09:00", last_name="Old")
        opened(garage, "2026-10-24 09:00", last_name="Young")
        uid = bookings.request(garage, local("2026-10-23 09:00"), day=date(2026, 10, 26), last_name="Visitor")
        service.confirm(uid, 1, local("2026-10-23 09:05"))
        shown = retention.tonight(garage, KEPT, local("2026-11-22 22:00"))
        assert [each.number for each in shown.cases] == [old]
        clock.at("2026-11-23 00:17")
        housekeeping.tidy()
        assert set(db.session.scalars(select(Customer.last_name))) == {"Young", "Visitor"}
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.what != "opened")).all()
        assert (entry.who, entry.what, entry.after) == (
            "retention times",
            "removed",
            {"cases": 1, "entries": 1},
        )
        clock.at("2026-11-26 00:17")
        housekeeping.tidy()
        assert db.session.scalar(select(func.count()).select_from(Case)) == 0
        assert db.session.scalar(select(func.count()).select_from(Message)) == 0
        [place] = db.session.scalars(select(Booking)).all()
        assert (place.state, place.case_id, place.email) == ("booked", None, "")
        assert retention.enforce(wired().storage, clock.now() + timedelta(hours=1)) == {}


def test_another_garage_keeps_its_own_times(app, garage, group, clock):
    with app.app_context():
        told = {"plate": "1-ABC-234", "location": group.locations[0].slug}
        cases.create(group, told, local("2026-01-05 09:00"))
        clock.at("2026-11-23 00:17")
        housekeeping.tidy()
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1
