"""Visitors of the journeys read English unless a test says otherwise."""

import pytest

from tests.support.visitor import Visitor


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
def about(sent, client, deliver):
    """The mail about what was booked, for a module whose `sent` was asked for."""
    client.open(deliver()[0].link).submit()
    [mail] = deliver()
    return mail
