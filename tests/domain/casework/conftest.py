"""A case of Claes in Aalst."""

import pytest

from tests.support import claes


@pytest.fixture
def known(app, clock):
    return claes.case(app, clock)


@pytest.fixture
def another(app, clock, known):
    """A second case of the same car."""
    return claes.case(app, clock, number="GA-7", damage="Hail.", phone="")
