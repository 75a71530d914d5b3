"""What counts as taken: live holds and bookings, of this place, these days, this work; and nothing else."""

from datetime import timedelta

import pytest

from portal.db import transaction
from portal.domain.booking import links, load, offers, service
from portal.domain.garage.offerings import assessments
from tests.domain.booking.given import DAY, NINE, NOW, TEN, after, ask, document, draft, opens, row, set_up

pytestmark = pytest.mark.usefixtures("context")


def live(place, now=NOW, day=DAY):
    return load.live(assessments(place), day, day, now)


def test_holds_and_bookings_count_until_they_run_out_or_are_let_go():
    place = opens(places=9)
    mine = draft()
    ask(draft_id=mine)
    ask(draft_id=mine, minute=TEN)  # lets the first go
    service.confirm(ask(), 1, NOW)
    links.start_link(ask(), NOW)
    nine, ten = (NINE, NINE + 30), (TEN, TEN + 30)
    assert live(place).spans == {DAY: ((*nine, 2), (*ten, 1))} and live(place).days == {DAY: 3}
    assert live(place, after(15)).spans == {DAY: ((*nine, 1), (*ten, 1))}
    assert live(place, after(30)).spans == {DAY: ((*nine, 1),)}
    assert load.booked(assessments(place), DAY).spans == {DAY: ((*nine, 1),)}


def test_other_days_and_other_places_do_not_count():
    garage = document()
    garage["locations"].append({**garage["locations"][0], "slug": "tienen", "name": "Peeters Tienen"})
    leuven, tienen = set_up(garage).locations
    ask()
    assert live(leuven).days == {DAY: 1}
    assert live(leuven, day=DAY + timedelta(days=1)).days == {}
    assert live(tienen).days == {}


def test_other_work_counts_for_the_day_but_not_for_the_timeslot():
    place = opens()
    uid = ask()
    with transaction() as session:
        session.merge(row(uid)).flow = "repair"
    assert live(place).spans == {} and live(place).days == {DAY: 1}
    ask()
    opens(place={"day_limit": 2})
    assert offers.why_not(assessments(place), NOW, DAY, TEN) is None
    assert offers.why_not(assessments(opens(place={"day_limit": 2})), NOW, DAY, TEN) == "day_full"
