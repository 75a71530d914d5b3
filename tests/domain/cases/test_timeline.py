"""How far a repair is: the dates of its case, the settings of its garage, and nothing personal but the car."""

from dataclasses import fields
from datetime import date

import pytest

from portal.core.stages import Name
from portal.domain.cases import timeline
from portal.domain.cases.errors import CaseUnknown
from tests.journeys.workshop import document, set_up
from tests.support import cases

TODAY = date(2026, 11, 23)  # a Monday
PERSONAL = {"first_name", "last_name", "email", "phone", "street", "postcode", "city", "vin", "damage"}


@pytest.fixture
def known(app, repairs, clock):
    return cases.opened(app, repairs, clock.now(), location="aalst")


@pytest.fixture
def seen(known, context):
    """The stages as of TODAY; the garage may differ from its file."""

    def seen(today=TODAY, *, appointment_on=None, **garage):
        view = set_up(context, document("repairs") | garage)
        progress = timeline.progress(view.id, known.row.uid)
        return timeline.of(progress, view.locations[0], today, appointment_on=appointment_on)

    return seen


def days(line):
    return {stage.name.value: stage.on for stage in line.stages if stage.on}


def test_the_dates_of_the_case_are_its_stages(known, seen, clock):
    known.change(clock.now(), vehicle_in="2026-11-20", ready="2026-11-21", planned_end="2026-11-27")
    line = seen(appointment_on=date(2026, 11, 19))
    assert days(line) == {
        "appointment": date(2026, 11, 19),
        "vehicle_in": date(2026, 11, 20),
        "work_started": date(2026, 11, 21),
        "finished": date(2026, 11, 27),
    }
    assert (line.now, line.next) == (Name.WORK_STARTED, Name.FINISHED)
    assert line[Name.FINISHED].is_expected


@pytest.mark.parametrize(
    ("setting", "started"), [("ready", date(2026, 11, 21)), ("first_activity", date(2026, 11, 22))]
)
def test_the_work_starts_when_the_garage_says_so(known, seen, clock, setting, started):
    known.change(
        clock.now(), ready="2026-11-21", activities="Painting=2026-11-23|Bodywork=2026-11-22|Polishing"
    )
    assert seen(work_starts_when=setting)[Name.WORK_STARTED].on == started


def test_without_a_planned_end_the_job_takes_as_long_as_its_damage_flow_says(seen):
    assert seen(appointment_on=TODAY)[Name.FINISHED].on == date(2026, 11, 26)


def test_the_damage_flow_of_the_case_counts_and_a_job_of_hours_ends_the_same_day(known, seen, clock):
    known.change(clock.now(), damage_flow="spot")
    assert seen(appointment_on=TODAY)[Name.FINISHED].on == TODAY


def test_a_garage_without_damage_flows_promises_nothing(seen):
    garage = document("repairs")
    for location in garage["locations"]:
        location["repair"] = []
    line = seen(appointment_on=TODAY, damage_flows=[], locations=garage["locations"])
    assert line[Name.FINISHED].on is None


def test_weekends_holidays_and_closures_are_not_worked(seen):
    thursday = date(2026, 12, 24)  # then Christmas and a weekend
    assert seen(appointment_on=thursday)[Name.FINISHED].on == date(2026, 12, 30)
    locations = document("repairs")["locations"]
    locations[0]["closures"] = [{"first": "2026-12-28", "last": "2027-01-03"}]
    closed = seen(appointment_on=thursday, locations=locations)
    assert closed[Name.FINISHED].on == date(2027, 1, 6)


def test_an_exception_opens_a_holiday_and_closes_a_day(seen):
    locations = document("repairs")["locations"]
    locations[0]["repair"][0]["exceptions"] = [
        {"day": "2026-12-25", "open": ["08:00-10:00"]},
        {"day": "2026-12-28", "open": []},
    ]
    line = seen(appointment_on=date(2026, 12, 24), locations=locations)
    assert line[Name.FINISHED].on == date(2026, 12, 30)


def test_a_workshop_that_takes_cars_in_on_saturdays_works_on_them(seen):
    locations = document("repairs")["locations"]
    locations[0]["repair"][0]["hours"] = [{"days": "mon-sat", "open": ["08:00-10:00"]}]
    friday = date(2026, 11, 27)
    assert seen(appointment_on=friday)[Name.FINISHED].on == date(2026, 12, 2)
    assert seen(appointment_on=friday, locations=locations)[Name.FINISHED].on == date(2026, 12, 1)


def test_nothing_personal_is_read_but_the_car():
    assert not PERSONAL & {field.name for field in fields(timeline.Progress)}


def test_a_case_of_another_garage_or_of_nobody_is_unknown(context, known, group):
    for garage_id, uid in [(group.id, known.row.uid), (known.garage.id, "nothing"), (known.garage.id, "")]:
        with pytest.raises(CaseUnknown):
            timeline.progress(garage_id, uid)
        with pytest.raises(CaseUnknown):
            timeline.changed(garage_id, uid)


def test_it_is_known_when_the_case_last_changed(app, known, clock):
    def changed():
        with app.app_context():
            return timeline.changed(known.garage.id, known.row.uid)

    opened_at, place = changed()
    known.change(clock.forward(minutes=5), vehicle_in="2026-11-23")
    assert (opened_at, place) == (clock.forward(minutes=-5), known.garage.locations[0].id)
    assert changed() == (clock.forward(minutes=5), place)
