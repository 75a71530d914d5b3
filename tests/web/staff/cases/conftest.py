"""Cases at the desk of Carrosserie Claes, in Aalst and Tilburg."""

from functools import partial

import pytest

from tests.conftest import BASE_URL
from tests.support import cases, desk, garages

LIST = "/staff/repairs/cases/"


@pytest.fixture(autouse=True)
def today(clock):
    clock.at("2026-11-25 09:00")
    return clock


@pytest.fixture
def repairs(app):
    return garages.apply(app, "repairs")


@pytest.fixture
def enter(app, repairs, clock):
    """`enter(number, plate=…)`: a case of Ann Peeters in Aalst, but for what is given."""

    def open_case(number, **given):
        return cases.enter(app, repairs, clock.now(), **({"number": number} | given))

    return open_case


@pytest.fixture
def at_desk(app, repairs):
    """`at_desk(role)`: a browser in which a new member of Claes is signed in."""
    return partial(desk.at_desk, app, BASE_URL, "repairs")


def numbers(page):
    """The cases on a page, in order."""
    return [cell.text for cell in page.soup.select("tbody td:nth-child(3) .number")]
