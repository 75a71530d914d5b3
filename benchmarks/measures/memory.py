"""The memory of one web worker after many customers."""

from collections.abc import Iterator
from itertools import cycle, islice

from benchmarks import client, processes, seeds
from benchmarks.results import Result, at_most
from benchmarks.rounds import Effort
from benchmarks.servers import Server
from benchmarks.sites import Site, site

BOTH = True
REQUESTS, CUSTOMERS = 10_000, 500
LOOKED_AT = ("timeslot", "check", "car", "photos", "you")


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    with site(kind) as ours, ours.serve() as server:
        garage = ours.garage()
        seeds.present(ours.database, garage)
        drafts = seeds.drafts(ours.database, garage, list(seeds.places(seeds.QUIET, CUSTOMERS)))
        halves = drafts[: CUSTOMERS // 2], drafts[CUSTOMERS // 2 :]
        filled = [_serve(ours, server, half, effort.of(REQUESTS) // 2) for half in halves]
    count = effort.of(REQUESTS)
    yield Result(
        f"one web worker's memory after {count:,} requests",
        filled[1],
        "MiB",
        must=at_most(160),
        goal=at_most(120),
        database=kind,
    )
    yield Result(
        f"one web worker's memory: after {count:,} requests against half of them",
        filled[1],
        "MiB",
        filled[0],
        filled[1] / filled[0],
        at_most(1.05),
        at_most(1.02),
        kind,
    )


def _serve(ours: Site, server: Server, drafts: list[str], most: int) -> float:
    """MiB the worker fills after `most` requests: people look at page after page and send what they filled in."""
    [worker] = server.workers
    looks = max(1, most // len(drafts) - 1)
    for draft in drafts[: most // (looks + 1)]:
        for page in islice(cycle(LOOKED_AT), looks):
            client.get(server.port, f"/bench/assessment/{draft}/{page}")
        client.post(server.port, f"/bench/assessment/{draft}/check")
        seeds.let_go(ours.database)
    return processes.memory(worker)
