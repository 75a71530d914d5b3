"""The mail worker against smtplib on one kept connection, both to a server that takes everything."""

import smtplib
from collections.abc import Iterator
from contextlib import ExitStack
from email.message import EmailMessage
from functools import partial
from statistics import median

from benchmarks import seeds
from benchmarks.processes import HOST, free_port
from benchmarks.results import Result, at_least
from benchmarks.rounds import Effort, in_turn, own_cpu_ms, ratio, wall_ms
from benchmarks.sink import sink
from benchmarks.sites import Site, site
from portal import clock
from portal.adapters.mailer import Letter
from portal.domain.booking.links import CONFIRMATION
from portal.domain.mailing import claims, service
from portal.letters.writers import WRITERS
from portal.wiring import wired

BOTH = True
BATCH = 20


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    port = free_port()
    with ExitStack() as stack:
        ours = stack.enter_context(site(kind, port))
        stack.enter_context(sink(ours.folder, port))
        stack.enter_context(ours.app.app_context())
        letter = _queue(ours, 2 * (effort.rounds + 1) * BATCH)
        plain = stack.enter_context(smtplib.SMTP(HOST, port))

        def work() -> None:
            service.deliver_due(wired().mailer, WRITERS, clock.now, BATCH)

        def send() -> None:
            for _ in range(BATCH):
                plain.send_message(_message(letter))

        by_clock = in_turn(
            {"ours": partial(wall_ms, work, 1), "plain": partial(wall_ms, send, 1)}, effort.rounds
        )
        by_cpu = in_turn(
            {"ours": partial(own_cpu_ms, work, 1), "plain": partial(own_cpu_ms, send, 1)}, effort.rounds
        )
    for what, found, must, goal in (
        ("by the clock", by_clock, at_least(0.5), at_least(0.7)),
        ("CPU", by_cpu, None, None),
    ):
        yield Result(
            f"mail worker, one letter {what}: smtplib against it",
            median(found["ours"]) / BATCH,
            "ms",
            median(found["plain"]) / BATCH,
            ratio(found["plain"], found["ours"]),
            must,
            goal,
            kind,
        )


def _queue(ours: Site, most: int) -> Letter:
    """Put `most` confirmation letters into the outbox, and return one as it is written."""
    garage = ours.garage()
    about = seeds.requests(ours.database, garage, seeds.places(seeds.STARTS, most + 1))
    seeds.letters(ours.database, garage, about, CONFIRMATION)
    [claim] = claims.take(clock.now(), 1)
    return WRITERS[CONFIRMATION].write(claim, clock.now())


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "noreply@example.com",
        seeds.YOU["email"],
        letter.subject,
    )
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message
