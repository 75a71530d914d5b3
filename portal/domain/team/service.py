"""What members are at a garage, and what they say about themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.domain.mailing import service as mailing
from portal.domain.mailing import strangers
from portal.domain.team import queries, rows
from portal.domain.team.errors import (
    LastOwner,
    MemberUnknown,
)
from portal.domain.team.models import Member, Membership
from portal.domain.team.rights import Role

PASSWORD_RESET = "staff_password"  # noqa: S105 - purpose of the letter


def give_role(
    garage: GarageView,
    member_id: int,
    *,
    role: Role,
    locations: Sequence[int] | None,
    by: Actor,
    now: datetime,
) -> None:
    """Change what a member is at a garage.

    Raises:
        MemberUnknown, LocationsUnknown: the garage has no such member, or no such location.
        LastOwner: if nobody would be left who owns the whole garage.
    """
    known = rows.checked(garage, locations)
    with transaction(f"team {garage.id}") as session:
        membership = rows.membership(session, garage.id, member_id)
        if membership is None:
            raise MemberUnknown(member_id)
        before = {"role": membership.role, "locations": membership.locations}
        membership.role, membership.locations = role, known
        session.flush()
        _refuse_without_owner(session, garage.id)
        email = session.get_one(Member, member_id).email
        after = {"role": role, "locations": known}
        rows.note(session, by, "changed", garage.id, email, now, before=before, after=after)


def remove(garage: GarageView, member_id: int, *, by: Actor, now: datetime) -> None:
    """End a membership; the account stays, for it may belong to other garages too.

    Raises:
        MemberUnknown: if the garage has no such member.
        LastOwner: if nobody would be left who owns the whole garage.
    """
    with transaction(f"team {garage.id}") as session:
        membership = rows.membership(session, garage.id, member_id)
        if membership is None:
            raise MemberUnknown(member_id)
        before = {"role": membership.role, "locations": membership.locations}
        session.delete(membership)
        session.flush()
        _refuse_without_owner(session, garage.id)
        rows.note(
            session, by, "removed", garage.id, session.get_one(Member, member_id).email, now, before=before
        )


def rename(member_id: int, *, name: str, language: str) -> None:
    """What a member is called, and the language their pages speak."""
    with transaction() as session:
        member = session.get_one(Member, member_id)
        member.name, member.language = name, language


def make_operator(email: str, *, operator: bool) -> None:
    """Let a member look after all garages, or no longer.

    Raises:
        MemberUnknown: if nobody has this address.
    """
    with transaction() as session:
        member = queries.by_address(email)
        if member is None:
            raise MemberUnknown(email)
        member.operator = operator
        session.flush()


def ask_for_password(member: Member, now: datetime) -> None:
    """Queue the letter with which a member sets a new password, in the name of a garage they work for."""
    garage = next(iter(queries.garages_of(member.id)), None) or next(iter(garages.every()), None)
    if garage is None:
        return
    tally = f"password of {member.fs_uniquifier}"  # asked for on a page that everybody can open
    with transaction(strangers.lock(tally)):
        mailing.queue(
            garage_id=garage.id,
            purpose=PASSWORD_RESET,
            about=member.fs_uniquifier,
            recipient=member.email,
            language=member.language,
            now=now,
            tally=tally,
        )


def _refuse_without_owner(session: Session, garage_id: int) -> None:
    owners = select(Membership).where(Membership.garage_id == garage_id, Membership.role == Role.OWNER)
    if all(owner.locations is not None for owner in session.scalars(owners)):
        raise LastOwner
