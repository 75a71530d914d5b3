"""Every test of the outbox runs on each database."""

import pytest

from tests.support import post_office


@pytest.fixture
def office(database):
    with post_office.post_office(database.url) as app:
        yield app


@pytest.fixture
def writer():
    return post_office.PlainWriter()


@pytest.fixture
def clock():
    return post_office.Clock()
