"""A confirm: case, booking and outbox rows in one durable commit, against the same work by hand.

Judged is the use case, as the yardstick knows no web server; the press of the button is told beside it.
"""

from collections.abc import Iterator
from contextlib import closing
from statistics import median

from benchmarks import client, seeds
from benchmarks.measures.raw_confirm import RawConfirm
from benchmarks.results import Result, at_least, at_most
from benchmarks.rounds import MILLI, Effort, at_once, cpu_ms, in_turn, own_cpu_ms, p99, ratio, wall_ms
from benchmarks.servers import IN_EARNEST
from benchmarks.sites import Site, site
from portal import clock
from portal.domain.booking import service as booking

BOTH = True
TIMES = 40
PEOPLE = 8


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    yield from _one_by_one(kind, effort)
    yield _eight_people(kind, effort)


def _one_by_one(kind: str, effort: Effort) -> Iterator[Result]:
    with site(kind) as ours, closing(ours.database.connect()) as connection, ours.serve() as server:
        requests = iter(_requests(ours, 5 * (effort.rounds + 1) * TIMES))
        raw = RawConfirm(kind, connection, ours.garage())

        def by_hand() -> None:
            raw.confirm(next(requests))

        def press() -> None:
            client.post(server.port, ours.confirmation(next(requests)))

        def service() -> None:
            with ours.app.app_context():
                booking.confirm(next(requests), 1, clock.now())

        by_clock = in_turn(
            {
                "press": lambda: wall_ms(press, TIMES),
                "service": lambda: wall_ms(service, TIMES),
                "raw": lambda: wall_ms(by_hand, TIMES),
            },
            effort.rounds,
        )
        by_cpu = in_turn(
            {"press": lambda: cpu_ms(server, press, TIMES), "raw": lambda: own_cpu_ms(by_hand, TIMES)},
            effort.rounds,
        )
    what = "confirm (case, booking, outbox rows, durable)"
    yield _against_raw(f"{what}: raw statements against it", by_clock, "service", kind, True)
    yield _against_raw(
        f"{what}: raw statements against the press of the button", by_clock, "press", kind, False
    )
    yield _against_raw(f"{what}: CPU, raw statements against the press", by_cpu, "press", kind, False)


def _against_raw(what: str, found: dict[str, list[float]], ours: str, kind: str, judged: bool) -> Result:
    return Result(
        what,
        median(found[ours]),
        "ms",
        median(found["raw"]),
        ratio(found["raw"], found[ours]),
        at_least(0.2) if judged else None,
        at_least(0.3) if judged else None,
        kind,
    )


def _eight_people(kind: str, effort: Effort) -> Result:
    with site(kind) as ours, ours.serve(*IN_EARNEST) as server:
        links = [ours.confirmation(uid) for uid in _requests(ours, effort.of(800))]
        waits = at_once(lambda link: client.post(server.port, link).seconds * MILLI, links, PEOPLE)
    return Result(f"confirm p99, {PEOPLE} clients at once", p99(waits), "ms", goal=at_most(50), database=kind)


def _requests(ours: Site, most: int) -> list[str]:
    return seeds.requests(ours.database, ours.garage(), seeds.places(seeds.STARTS, most))
