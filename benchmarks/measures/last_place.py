"""Two hundred people press the button for one place at the same moment, again and again."""

from collections import Counter
from collections.abc import Iterator
from threading import Barrier

from benchmarks import client, seeds
from benchmarks.client import Answer
from benchmarks.results import Result, at_most, exactly
from benchmarks.rounds import Effort, at_once
from benchmarks.servers import IN_EARNEST
from benchmarks.sites import site

BOTH = True
PEOPLE, TIMES = 200, 20
SOLD, TAKEN = 303, 409


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    times = effort.of(TIMES)
    slowest, sold = [], Counter[int]()
    with site(kind) as ours, ours.serve(*IN_EARNEST) as server:
        garage = ours.garage()
        for number, place in enumerate(seeds.places(seeds.QUIET, times * seeds.PLACES)[:: seeds.PLACES]):
            seeds.bookings(ours.database, garage, [place] * (seeds.PLACES - 1))
            first_id = seeds.FIRST_ID + number * PEOPLE
            drafts = seeds.drafts(ours.database, garage, [place] * PEOPLE, first_id)
            together = Barrier(PEOPLE)

            def press(draft: str, together: Barrier = together) -> Answer:
                together.wait()
                return client.post(server.port, f"/bench/assessment/{draft}/check", expect=None)

            answers = at_once(press, drafts, PEOPLE)
            slowest.append(max(answer.seconds for answer in answers))
            sold.update(answer.status for answer in answers)
            seeds.let_go(ours.database)  # many holds at once are what abuse looks like
    others = sum(sold.values()) - sold[SOLD] - sold[TAKEN]
    yield Result(
        f"{PEOPLE} people after one place, {times} times: places given away",
        sold[SOLD],
        "",
        must=exactly(times),
        database=kind,
    )
    yield Result(
        f"{PEOPLE} people after one place: answers that were neither yes nor no",
        others,
        "",
        must=exactly(0),
        database=kind,
    )
    yield Result(
        f"{PEOPLE} people after one place: the last one answered",
        max(slowest),
        "s",
        goal=at_most(1),
        database=kind,
    )
