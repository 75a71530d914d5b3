"""A request at Garage Peeters, and the letters about it."""

import pytest

from portal.db import db
from portal.domain.booking import queries
from tests.support import bookings


@pytest.fixture
def ask(context, garage, clock):
    """Requests an assessment for Tuesday 1 December 2026, 09:00; its uid."""

    def ask(**given):
        day = clock.now().date().replace(month=12, day=1)
        return bookings.request(garage, clock.now(), **({"day": day} | given))

    return ask


@pytest.fixture
def seen():
    """The appointment as the database has it now."""

    def seen(uid):
        db.session.rollback()
        return queries.appointment(uid)

    return seen
