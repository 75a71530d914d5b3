"""The timeslot page while two photos arrive, against the same page on an idle server."""

import threading
from collections.abc import Iterator

from benchmarks import client, pictures, seeds
from benchmarks.results import Result, at_most
from benchmarks.rounds import MILLI, Effort, p99
from benchmarks.servers import IN_EARNEST
from benchmarks.sites import site

BOTH = True
PHOTOS_AT_ONCE = 2


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    form, kind_of_form = client.photo_form(pictures.twelve_megapixels(), label="overview")
    with site(kind) as ours, ours.serve(*IN_EARNEST) as server:
        garage = ours.garage()
        seeds.present(ours.database, garage)
        drafts = seeds.drafts(ours.database, garage, [None] * (1 + PHOTOS_AT_ONCE * effort.rounds))
        page, *others = (f"/bench/assessment/{draft}" for draft in drafts)

        def look(times: int) -> list[float]:
            return [client.get(server.port, f"{page}/timeslot").seconds * MILLI for _ in range(times)]

        def send(draft: str) -> None:
            for _ in range(10):
                client.send(server.port, f"{draft}/photos/upload", form, kind_of_form, expect=201)

        look(effort.times)
        idle, busy = [], []
        for _ in range(effort.rounds):
            idle += look(effort.times)
            senders = [threading.Thread(target=send, args=(others.pop(),)) for _ in range(PHOTOS_AT_ONCE)]
            for sender in senders:
                sender.start()
            while all(sender.is_alive() for sender in senders):
                busy += look(1)
            for sender in senders:
                sender.join()
    slow, usual = p99(busy), p99(idle)
    what = "timeslot page p99 while two photos arrive, against idle"
    yield Result(what, slow, "ms", usual, slow / usual, at_most(3), at_most(2), kind)
