"""The desk among 100,000 cases: what a search gives while somebody types, the list, and the pages one works on."""

from collections.abc import Iterator
from functools import partial
from statistics import median

from benchmarks import client, seeds
from benchmarks.results import Result, at_least
from benchmarks.rounds import MILLI, Effort, cpu_ms, in_turn, p95, ratio
from benchmarks.servers import Server
from benchmarks.sites import site

BOTH = True
CASES = 100_000
ROW = "row"
LIST = "/staff/bench/cases/"
PAGES = {
    "case search, one plate": f"{LIST}?q=1-b%20001234&part=results",
    "case search, a name of many": f"{LIST}?q=jans&part=results",
    "case search, two names": f"{LIST}?q=muller+jan&part=results",
    "case search, nobody": f"{LIST}?q=xyz&part=results",
    "list of cases, newest first": LIST,
    "list of cases, by name": f"{LIST}?sort=name",
}
WORK = {
    "today": "/staff/bench/",
    "one case": f"{LIST}26-001234/",
    "deliveries": "/staff/bench/deliveries/",
    "log": "/staff/bench/log/",
}


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    with site(kind) as ours:
        garage = ours.garage()
        seeds.cases(ours.database, garage, effort.of(CASES))
        seeds.present(ours.database, garage, "repair", "classic")
        ours.database.settle()
        cookie = f"Cookie: desk={ours.signed_in(garage)}"
        with ours.serve() as server, ours.serve_row() as row:
            waits: dict[str, list[float]] = {what: [] for what in (*PAGES, *WORK, ROW)}

            def turn(what: str, of: Server, page: str) -> float:
                def ask() -> None:
                    waits[what].append(client.get(of.port, page, 200, cookie).seconds * MILLI)

                return cpu_ms(of, ask, effort.times)

            turns = {what: partial(turn, what, server, page) for what, page in (PAGES | WORK).items()}
            turns[ROW] = partial(turn, ROW, row, "/")
            found = in_turn(turns, effort.rounds)
    for what in (*PAGES, *WORK):
        judged = what in PAGES
        yield Result(
            f"{what}: CPU, ROW against it",
            median(found[what]),
            "ms",
            median(found[ROW]),
            ratio(found[ROW], found[what]),
            at_least(0.35) if judged else None,
            at_least(0.5) if judged else None,
            kind,
        )
        slow, usual = p95(waits[what]), p95(waits[ROW])
        yield Result(f"{what}: p95, ROW against it", slow, "ms", usual, usual / slow, None, None, kind)
