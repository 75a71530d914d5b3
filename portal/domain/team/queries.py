"""Asking who works where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, select

from portal.db import ask, db
from portal.domain.garage import queries as garages
from portal.domain.garage.models import Garage
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import GarageView
from portal.domain.team.errors import InvitationUnknown, MemberUnknown
from portal.domain.team.models import Invitation, Member, Membership, SignIn
from portal.domain.team.rights import RIGHTS, Right, Role


@dataclass(frozen=True)
class Desk:
    """Where a member works: the garage, the role there, how far it reaches, and the other garages of the same member."""

    garage: GarageView
    role: Role
    reach: Reach
    elsewhere: tuple[GarageView, ...]

    def may(self, right: Right) -> bool:
        """Whether the role has this right."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True)
class Colleague:
    """A member of a garage as the team page shows them."""

    member: Member
    role: Role
    locations: list[int] | None


# Of every page of the desk; made once, because putting a statement together costs more than the database does.
_MEMBERSHIPS = (
    select(Garage.id, Garage.slug, Garage.revision, Membership.role, Membership.locations)
    .join(Garage, Garage.id == Membership.garage_id)
    .where(Membership.member_id == bindparam("member_id"))
)
_LIVES = select(SignIn.id).where(
    SignIn.uid == bindparam("uid"), SignIn.member_id == bindparam("member_id"), SignIn.ended_at.is_(None)
)
_MEMBERSHIPS_HERE = _MEMBERSHIPS.where(_LIVES.exists())
_BY_UNIQUIFIER = select(Member).where(Member.fs_uniquifier == bindparam("uniquifier"))


def desk(member_id: int, sign_in: str, slug: str) -> Desk | None:
    """The desk of a member at the garage named `slug`, active or not; None without one, or if the sign-in has ended."""
    rows = ask(_MEMBERSHIPS_HERE, member_id=member_id, uid=sign_in).all()
    here = next((row for row in rows if row.slug == slug), None)
    if here is None:
        return None
    garage = garages.as_of(here.id, here.revision)
    every = garages.every_location(garage)
    mine = every if here.locations is None else tuple(each for each in every if each.id in here.locations)
    return Desk(
        garage,
        Role(here.role),
        Reach(garage, mine, whole=here.locations is None),
        elsewhere=_by_name(row for row in rows if row is not here),
    )


def garages_of(member_id: int) -> tuple[GarageView, ...]:
    """The garages a member works for, by name."""
    return _by_name(ask(_MEMBERSHIPS, member_id=member_id))


def _by_name(rows: Iterable[Row]) -> tuple[GarageView, ...]:
    return tuple(sorted((garages.as_of(row.id, row.revision) for row in rows), key=lambda each: each.name))


def colleagues(garage_id: int) -> list[Colleague]:
    """Everybody who works for a garage, by name."""
    rows = db.session.execute(
        select(Member, Membership.role, Membership.locations)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.garage_id == garage_id)
        .order_by(Member.name, Member.id)
    )
    return [Colleague(row.Member, Role(row.role), row.locations) for row in rows]


def colleague(garage_id: int, member_id: int) -> Colleague:
    """One of them.

    Raises:
        MemberUnknown: if the garage has no such member.
    """
    found = next((each for each in colleagues(garage_id) if each.member.id == member_id), None)
    if found is None:
        raise MemberUnknown(member_id)
    return found


def open_invitations(garage_id: int, now: datetime) -> list[Invitation]:
    """Who was asked to join and has not answered yet."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.garage_id == garage_id, Invitation.ended_at.is_(None), Invitation.expires_at > now
            )
            .order_by(Invitation.id)
        )
    )


def invitation(uid: str, now: datetime) -> Invitation:
    """An invitation that can still be accepted.

    Raises:
        InvitationUnknown: if there is none, or it ended.
    """
    found = db.session.scalar(select(Invitation).where(Invitation.uid == uid))
    if found is None or found.ended_at is not None or found.expires_at <= now:
        raise InvitationUnknown(uid)
    return found


def by_address(email: str) -> Member | None:
    """The member with this mail address, in its normal form."""
    return db.session.scalar(select(Member).where(Member.email == email))


def by_uniquifier(uniquifier: str) -> Member | None:
    """The member whose sessions carry `uniquifier`."""
    return db.session.scalar(_BY_UNIQUIFIER, {"uniquifier": uniquifier})


def sign_ins(member_id: int) -> list[SignIn]:
    """Where a member is signed in, newest first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(SignIn.member_id == member_id, SignIn.ended_at.is_(None))
            .order_by(SignIn.id.desc())
        )
    )


def is_signed_in(member_id: int, uid: str) -> bool:
    """Whether the sign-in `uid` of a member has not ended."""
    return ask(_LIVES, member_id=member_id, uid=uid).first() is not None
