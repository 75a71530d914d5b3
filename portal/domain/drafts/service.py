"""Keeping what a customer types."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, bindparam, delete, select, update
from sqlalchemy.orm import Session

from portal.core import codes
from portal.db import ask, transaction
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.models import Draft

DRAFT_LIFE = timedelta(hours=24)  # from the last change

# Of every request and confirmation; made once, because putting a statement together costs more than the database does.
_BY_ID = update(Draft).where(Draft.id == bindparam("draft"))
_KEEP = _BY_ID.values(expires_at=bindparam("until"))
_CLOSE = _BY_ID.values(closed=True)


@dataclass(frozen=True)
class Answered:
    """One step's answers as typed; `done`: they were found right; `sent`: the customer held them for finished.

    `rules` names the rules by which they were judged: what the garage said then, and the location that asked.
    """

    typed: dict[str, Any]
    done: bool
    sent: bool = True
    rules: str = ""


def begin(
    uid: str,
    *,
    garage_id: int,
    entry_location_id: int | None,
    language: str,
    step: str,
    answered: Answered,
    now: datetime,
) -> None:
    """A new draft named `uid` with its first answers. One that is there already is carried on instead.

    Raises:
        DraftUnknown: if the name belongs to another garage or to a draft whose time is over.
    """
    with transaction(f"draft {uid}") as session:
        if session.scalar(select(Draft.garage_id).where(Draft.uid == uid)) is None:
            session.add(
                Draft(
                    uid=uid,
                    garage_id=garage_id,
                    entry_location_id=entry_location_id,
                    language=language,
                    answers={},
                    expires_at=now + DRAFT_LIFE,
                )
            )
            session.flush()
        _write(session, uid, garage_id, {step: answered}, language, now)


def begin_for_case(*, flow: str, garage_id: int, case_id: int, language: str, now: datetime) -> str:
    """A new draft for an appointment in `flow` for a case the garage knows; its uid."""
    with transaction() as session:
        draft = Draft(
            uid=codes.uid(),
            flow=flow,
            garage_id=garage_id,
            case_id=case_id,
            language=language,
            answers={},
            expires_at=now + DRAFT_LIFE,
        )
        session.add(draft)
        return draft.uid


def save(
    uid: str,
    *,
    garage_id: int,
    answers: dict[str, Answered],
    now: datetime,
    language: str | None = None,
) -> None:
    """Keep the answers of some steps as typed, right or wrong, and the language if it was changed.

    Raises:
        DraftUnknown: if the draft is gone.
    """
    with transaction() as session:
        _write(session, uid, garage_id, answers, language, now)


def _write(
    session: Session,
    uid: str,
    garage_id: int,
    answers: dict[str, Answered],
    language: str | None,
    now: datetime,
) -> None:
    draft = session.scalar(
        select(Draft)
        .where(
            Draft.uid == uid, Draft.garage_id == garage_id, Draft.expires_at > now, Draft.closed.is_(False)
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if draft is None:
        raise DraftUnknown(uid)
    draft.answers = {**draft.answers, **{step: asdict(answered) for step, answered in answers.items()}}
    draft.expires_at = now + DRAFT_LIFE
    if language is not None:
        draft.language = language


def lock(session: Session, draft_id: int) -> Draft:
    """The draft, ours until the running transaction ends.

    Raises:
        DraftUnknown: if it is gone.
    """
    found = select(Draft).where(Draft.id == draft_id).with_for_update()
    draft = session.scalar(found.execution_options(populate_existing=True))
    if draft is None:
        raise DraftUnknown(draft_id)
    return draft


def keep(draft_id: int, now: datetime) -> None:
    """Lock the draft and let its day begin anew, for something was done with it.

    Raises:
        DraftUnknown: if it is gone.
    """
    _change(_KEEP, draft_id, until=now + DRAFT_LIFE)


def correct(session: Session, draft_id: int, step: str, **typed: object) -> None:
    """Replace some answers of one step, in the running transaction."""
    draft = lock(session, draft_id)
    answered = draft.answers.get(step, {"typed": {}, "done": False})
    draft.answers = {**draft.answers, step: {**answered, "typed": {**answered["typed"], **typed}}}


def close(draft_id: int) -> None:
    """The draft became a booking: it takes no more answers.

    Raises:
        DraftUnknown: if it is gone.
    """
    _change(_CLOSE, draft_id)


def _change(change: Update, draft_id: int, **values: object) -> None:
    # Not through the session: it would read the draft to change it.
    if not ask(change, draft=draft_id, **values).rowcount:  # type: ignore[attr-defined]
        raise DraftUnknown(draft_id)


def forget_expired(now: datetime) -> int:
    """Delete drafts whose time is over; how many. Their photos must be gone before."""
    with transaction() as session:
        result = session.execute(delete(Draft).where(Draft.expires_at <= now))
        return int(result.rowcount)  # type: ignore[attr-defined]
