"""Garages with hours to plan, and appointments that stand in the way of plans."""

from functools import partial

import pytest

from tests.conftest import BASE_URL
from tests.journeys import workshop
from tests.support import desk, garages

MONDAY = "2026-11-30"  # the Monday after the one the clock stands at


@pytest.fixture
def open_mornings(app, clock):
    """Peeters, open every day from 09:00 to 12:00, two cars each half hour."""
    return workshop.opens(app, places=2)


@pytest.fixture
def taken(app, open_mornings, clock):
    """`taken("2026-12-01T09:00")`: a customer books that time at Peeters; the uid."""
    return lambda timeslot: workshop.somebody_takes(app, open_mornings, clock.now(), timeslot)


@pytest.fixture
def planner(app, open_mornings):
    """A planner at the desk of Peeters."""
    return desk.at_desk(app, BASE_URL, "peeters", desk.Role.PLANNER)


@pytest.fixture
def at_claes(app, clock):
    """`at_claes(role)`: a browser in which a new member of Claes is signed in, which repairs in two places."""
    garages.apply(app, "repairs")
    return partial(desk.at_desk, app, BASE_URL, "repairs")
