"""The desk of garage Peeters and of the group Maes."""

from functools import partial

import pytest

from tests.conftest import BASE_URL
from tests.support import desk


@pytest.fixture
def at_desk(app, garage):
    """`at_desk(role)`: a browser in which a new member of Peeters is signed in."""
    return partial(desk.at_desk, app, BASE_URL, "peeters")


@pytest.fixture
def at_group_desk(app, group):
    """`at_group_desk(role)`: the same at Maes, which has four locations."""
    return partial(desk.at_desk, app, BASE_URL, "maes")
