"""The timeslot page: against ROW, against the length of its history, against the length of its horizon."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from statistics import median

from benchmarks import client, seeds
from benchmarks.results import Result, at_least, at_most
from benchmarks.rounds import Effort, cpu_ms, in_turn, ratio
from benchmarks.servers import Server
from benchmarks.sites import Site, site

BOTH = True
FEW, MANY, MOST = 1_000, 100_000, 1_000_000
SHORT, LONG = 14, 90


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    with ExitStack() as stack:
        turns = {}
        for bookings in (FEW, MANY, MOST):
            behind = stack.enter_context(site(kind))
            path = _page(behind, 60, effort.of(bookings))
            server = stack.enter_context(behind.serve())
            turns[f"{bookings:,}"] = _turn(server, path, effort)
        row = stack.enter_context(behind.serve_row())
        turns["row"] = _turn(row, "/", effort)
        found = in_turn(turns, effort.rounds)
        horizons = {days: _turn(server, _page(behind, days), effort) for days in (SHORT, LONG)}
        by_horizon = in_turn({str(days): turn for days, turn in horizons.items()}, effort.rounds)
    for bookings in (FEW, MANY, MOST):
        ours = found[f"{bookings:,}"]
        yield Result(
            f"timeslot page, {effort.of(bookings):,} bookings behind: CPU, ROW against it",
            median(ours),
            "ms",
            median(found["row"]),
            ratio(found["row"], ours),
            at_least(0.35),
            at_least(0.5),
            kind,
        )
    yield _flat(
        f"timeslot page: CPU at {effort.of(MOST):,} against {effort.of(FEW):,}",
        found,
        MOST,
        FEW,
        1.25,
        1.1,
        kind,
    )
    yield _flat(
        f"timeslot page: CPU at {LONG} days of horizon against {SHORT}",
        by_horizon,
        LONG,
        SHORT,
        2.5,
        1.8,
        kind,
    )


def _page(behind: Site, horizon_days: int, past: int = 0) -> str:
    garage = behind.garage(horizon_days)
    if past:
        seeds.past(behind.database, garage, past)
    seeds.present(behind.database, garage)
    [draft] = seeds.drafts(behind.database, garage, [None], seeds.FIRST_ID + horizon_days)
    behind.database.settle()
    return f"/{garage.slug}/assessment/{draft}/timeslot"


def _turn(server: Server, path: str, effort: Effort) -> partial[float]:
    return partial(cpu_ms, server, partial(client.get, server.port, path), effort.times)


def _flat(
    what: str, found: dict[str, list[float]], more: int, less: int, must: float, goal: float, kind: str
) -> Result:
    ours, yardstick = found[f"{more:,}"], found[f"{less:,}"]
    grown = ratio(ours, yardstick)
    return Result(what, median(ours), "ms", median(yardstick), grown, at_most(must), at_most(goal), kind)
