"""Five stages out of the dates of a case, whatever is missing or out of order."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core.stages import Facts, Name, end_of_job, timeline

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
DAYS = ("appointment_on", "vehicle_in_on", "ready_on", "finished_on", "collected_on")


def weekdays(day):
    return day.weekday() < 5


def told(*, today=MONDAY, work_starts_when="ready", is_worked=weekdays, **facts):
    return timeline(Facts(**facts), work_starts_when=work_starts_when, is_worked=is_worked, today=today)


def done(line):
    return [stage.name.value for stage in line.stages if stage.done]


def test_nothing_known_is_nothing_done_and_an_appointment_comes_next():
    line = told()
    assert (done(line), line.now, line.next) == ([], None, Name.APPOINTMENT)
    assert [stage.on for stage in line.stages] == [None] * 5


@pytest.mark.parametrize("today", [MONDAY, FRIDAY])
def test_an_appointment_is_now_until_its_day_is_over(today):
    line = told(today=today, appointment_on=FRIDAY, appointment_minute=540)
    assert (done(line), line.now, line.next) == ([], Name.APPOINTMENT, Name.VEHICLE_IN)
    stage = line[Name.APPOINTMENT]
    assert (stage.on, stage.minute, stage.is_expected) == (FRIDAY, 540, True)


def test_an_appointment_that_passed_is_done_though_no_car_came():
    line = told(today=FRIDAY, appointment_on=MONDAY)
    assert (done(line), line.now, line.next) == (["appointment"], Name.APPOINTMENT, Name.VEHICLE_IN)
    assert not line[Name.APPOINTMENT].is_expected


def test_a_car_that_did_not_come_is_not_expected_to_be_finished():
    missed = {"today": FRIDAY, "appointment_on": MONDAY, "job_days": 9}
    assert told(**missed)[Name.FINISHED].on is None
    assert told(**missed, ready_on=FRIDAY)[Name.FINISHED].on is not None
    assert told(**missed, planned_end_on=FRIDAY)[Name.FINISHED].on == FRIDAY  # the garage says so itself


def test_each_date_that_is_known_brings_the_car_one_stage_on():
    facts = {}
    for number, name in enumerate(DAYS):
        facts[name] = MONDAY + timedelta(days=number)
        line = told(today=MONDAY + timedelta(days=10), **facts)
        assert len(done(line)) == number + 1
        assert line.now == list(Name)[number]
        assert line.next == (list(Name)[number + 1] if number < 4 else None)
        assert [stage.on for stage in line.stages if stage.done] == list(facts.values())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"collected_on": MONDAY}, 5),
        ({"finished_on": MONDAY}, 4),
        ({"ready_on": MONDAY}, 3),
        ({"vehicle_in_on": MONDAY}, 2),
        ({"appointment_on": MONDAY, "collected_on": MONDAY}, 5),
    ],
)
def test_what_happened_later_implies_what_comes_before(facts, expected):
    line = told(**facts)
    assert len(done(line)) == expected
    gaps = [stage for stage in line.stages if stage.done and stage.on is None]
    assert len(gaps) == expected - len(facts)


def test_a_day_to_come_is_a_plan_and_nothing_that_happened():
    line = told(vehicle_in_on=FRIDAY, ready_on=FRIDAY, finished_on=FRIDAY, collected_on=FRIDAY)
    assert done(line) == []
    assert all(stage.is_expected for stage in line.stages[1:])


def test_a_day_after_that_of_a_later_stage_is_not_told():
    line = told(today=FRIDAY, vehicle_in_on=FRIDAY, ready_on=MONDAY, finished_on=MONDAY)
    assert [stage.on for stage in line.stages] == [None, None, MONDAY, MONDAY, None]
    assert line.now == Name.FINISHED


def test_a_car_that_came_before_its_appointment_keeps_the_appointment():
    line = told(appointment_on=FRIDAY, vehicle_in_on=MONDAY)
    assert (line[Name.APPOINTMENT].on, line.now) == (FRIDAY, Name.VEHICLE_IN)


@pytest.mark.parametrize(
    ("setting", "facts", "started"),
    [
        ("ready", {"ready_on": MONDAY}, MONDAY),
        ("ready", {"first_activity_on": MONDAY}, None),
        ("first_activity", {"first_activity_on": MONDAY}, MONDAY),
        ("first_activity", {"ready_on": MONDAY}, None),
        ("ready", {"ready_on": MONDAY, "first_activity_on": FRIDAY}, MONDAY),
        ("first_activity", {"ready_on": MONDAY, "first_activity_on": FRIDAY}, FRIDAY),
    ],
)
def test_the_garage_says_what_the_start_of_the_work_is(setting, facts, started):
    line = told(today=FRIDAY, work_starts_when=setting, **facts)
    assert line[Name.WORK_STARTED].on == started
    assert line[Name.WORK_STARTED].done == bool(started)


@pytest.mark.parametrize("today", [MONDAY, FRIDAY, FRIDAY + timedelta(days=30)])
def test_the_planned_end_is_expected_until_the_car_is_really_finished(today):
    planned = told(today=today, vehicle_in_on=MONDAY, planned_end_on=FRIDAY)[Name.FINISHED]
    assert (planned.on, planned.is_expected) == (FRIDAY, True)


def test_the_day_the_car_was_finished_wins_over_the_plan():
    tuesday = MONDAY + timedelta(days=1)
    finished = told(today=tuesday, planned_end_on=FRIDAY, finished_on=tuesday)[Name.FINISHED]
    assert (finished.on, finished.is_expected) == (tuesday, False)


def test_collected_without_finished_does_not_turn_the_plan_into_a_fact():
    line = told(planned_end_on=FRIDAY, collected_on=MONDAY)
    assert (line[Name.FINISHED].done, line[Name.FINISHED].on) == (True, None)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (MONDAY, 0, MONDAY),
        (MONDAY, 1, date(2026, 11, 24)),
        (MONDAY, 3, date(2026, 11, 26)),
        (MONDAY, 5, date(2026, 11, 30)),
        (FRIDAY, 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
    ],
)
def test_a_job_ends_so_many_worked_days_after_it_begins(start, days, end):
    assert end_of_job(start, days, weekdays) == end
    assert told(appointment_on=start, job_days=days)[Name.FINISHED].on == end


def test_days_on_which_nobody_works_do_not_count():
    closed = {date(2026, 11, 24), date(2026, 11, 25)}
    assert end_of_job(MONDAY, 1, lambda day: weekdays(day) and day not in closed) == date(2026, 11, 26)


def test_a_workshop_that_never_works_expects_nothing():
    assert end_of_job(MONDAY, 1, lambda _: False) is None
    assert end_of_job(date.max, 1, weekdays) is None
    assert end_of_job(MONDAY, 365, weekdays) is not None


def test_the_job_begins_when_the_car_is_there_if_it_came_late_or_without_appointment():
    tuesday = MONDAY + timedelta(days=1)
    late = told(today=tuesday, appointment_on=MONDAY, vehicle_in_on=tuesday, job_days=1)
    without = told(today=tuesday, vehicle_in_on=tuesday, job_days=1)
    assert late[Name.FINISHED].on == without[Name.FINISHED].on == tuesday + timedelta(days=1)


@pytest.mark.parametrize(
    "facts", [{"job_days": 3}, {"appointment_on": MONDAY}, {"planned_end_on": FRIDAY, "job_days": 9}]
)
def test_an_end_is_worked_out_only_from_a_start_and_a_length_where_no_end_was_planned(facts):
    assert told(**facts)[Name.FINISHED].on == facts.get("planned_end_on")


def test_every_mix_of_known_and_unknown_is_in_order():
    days = (None, MONDAY - timedelta(days=3), MONDAY, FRIDAY)
    for values in product(days, repeat=len(DAYS)):
        is_in_order(told(**dict(zip(DAYS, values, strict=True))))


@given(
    some.fixed_dictionaries(
        {}, optional={name: some.dates() for name in (*DAYS, "planned_end_on", "first_activity_on")}
    ),
    some.dates(),
    some.sampled_from(["ready", "first_activity"]),
    some.none() | some.integers(0, 365),
)
def test_whatever_the_dates_the_stages_are_in_order(facts, today, setting, job_days):
    is_in_order(told(today=today, work_starts_when=setting, job_days=job_days, **facts))


def is_in_order(line):
    flags = [stage.done for stage in line.stages]
    assert flags == sorted(flags, reverse=True)
    told = [stage.on for stage in line.stages[1:] if stage.done and stage.on]
    assert told == sorted(told)
    names = list(Name)
    if line.now is None:
        assert not any(flags) and line.next == Name.APPOINTMENT
    else:
        assert names.index(line.now) == max(sum(flags), 1) - 1
        assert line.next == (names[names.index(line.now) + 1] if line.now != Name.COLLECTED else None)
