"""The garage of the tests of this room."""

import pytest

from tests.support import garages


@pytest.fixture
def repairs(app):
    """Carrosserie Claes: Aalst and Tilburg, classic and spot repairs."""
    return garages.apply(app, "repairs")
