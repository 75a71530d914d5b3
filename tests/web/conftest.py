"""Visitors read English unless a test says otherwise."""

import pytest

from tests.support.visitor import Visitor
from tests.web import world


@pytest.fixture
def client(client):
    client.headers["Accept-Language"] = "en"
    return client


@pytest.fixture
def another(app, client):
    """A further visitor, in a browser of their own."""
    visitor = Visitor(app, client.base_url)
    visitor.headers["Accept-Language"] = "en"
    return visitor


@pytest.fixture
def portal(app, client, clock, deliver):
    """A portal in the middle of its day, see `World`."""
    return world.build(app, client, clock, deliver)
