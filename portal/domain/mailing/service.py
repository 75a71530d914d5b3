"""Mail is written down in the transaction that causes it, and leaves the house from the outbox.

No mail is lost: a row stays due until an end is noted. A mail leaves twice only if a worker dies between the
server's yes and our note of it, or if the power fails before the end of its batch; all copies carry one Message-ID.
"""

import logging
import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import insert, update

from portal.adapters import queue as job_queue
from portal.adapters.mailer import Letter, Line, Mailer, Outgoing, RefusedForGood, RefusedForNow, Unreachable
from portal.core import codes
from portal.db import after_commit, ask, let_go, transaction
from portal.domain.mailing import claims, strangers
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.domain.mailing.models import Message, State

log = logging.getLogger(__name__)

GIVE_UP_AFTER = timedelta(hours=24)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15, 30, 60))
ADDRESS = re.compile(r"\S+@\S+")  # servers like to quote them; logs hold none
SERVER_REST = timedelta(minutes=1)

# Of every booking; made once, because putting a statement together costs more than the database does.
_NEW = insert(Message.__table__)
_COUNTED = _NEW.values(held_back=strangers.VERDICT)


class Writer(Protocol):
    """Knows the letter of one purpose."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter as it must read if it leaves now; raises `Outdated` if it should not leave at all."""

    def deferred(self, message: Claim, now: datetime) -> None:
        """The letter was written but did not leave; if it ever does, it will be written anew."""


@dataclass
class Batch:
    """What became of one batch, by the state its messages are in now; `more`: it pays to go on at once."""

    ends: Counter[State] = field(default_factory=Counter)
    more: bool = False


def queue(
    *,
    garage_id: int,
    purpose: str,
    about: str,
    recipient: str,
    language: str,
    now: datetime,
    tally: str = "",
) -> str:
    """Write a mail down as part of the running transaction, and nudge a worker once that is durable.

    `tally`: by what it is counted, for a letter that a stranger can cause; the transaction has its lock
    (`strangers.lock`). Returns the uid of the mail.
    """
    uid = codes.uid()
    ask(
        _COUNTED if tally else _NEW,
        uid=uid,
        garage_id=garage_id,
        purpose=purpose,
        about=about,
        recipient=recipient,
        language=language,
        queued_at=now,
        due_at=now,
        give_up_at=now + GIVE_UP_AFTER,
        tally=tally,
        **(strangers.asked(tally, now) if tally else {}),
    )
    after_commit(job_queue.wake)
    return uid


def miss(
    *,
    garage_id: int,
    purpose: str,
    about: str,
    recipient: str,
    language: str,
    due_at: datetime,
    now: datetime,
) -> None:
    """List a mail that nobody queued at `due_at` and that helps nobody any more, in the running transaction."""
    ask(
        _NEW,
        uid=codes.uid(),
        garage_id=garage_id,
        purpose=purpose,
        about=about,
        recipient=recipient,
        language=language,
        state=State.SKIPPED,
        queued_at=now,
        due_at=due_at,
        give_up_at=due_at,
    )


def forget_addresses(before: datetime) -> int:
    """Wipe addresses and server answers of mails queued before `before` that left or never will; how many."""
    ended = Message.state.in_((State.SENT, State.FAILED, State.SKIPPED))
    with transaction() as session:
        wiped = session.execute(
            update(Message)
            .where(ended, Message.queued_at < before, Message.recipient != "")
            .values(recipient="", server_answer="", tally="")
        )
        return int(wiped.rowcount)  # type: ignore[attr-defined]


def deliver_due(
    mailer: Mailer, writers: Mapping[str, Writer], clock_now: Callable[[], datetime], batch: int = 20
) -> Batch:
    """Send up to `batch` due mails over one connection, noting the end of each before the next is tried.

    The last note waits for the disk, and with it all of the batch (docs/adr/0013).

    Trouble with the server itself ends the batch: what was not tried yet is due again a minute later and has
    lost no attempt.
    """
    waiting = deque(claims.take(clock_now(), batch))
    done = Batch(more=len(waiting) == batch)
    if not waiting:
        return done
    try:
        with mailer.connection() as line:
            # With half the lease gone, a slow server could make us send what another worker takes over meanwhile.
            while waiting and clock_now() < waiting[0].due_at - claims.LEASE / 2:
                claim = waiting.popleft()
                done.ends[_deliver(line, writers, claim, clock_now, last=not waiting)] += 1
        if waiting:
            claims.put_back(waiting, clock_now())
    except Unreachable as trouble:
        log.warning("the mail server is out of reach: %s", ADDRESS.sub("…", trouble.answer))
        claims.put_back(waiting, clock_now() + SERVER_REST, trouble.answer)
        done.more = False
    return done


def _deliver(
    line: Line, writers: Mapping[str, Writer], claim: Claim, clock_now: Callable[[], datetime], *, last: bool
) -> State:
    try:
        writer = writers[claim.purpose]
        now = clock_now()
        outgoing = Outgoing(claim.uid, claim.recipient, claim.language, now, writer.write(claim, now))
    except Outdated:
        claims.skipped(claim)
        return State.SKIPPED
    except Exception as error:
        log.exception("mail %s could not be written", claim.uid)
        return _try_again(claim, clock_now(), f"not written: {type(error).__name__}")
    if claim.held_back:  # not before it was written: what that does to a request is seen from outside
        claims.skipped(claim)
        return State.SKIPPED
    let_go()  # the server may take its time
    try:
        line.send(outgoing)
    except RefusedForGood as refusal:
        claims.failed(claim, refusal.answer)
        writer.deferred(claim, clock_now())
        return State.FAILED
    except RefusedForNow as refusal:
        _try_again(claim, clock_now(), refusal.answer)
        writer.deferred(claim, clock_now())
        if isinstance(refusal, Unreachable):
            raise
        return State.QUEUED
    claims.sent(claim, clock_now(), durable=last)
    return State.SENT


def _try_again(claim: Claim, now: datetime, answer: str) -> State:
    pause = BACK_OFF[min(claim.attempts, len(BACK_OFF) - 1)]
    claims.try_again(claim, now + pause, answer)
    return State.QUEUED
