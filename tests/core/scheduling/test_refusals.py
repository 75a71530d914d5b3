"""Of several rules the first one asked answers; a day tells the one that came furthest."""

from datetime import timedelta

from portal.core.scheduling import Load, Refusal, offer

from .given import ELEVEN, MONDAY, NINE, NOON, TEN, a_schedule, at, every_day, load_of


def test_the_rules_are_asked_in_this_order() -> None:
    assert list(Refusal) == [
        "closed",
        "closed_that_day",
        "public_holiday",
        "outside_hours",
        "between_slots",
        "clock_change",
        "past",
        "too_soon",
        "too_far",
        "day_full",
        "work_day_full",
        "slot_full",
    ]


def test_a_day_whose_morning_is_gone_and_whose_rest_is_full_is_full() -> None:
    load = load_of({(MONDAY, TEN, NOON): 1})
    (today,) = offer(a_schedule(), load, at("2026-11-23T08:30:00+00:00"), MONDAY, MONDAY)
    assert today.refusal is Refusal.SLOT_FULL


def test_a_day_whose_last_slot_is_within_the_notice_is_too_soon() -> None:
    schedule = a_schedule(notice=timedelta(hours=4))
    (today,) = offer(schedule, Load(), at("2026-11-23T08:30:00+00:00"), MONDAY, MONDAY)
    assert today.refusal is Refusal.TOO_SOON


def test_a_day_that_is_over_is_past() -> None:
    (today,) = offer(a_schedule(), Load(), at("2026-11-23T18:00:00+00:00"), MONDAY, MONDAY)
    assert (today.slots, today.free, today.capacity, today.refusal) == (0, 0, 3, Refusal.PAST)


def test_a_day_with_anything_to_book_gives_no_reason() -> None:
    load = load_of({(MONDAY, NINE, ELEVEN): 1})
    (today,) = offer(a_schedule(windows=every_day()), load, at("2026-11-23T08:30:00+00:00"), MONDAY, MONDAY)
    assert (today.slots, today.free, today.refusal) == (1, 1, None)
