"""Mail workers as processes of their own, started in no time because one process has everything imported already.

    python -m tests.support.mail_workers URL FOLDER SMTP_PORT GUARD

forks a worker for every line it reads and answers with its process id.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]

GUARDED = "guarded"
NOTED_FIRST = "noted first"  # the control that loses: a mail counts as sent before it is
UNCLAIMED = "unclaimed"  # the control that doubles: workers look, but do not claim


class Nursery:
    """Gives birth to workers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self) -> int:
        """Start one more worker; its process id."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def nursery(url: str, folder: Path, port: int, guard: str = GUARDED) -> Iterator[Nursery]:
    """A place to start workers that send to `port`; they are all gone afterwards."""
    command = [sys.executable, "-m", "tests.support.mail_workers", url, str(folder), str(port), guard]
    with subprocess.Popen(
        command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Nursery(process)
        assert process.stdin
        process.stdin.close()


def kill(worker: int) -> None:
    """End a worker as a power cut would."""
    os.kill(worker, signal.SIGKILL)


def _main(url: str, folder: str, port: str, guard: str) -> None:
    from huey.consumer import Scheduler

    from portal import create_app, jobs
    from portal.cli.worker import run
    from portal.domain.mailing import claims
    from tests.support.post_office import PURPOSE, PlainWriter, settings

    # The same machinery, its minutes turned into seconds.
    claims.LEASE = timedelta(seconds=2)
    Scheduler.periodic_task_seconds = 1
    jobs.mail.WRITERS = {PURPOSE: PlainWriter()}
    if guard == NOTED_FIRST:
        claims.take = _noting_first(claims.take, claims.sent)
    if guard == UNCLAIMED:
        claims.take = _not_claiming

    children = []
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            with create_app(settings(Path(folder), database_url=url, smtp_port=int(port))).app_context():
                run()
            os._exit(0)
        children.append(child)
        print(child, flush=True)
    for child in children:
        kill(child)


def _noting_first(take: Callable, sent: Callable) -> Callable:  # type: ignore[type-arg]
    def take_and_note(now: datetime, most: int) -> list:  # type: ignore[type-arg]
        found = take(now, most)
        for claim in found:
            sent(claim, now)
        return found

    return take_and_note


def _not_claiming(now: datetime, most: int) -> list:  # type: ignore[type-arg]
    from sqlalchemy import select

    from portal.db import db
    from portal.domain.mailing import claims
    from portal.domain.mailing.models import Message

    db.session.rollback()
    rows = db.session.scalars(
        select(Message).where(Message.state == "queued").order_by(Message.id).limit(most)
    ).all()
    return [
        claims.Claim(
            row.id,
            row.uid,
            row.garage_id,
            row.purpose,
            row.about,
            row.recipient,
            row.language,
            row.attempts,
            row.held_back,
            now + claims.LEASE,
        )
        for row in rows
    ]


if __name__ == "__main__":
    _main(*sys.argv[1:])
