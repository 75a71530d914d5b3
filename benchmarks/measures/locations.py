"""The timeslot page of a garage with many locations and a long past, while several people look at once (A12)."""

from collections.abc import Iterator

from benchmarks import client, seeds
from benchmarks.results import Result, at_most
from benchmarks.rounds import MILLI, Effort, at_once, p95
from benchmarks.servers import IN_EARNEST
from benchmarks.sites import site

BOTH = True
LOCATIONS, BOOKINGS = 40, 100_000
PEOPLE = 8
WARM = 50


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    with site(kind) as ours:
        garage = ours.garage(locations=LOCATIONS)
        seeds.past(ours.database, garage, effort.of(BOOKINGS))
        seeds.present(ours.database, garage)
        chosen = [place.slug for place in garage.locations]
        drafts = seeds.drafts(ours.database, garage, [None] * LOCATIONS, at=chosen)
        ours.database.settle()
        pages = [f"/{garage.slug}/assessment/{draft}/timeslot" for draft in drafts]
        with ours.serve(*IN_EARNEST) as server:

            def look(number: int) -> float:
                return client.get(server.port, pages[number % LOCATIONS]).seconds * MILLI

            at_once(look, list(range(WARM)), PEOPLE)
            waits = at_once(look, list(range(effort.times * effort.rounds)), PEOPLE)
    what = f"timeslot page, {LOCATIONS} locations, {effort.of(BOOKINGS):,} bookings, {PEOPLE} people: p95"
    yield Result(what, p95(waits), "ms", must=at_most(200), database=kind)
