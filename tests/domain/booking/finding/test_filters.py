"""Which cases a filter leaves."""

from datetime import UTC, date, datetime

import pytest

from portal.core.stages import Name as Stage
from portal.domain.booking.finding import queries
from portal.domain.booking.finding.search import Coming, Search
from portal.domain.booking.models import State
from portal.domain.cases import timeline
from portal.domain.cases.queries import by_number
from portal.domain.garage import queries as garages
from portal.domain.garage.reach import Reach
from tests.domain.booking.finding.conftest import NOW, Cases
from tests.journeys.workshop import change

STAGES = {
    "new": (Stage.APPOINTMENT, {}),
    "soon": (Stage.APPOINTMENT, {"vehicle_in": "2026-11-26"}),
    "in": (Stage.VEHICLE_IN, {"vehicle_in": "2026-11-25"}),
    "waits": (Stage.VEHICLE_IN, {"vehicle_in": "2026-11-24", "ready": "2026-11-27"}),
    "works": (Stage.WORK_STARTED, {"ready": "2026-11-25"}),
    "done": (Stage.FINISHED, {"vehicle_in": "2026-11-20", "finished": "2026-11-24"}),
    "gone": (Stage.COLLECTED, {"collected": "2026-11-25"}),
}


@pytest.fixture
def cases(claes):
    for number, (_, days) in STAGES.items():
        claes.enter(number, **days)
    return claes


@pytest.mark.parametrize("stage", Stage)
def test_where_the_car_is(cases, stage):
    expected = {number for number, (at, _) in STAGES.items() if at == stage}
    assert set(cases.find(stage=stage)) == expected


def test_every_line_says_the_stage_by_which_it_is_found(cases):
    lines = queries.find(cases.reach, Search(), NOW).lines
    assert {line.number: line.stage for line in lines} == {name: at for name, (at, _) in STAGES.items()}


def test_the_stage_of_a_list_is_that_of_the_status_page(cases):
    for line in queries.find(cases.reach, Search(), NOW).lines:
        uid = by_number(cases.garage.id, line.number).case.uid
        stages = timeline.of(timeline.progress(cases.garage.id, uid), line.place, date(2026, 11, 25))
        assert (stages.now or Stage.APPOINTMENT) == line.stage, line.number


def test_work_may_begin_with_the_first_activity(app, repairs):
    change(app, "repairs", work_starts_when="first_activity")
    with app.app_context():
        garage = garages.find("repairs")
        claes = Cases(garage, Reach(garage, garage.locations))
        claes.enter("ready", ready="2026-11-20", vehicle_in="2026-11-20")
        claes.enter("painted", vehicle_in="2026-11-20", activities="Painting=2026-11-25 | Polishing")
        assert claes.find(stage=Stage.WORK_STARTED) == ["painted"]
        assert claes.find(stage=Stage.VEHICLE_IN) == ["ready"]
        lines = queries.find(claes.reach, Search("painted"), NOW).lines
        assert [line.stage for line in lines] == [Stage.WORK_STARTED]


def test_a_damage_flow_and_the_default_one_with_all_that_name_none(claes):
    claes.enter("none")
    claes.enter("classic", damage_flow="classic")
    claes.enter("spot", damage_flow="spot")
    assert claes.find(damage_flow="classic") == ["classic", "none"]
    assert claes.find(damage_flow="spot") == ["spot"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Coming.TODAY, {"today", "was"}),
        (Coming.TOMORROW, {"tomorrow"}),
        (Coming.THIS_WEEK, {"was", "today", "tomorrow", "sunday", "monday"}),
        (Coming.NEXT_WEEK, {"next"}),
        (Coming.ANY, {"today", "tomorrow", "sunday", "next"}),
        (Coming.NONE, {"without", "was", "monday", "cancelled"}),
    ],
)
def test_when_the_appointment_is(claes, days, asked, found):
    for number, ahead, minute in (
        ("was", 0, 480),
        ("today", 0, 840),
        ("tomorrow", 1, 540),
        ("monday", -2, 540),
        ("sunday", 4, 540),
        ("next", 5, 540),
    ):
        claes.enter(number)
        claes.appoint(number, days(ahead), minute=minute)
    claes.enter("without")
    claes.enter("cancelled")
    claes.appoint("cancelled", days(0), state=State.CANCELLED)
    assert set(claes.find(appointment=asked)) == found


def test_a_day_of_creation_is_a_day_at_the_garage(claes):
    claes.enter("late", now=datetime(2026, 11, 24, 22, 59, tzinfo=UTC))
    claes.enter("early", now=datetime(2026, 11, 24, 23, 1, tzinfo=UTC))  # the 25th in Aalst
    assert claes.find(created_from=date(2026, 11, 25)) == ["early"]
    assert claes.find(created_to=date(2026, 11, 24)) == ["late"]
    assert claes.find(created_from=date(2026, 11, 24), created_to=date(2026, 11, 25)) == ["early", "late"]


def test_filters_and_words_hold_together(cases):
    place = cases.garage.by_slug("aalst")
    asked = {"location": place, "damage_flow": "classic", "appointment": Coming.NONE}
    assert cases.find("in", stage=Stage.VEHICLE_IN, **asked) == ["in"]
    assert cases.find("gone", stage=Stage.VEHICLE_IN, **asked) == []


def test_cars_with_a_plate_that_were_not_collected(claes):
    claes.enter("old", plate="1-ABC-234", collected="2026-11-20")
    claes.enter("open", plate="1 abc 234")
    claes.enter("there", plate="1ABC234", location="tilburg")
    assert queries.open_with_plate(claes.reach, "1-abc.234", NOW) == ["there", "open"]
    aalst = Reach(claes.garage, (claes.garage.by_slug("aalst"),), whole=False)
    assert queries.open_with_plate(aalst, "1ABC234", NOW) == ["open"]
