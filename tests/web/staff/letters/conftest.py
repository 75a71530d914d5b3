"""The desk of Carrosserie Claes, which assesses and repairs, and a case there."""

from functools import partial

import pytest

from tests.conftest import BASE_URL
from tests.journeys.workshop import document, set_up
from tests.support import cases, desk

ROOM = "/staff/repairs/letters/"


@pytest.fixture
def claes(app, clock):
    return set_up(app, document("repairs"))


@pytest.fixture
def at_claes(app, claes):
    """`at_claes(role)`: a browser in which a new member of Claes is signed in."""
    return partial(desk.at_desk, app, BASE_URL, "repairs")


@pytest.fixture
def known(app, claes, clock):
    """A case in Aalst."""
    return cases.opened(app, claes, clock.now(), location="aalst")


@pytest.fixture
def look():
    """`look(page, words=…)`: the mail in its preview, once "Show" was pressed."""

    def look(page, **answers):
        form = next(form for form in page._forms() if "words" in form.fields())
        address, _, data = form.sent("Show", answers, {})
        return page.visitor.raw(address, data=data)

    return look
