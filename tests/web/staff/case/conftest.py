"""A case of Claes, and members who open it."""

from functools import partial

import pytest

from tests.support import claes


@pytest.fixture
def known(app, clock):
    """The case of a Golf in Aalst."""
    return claes.case(app, clock)


@pytest.fixture
def desk(app, known):
    """`desk(role)`: a browser in which a new member of Claes is signed in."""
    return partial(claes.sit_down, app)


@pytest.fixture
def address(known):
    return f"/staff/repairs/cases/{known.number}/"
