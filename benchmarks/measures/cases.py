"""The pages about a case among 100,000: look-up, status and what an open status page asks, the times for a repair."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from benchmarks import client, seeds
from benchmarks.processes import HOME
from benchmarks.results import Bar, Result, at_least
from benchmarks.rounds import MILLI, Effort, cpu_ms, in_turn, ratio
from benchmarks.sites import site

BOTH = True
CASES = 100_000
LOOK_UP = "look-up, known case", "look-up, unknown case"
STATE = "status: an open page asks, nothing is new"
BARS = {
    LOOK_UP[0]: (at_least(0.6), at_least(0.85)),
    LOOK_UP[1]: (at_least(0.6), at_least(0.85)),
    "status page": (at_least(0.6), at_least(0.85)),
    STATE: (at_least(0.6), at_least(0.85)),
    "times for a repair": (at_least(0.35), at_least(0.5)),
}
OPEN_PAGES, AN_HOUR = 100_000, 3600


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    with site(kind) as ours:
        garage = ours.garage()
        uids = seeds.cases(ours.database, garage, effort.of(CASES))
        seeds.present(ours.database, garage, "repair", "classic")
        draft = seeds.repair_draft(ours.database, garage, seeds.FIRST_ID)
        ours.database.settle()
        status = ours.status(uids[len(uids) // 2])
        with ours.serve() as server, ours.serve_row() as row:
            same = re.search(rb'data-version="(\w+)"', client.get(server.port, status).body)
            assert same, "the status page says which version it is"
            not_new = f'If-None-Match: "{same[1].decode()}"'
            known, unknown = (
                {"plate": plate, "number": seeds.case_number(7)} for plate in (seeds.plate(7), seeds.plate(8))
            )
            asks: dict[str, Callable[[], object]] = {
                LOOK_UP[0]: lambda: client.post(server.port, "/bench/status/", **known),
                LOOK_UP[1]: lambda: client.post(server.port, "/bench/status/", expect=422, **unknown),
                "status page": lambda: client.get(server.port, status),
                STATE: lambda: client.get(server.port, f"{status}/state", 304, not_new),
                "times for a repair": lambda: client.get(server.port, f"/bench/repair/{draft}/timeslot"),
            }
            turns = {name: partial(cpu_ms, server, ask, effort.times) for name, ask in asks.items()}
            turns["row"] = partial(cpu_ms, row, partial(client.get, row.port, "/"), effort.times)
            found = in_turn(turns, effort.rounds)
    for what, bars in BARS.items():
        yield _against_row(f"{what}: CPU, ROW against it", found[what], found["row"], bars, kind)
    known_ms, unknown_ms = (found[name] for name in LOOK_UP)
    yield Result(
        "look-up: CPU of an unknown case against a known one",
        median(unknown_ms),
        "ms",
        median(known_ms),
        ratio(unknown_ms, known_ms),
        database=kind,
    )
    busy = OPEN_PAGES * _asks_an_hour() * median(found[STATE]) / MILLI
    yield Result(f"{OPEN_PAGES:,} status pages open for their first hour: CPU", busy, "s", database=kind)


def _against_row(what: str, ours: list[float], row: list[float], bars: tuple[Bar, Bar], kind: str) -> Result:
    return Result(what, median(ours), "ms", median(row), ratio(row, ours), *bars, kind)


def _asks_an_hour() -> int:
    """How often a page that stays in sight asks in its first hour, by the pauses of its script."""
    script = (HOME / "static/js/status.js").read_text(encoding="utf-8")
    pauses = {name: float(value) for name, value in re.findall(r"const (\w+) = ([\d.]+);", script)}
    asks, pause, passed = 0, pauses["SOON"], pauses["SOON"]
    while passed <= AN_HOUR * MILLI:
        asks += 1
        pause = min(pause * pauses["SLOWER"], pauses["LATEST"])
        passed += pause
    return asks
