"""Where members are signed in."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.core import codes
from portal.db import transaction
from portal.domain.team.models import SignIn

# A session ends a working day after its last page; looking writes nothing, so how long that goes on has an end of its own.
LONGEST = timedelta(days=7)


def begin(session: Session, member_id: int, *, device: str, network: str, now: datetime) -> str:
    """Note, in the running transaction, that a member signed in with a browser; the uid that its session carries."""
    sign_in = SignIn(uid=codes.uid(), member_id=member_id, started_at=now, device=device, network=network)
    session.add(sign_in)
    return sign_in.uid


def end(member_id: int, uid: str, now: datetime) -> None:
    """Sign a member out of one browser."""
    with transaction() as session:
        session.execute(_ending(now).where(SignIn.member_id == member_id, SignIn.uid == uid))


def end_every(member_id: int, now: datetime, *, but: str | None = None) -> None:
    """Sign a member out of every browser, except the sign-in `but`."""
    with transaction() as session:
        which = _ending(now).where(SignIn.member_id == member_id)
        session.execute(which if but is None else which.where(SignIn.uid != but))


def forget(session: Session, member_id: int, now: datetime, *, but: str) -> None:
    """Sign a member out of every browser, except the sign-in `but`, in the running transaction."""
    session.execute(_ending(now).where(SignIn.member_id == member_id, SignIn.uid != but))


def forget_old(now: datetime) -> None:
    """End and drop every sign-in that began longer ago than any may last."""
    with transaction() as session:
        session.execute(delete(SignIn).where(SignIn.started_at < now - LONGEST))


def _ending(now: datetime):  # type: ignore[no-untyped-def]
    return update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now)
