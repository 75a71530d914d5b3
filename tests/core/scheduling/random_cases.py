"""Random schedules near clock changes, sound and unsound, with load on and off the grid."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from portal.core.scheduling import Closure, DayException, Load, Schedule, Window

from .given import load_of

# A zone and a day on which, or next to which, its clock does something.
PLACES_IN_TIME = [
    ("Europe/Brussels", date(2027, 3, 28)),
    ("Europe/Brussels", date(2027, 10, 31)),
    ("Europe/Brussels", date(2026, 11, 24)),
    ("America/Los_Angeles", date(2027, 3, 14)),
    ("America/Los_Angeles", date(2027, 11, 7)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 17)),
    ("Africa/Cairo", date(2027, 4, 30)),
    ("America/Havana", date(2026, 11, 1)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Kathmandu", date(2026, 12, 31)),
]


@dataclass(frozen=True)
class Case:
    schedule: Schedule
    load: Load
    now: datetime
    days: tuple[date, ...]


def random_case(random: Random) -> Case:
    """A schedule, its load, a present moment, and nine days worth asking about."""
    zone, middle = random.choice(PLACES_IN_TIME)
    days = tuple(middle + timedelta(days=offset) for offset in range(-4, 5))
    schedule = Schedule(
        zone=zone,
        windows=tuple(a_window(random, days) for _ in range(random.randint(0, 16))),
        exceptions=tuple(an_exception(random, days) for _ in range(random.choice([0, 0, 1, 3]))),
        closures=tuple(a_closure(random, days) for _ in range(random.choice([0, 0, 0, 1]))),
        holidays=frozenset(random.choice(days) for _ in range(random.choice([0, 0, 1, 2]))),
        notice=timedelta(minutes=random.choice([0, 0, 0, 60, 90, 1440, 3000])),
        horizon_days=random.choice([0, 3, 7, 7, 60, 60]),
        day_limit=random.choice([None, None, None, 0, 1, 3, 5, 20]),
        work_day_limit=random.choice([None] * 14 + [0, 2, 5, 20]),
    )
    now = datetime.combine(random.choice(days[:5]), time(), UTC)
    now += timedelta(seconds=random.choice([random.randint(-9, 90_000), 1800 * random.randrange(48)]))
    return Case(schedule, a_load(random, days), now, days)


def a_window(random: Random, days: tuple[date, ...]) -> Window:
    start = random.choice([0, 30, 60, 90, 120, 480, 540, 780, 1320])
    length = random.choice([30, 60, 90, 180, 240, 1440])
    end = start + length if random.random() < 0.1 else min(1440, start + length)
    slot_minutes = random.choice([15, 20, 30, 30, 45, 50, 60, 60, 120, 200])
    places = random.choice([1, 1, 2, 3, 5])
    if random.random() < 0.05:
        end, slot_minutes, places = random.choice([(start, 30, 1), (end, 0, 1), (end, -5, 1), (end, 30, 0)])
    valid_from = random.choice([None, None, None, None, random.choice(days)])
    valid_until = random.choice([None, None, None, None, random.choice(days)])
    return Window(random.randint(0, 6), start, end, slot_minutes, places, valid_from, valid_until)


def an_exception(random: Random, days: tuple[date, ...]) -> DayException:
    windows = tuple(a_window(random, days) for _ in range(random.choice([0, 1, 1, 2])))
    return DayException(random.choice(days), windows)


def a_closure(random: Random, days: tuple[date, ...]) -> Closure:
    first = random.choice(days)
    return Closure(first, first + timedelta(days=random.randint(-1, 2)))


def a_load(random: Random, days: tuple[date, ...]) -> Load:
    slots = {}
    for _ in range(random.choice([0, 0, 5, 40, 200])):
        start = random.choice([random.randrange(1440), 30 * random.randrange(20)])
        slots[random.choice(days), start, start + random.choice([15, 30, 60, 120])] = random.randint(1, 3)
    counted = {random.choice(days): random.randint(0, 6) for _ in range(random.choice([0, 0, 4]))}
    return load_of(slots, counted)
