"""A request: the draft becomes a hold with its outbox row; and the same while the mail server is dead."""

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from benchmarks import client, seeds
from benchmarks.processes import free_port
from benchmarks.results import Result, at_least, at_most
from benchmarks.rounds import MILLI, Effort, cpu_ms, in_turn, p99, ratio
from benchmarks.sink import sink
from benchmarks.sites import Site, site

BOTH = True
TIMES = 60
WARM = 20


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    yield _cost(kind, effort)
    yield from _dead_mail_server(kind, effort)


def _cost(kind: str, effort: Effort) -> Result:
    with site(kind) as ours, ours.serve() as server, ours.serve_row() as row:
        paths = _checks(ours, (effort.rounds + 1) * TIMES)

        def request() -> float:
            cost = cpu_ms(server, lambda: client.post(server.port, next(paths)), TIMES)
            seeds.let_go(ours.database)
            return cost

        found = in_turn(
            {
                "request": request,
                "row": lambda: cpu_ms(row, lambda: client.get(row.port, "/"), TIMES),
            },
            effort.rounds,
        )
    return Result(
        "request (hold, outbox row): CPU, ROW against it",
        median(found["request"]),
        "ms",
        median(found["row"]),
        ratio(found["row"], found["request"]),
        at_least(0.4),
        at_least(0.55),
        kind,
    )


def _dead_mail_server(kind: str, effort: Effort) -> Iterator[Result]:
    """Mail that leaves, against a server that refuses every call and one that takes the call and says nothing."""
    with ExitStack() as stack:
        ways: dict[str, tuple[Site, int, Iterator[str]]] = {}
        waits: dict[str, list[float]] = {}
        for name in ("alive", "gone", "silent"):
            ours = stack.enter_context(site(kind, smtp_port=free_port()))
            if name != "gone":
                options = ("--silent",) if name == "silent" else ()
                stack.enter_context(sink(ours.folder, ours.smtp_port, *options))
            paths = _checks(ours, WARM + effort.rounds * TIMES)
            server = stack.enter_context(ours.serve())
            stack.enter_context(ours.work())
            _wait(server.port, paths, WARM)
            ways[name], waits[name] = (ours, server.port, paths), []
        for _ in range(effort.rounds):
            for name, (ours, port, paths) in ways.items():
                seeds.let_go(ours.database)
                waits[name] += _wait(port, paths, TIMES)
    usual = p99(waits["alive"])
    for name in ("gone", "silent"):
        slow = p99(waits[name])
        what = f"request p99 while the mail server is {name}, against alive"
        yield Result(what, slow, "ms", usual, slow / usual, at_most(1.2), None, kind)


def _checks(ours: Site, most: int) -> Iterator[str]:
    """The check page of `most` drafts that are ready to be sent, each with a place of its own."""
    garage = ours.garage()
    drafts = seeds.drafts(ours.database, garage, list(seeds.apart(seeds.QUIET, most)))
    assert len(drafts) == most, "the horizon has no room for so many"
    return (f"/bench/assessment/{draft}/check" for draft in drafts)


def _wait(port: int, paths: Iterator[str], times: int) -> list[float]:
    return [client.post(port, next(paths)).seconds * MILLI for _ in range(times)]
