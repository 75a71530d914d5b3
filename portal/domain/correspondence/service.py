"""Sending a letter that somebody at the desk wrote, and trying one out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.cases import service as cases
from portal.domain.correspondence import queries
from portal.domain.correspondence.errors import NoAddress, TooManyToday
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.garage.reach import Reach
from portal.domain.mailing import service as mailing

FROM_CASE = "case_letter"
TEST = "test_letter"
EVENT = "letter"  # in the history of a case
# Within 24 hours; a stolen sign-in must not become a mail cannon.
MOST_OF_MEMBER, MOST_OF_GARAGE, MOST_TESTS = 200, 500, 50


def send(
    reach: Reach,
    number: str,
    *,
    uid: str,
    letter: str,
    language: str,
    subject: str,
    words: str,
    values: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> None:
    """Send a letter to the customer of a case. `uid` names the letter: sent again, nothing more happens.

    `subject` and `words` still hold their tags; `values` is what these stand for, but for addresses.

    Raises:
        CaseUnknown: if there is no such case within reach.
        NoAddress: if its customer has no mail address.
        TooManyToday: if this member or garage sent very many.
    """
    with transaction(f"letter {uid}") as session:
        found = queries.case(reach, number)
        if not found.customer.email:
            raise NoAddress
        if _is_written(session, uid):
            return
        _refuse_too_many(session, reach.garage_id, by, now, test=False)
        _write_down(
            session,
            WrittenLetter(
                uid=uid,
                garage_id=reach.garage_id,
                case_id=found.case.id,
                test=False,
                letter=letter,
                language=language,
                subject=subject,
                words=words,
                values=dict(values),
                recipient=found.customer.email,
                written_by=by.name,
                member_id=by.member_id,
                written_at=now,
            ),
        )
        cases.record(found.case.id, EVENT, actor=by.name, now=now, letter=letter, uid=uid)
        audit.record(
            session,
            by,
            "letter sent",
            garage_id=reach.garage_id,
            location_id=found.case.location_id,
            about="case",
            subject=found.case.number,
            now=now,
            after={"letter": letter, "language": language, "uid": uid},
        )


def try_out(
    reach: Reach,
    number: str | None,
    *,
    uid: str,
    letter: str,
    language: str,
    subject: str,
    words: str,
    values: Mapping[str, str],
    recipient: str,
    by: Actor,
    now: datetime,
) -> None:
    """Send a letter to whoever wrote it, about the case `number` or about none. Sent again, nothing more happens.

    Raises:
        CaseUnknown: if there is no such case within reach.
        TooManyToday: if this member tried very many.
    """
    with transaction(f"letter {uid}") as session:
        case = queries.case(reach, number).case if number else None
        if _is_written(session, uid):
            return
        _refuse_too_many(session, reach.garage_id, by, now, test=True)
        _write_down(
            session,
            WrittenLetter(
                uid=uid,
                garage_id=reach.garage_id,
                case_id=case.id if case else None,
                test=True,
                letter=letter,
                language=language,
                subject=subject,
                words=words,
                values=dict(values),
                recipient=recipient,
                written_by=by.name,
                member_id=by.member_id,
                written_at=now,
            ),
        )


def forget_tests(now: datetime) -> None:
    """Remove tests that are a day old."""
    with transaction() as session:
        session.execute(
            delete(WrittenLetter).where(
                WrittenLetter.test, WrittenLetter.written_at <= now - queries.TEST_LIFE
            )
        )


def _is_written(session: Session, uid: str) -> bool:
    return session.scalar(select(WrittenLetter.id).where(WrittenLetter.uid == uid)) is not None


def _refuse_too_many(session: Session, garage_id: int, by: Actor, now: datetime, *, test: bool) -> None:
    lately = select(func.count()).where(
        WrittenLetter.written_at > now - timedelta(days=1), WrittenLetter.test.is_(test)
    )
    mine = session.scalar(lately.where(WrittenLetter.member_id == by.member_id)) or 0
    ours = session.scalar(lately.where(WrittenLetter.garage_id == garage_id)) or 0
    if mine >= (MOST_TESTS if test else MOST_OF_MEMBER) or ours >= MOST_OF_GARAGE:
        raise TooManyToday


def _write_down(session: Session, letter: WrittenLetter) -> None:
    session.add(letter)
    mailing.queue(
        garage_id=letter.garage_id,
        purpose=TEST if letter.test else FROM_CASE,
        about=letter.uid,
        recipient=letter.recipient,
        language=letter.language,
        now=letter.written_at,
    )
