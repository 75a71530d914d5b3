"""Requests and bookings at Garage Peeters and, for repairs, at Carrosserie Claes, and the letters about them."""

import pytest

from portal.db import db
from portal.domain.booking import queries, service
from tests.support import bookings, every_letter


@pytest.fixture
def ask(context, garage, clock):
    """Requests an assessment for Tuesday 1 December 2026, 09:00; its uid."""

    def ask(**given):
        day = clock.now().date().replace(month=12, day=1)
        return bookings.request(garage, clock.now(), **({"day": day} | given))

    return ask


@pytest.fixture
def book(ask, deliver, clock):
    """Books an assessment for Tuesday 1 December 2026, 09:00, its letters still to leave; its uid."""

    def book(**given):
        uid = ask(**given)
        deliver()
        service.confirm(uid, 1, clock.now())
        return uid

    return book


@pytest.fixture
def claes(app, context):
    """Carrosserie Claes, which speaks English first."""
    return every_letter.workshop(app, "en")


@pytest.fixture
def case(claes, clock):
    """The number of a case there whose repair is not booked."""
    return every_letter.case(claes, clock.now())


@pytest.fixture
def book_repair(claes, case, deliver, clock):
    """Books its repair for Tuesday 1 December 2026, 08:00, its letters still to leave; its uid."""

    def book(**given):
        given = {"day": every_letter.DAY} | given
        uid = bookings.request_repair(claes, case, clock.now(), **given)
        deliver()
        service.confirm(uid, 1, clock.now())
        return uid

    return book


@pytest.fixture
def seen():
    """The appointment as the database has it now."""

    def seen(uid):
        db.session.rollback()
        return queries.appointment(uid)

    return seen
