"""Two cases are made one while somebody moves or cancels an appointment of one of them."""

import pytest

from portal.domain.booking import changes, records
from portal.domain.casework import merging
from tests.support import claes
from tests.support.claes import TUESDAY, WIM
from tests.support.tabs import Halfway, Tab

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def booked(app, known, another, clock):
    return claes.book(app, another, clock)


@pytest.fixture
def merging_them(app, known, another, clock):
    return Tab(
        app, lambda: merging.merge(claes.reach(), known.number, another.number, by=WIM, now=clock.now())
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda uid, now: changes.move(uid, TUESDAY, 8 * 60 + 30, now),
        lambda uid, now: changes.cancel(uid, "", now),
    ],
)
def test_whoever_changes_an_appointment_meanwhile_is_not_told_to_try_again(
    app, booked, merging_them, clock, monkeypatch, change
):
    changing = Tab(app, lambda: change(booked, clock.now()))
    Halfway(monkeypatch, records, "of_booking").meet(changing, merging_them)
    assert changing.error is None and merging_them.error is None
