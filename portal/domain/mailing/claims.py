"""A claim: one due message in the hands of one worker, until its lease runs out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, false, or_, select, update

from portal.db import transaction
from portal.domain.mailing.models import Message, ParkedMail, State

LEASE = timedelta(minutes=2)

# The one statement of every mail: putting it together costs more than the database does.
_SENT = (
    update(Message)
    .where(Message.id == bindparam("claim"))
    .values(state=State.SENT, attempts=bindparam("tries"), sent_at=bindparam("now"), server_answer="")
)


@dataclass(frozen=True)
class Claim:
    """What a worker knows of the message it took; the message is its own before `due_at`."""

    id: int
    uid: str
    garage_id: int
    purpose: str
    about: str
    recipient: str
    language: str
    attempts: int
    held_back: str
    due_at: datetime


def take(now: datetime, most: int) -> list[Claim]:
    """Claim up to `most` due messages, the longest due first; no other worker gets the same ones. None while mail is parked."""
    wanted = (
        select(
            Message.id,
            Message.uid,
            Message.garage_id,
            Message.purpose,
            Message.about,
            Message.recipient,
            Message.language,
            Message.attempts,
            Message.held_back,
        )
        .where(
            Message.state.in_((State.QUEUED, State.SENDING)),
            Message.due_at <= now,
            ~select(ParkedMail.id).exists(),
        )
        .order_by(Message.due_at, Message.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    lease_end = now + LEASE
    with (
        transaction() as session
    ):  # and with the claim, whatever caused the mail is on the disk before it leaves
        rows = session.execute(wanted).all()
        taken = update(Message).where(Message.id.in_([row.id for row in rows]))
        session.connection().execute(taken.values(state=State.SENDING, due_at=lease_end))
    return [Claim(*row, due_at=lease_end) for row in rows]


def sent(claim: Claim, now: datetime, *, durable: bool = True) -> None:
    """The server took the mail; that holds whoever has the claim by now."""
    with transaction(durable=durable) as session:
        session.connection().execute(_SENT, {"claim": claim.id, "tries": claim.attempts + 1, "now": now})


def failed(claim: Claim, answer: str) -> None:
    """The server will never take the mail."""
    _note(_still_ours(claim), state=State.FAILED, attempts=claim.attempts + 1, server_answer=answer)


def skipped(claim: Claim) -> None:
    """The mail would no longer help anybody."""
    _note(_still_ours(claim), state=State.SKIPPED)


def try_again(claim: Claim, due_at: datetime, answer: str) -> None:
    """The attempt failed for now; the next is at `due_at`, unless that is later than we want to try."""
    attempts = claim.attempts + 1
    _note(_still_ours(claim), attempts=attempts, server_answer=answer, **_due_again(due_at))


def put_back(claims: Iterable[Claim], due_at: datetime, answer: str | None = None) -> None:
    """Nothing was tried: each of `claims` is due again at `due_at`. `answer`: what stood in the way, if anything."""
    values = _due_again(due_at) | ({} if answer is None else {"server_answer": answer})
    _note(or_(false(), *map(_still_ours, claims)), **values)


def _note(which: ColumnElement[bool], **values: object) -> None:
    with transaction() as session:
        # Not through the session: it would look for objects of its own that change, and there are none.
        session.connection().execute(update(Message).where(which).values(**values))


def _still_ours(claim: Claim) -> ColumnElement[bool]:
    # Every lease ends at a moment of its own, so the moment says whose lease it is.
    return and_(Message.id == claim.id, Message.state == State.SENDING, Message.due_at == claim.due_at)


def _due_again(due_at: datetime) -> dict[str, object]:
    given_up = Message.give_up_at < due_at
    return {"state": case((given_up, State.FAILED), else_=State.QUEUED), "due_at": due_at}
