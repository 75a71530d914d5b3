"""Asking people to join a garage."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update

from portal.core import codes
from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.garage.views import GarageView
from portal.domain.mailing import service as mailing
from portal.domain.team import queries, rows
from portal.domain.team.errors import AlreadyMember, InvitationUnknown
from portal.domain.team.models import Invitation, Member, Membership
from portal.domain.team.rights import Role

INVITATION = "staff_invitation"  # purpose of the letter
INVITATION_LIFE = timedelta(days=7)


def invite(
    garage: GarageView,
    *,
    email: str,
    role: Role,
    locations: Sequence[int] | None,
    language: str,
    by: Actor,
    now: datetime,
) -> str:
    """Ask whoever reads `email` to join a garage; the uid of the invitation. An older one to the same address ends.

    Raises:
        AlreadyMember: if the address belongs to a member of the garage.
        LocationsUnknown: if one of `locations` is not the garage's.
    """
    known = rows.checked(garage, locations)
    with transaction(f"team {garage.id}") as session:
        member = queries.by_address(email)
        if member is not None and rows.membership(session, garage.id, member.id) is not None:
            raise AlreadyMember(email)
        session.execute(
            update(Invitation)
            .where(
                Invitation.garage_id == garage.id, Invitation.email == email, Invitation.ended_at.is_(None)
            )
            .values(ended_at=now)
        )
        invitation = Invitation(
            uid=codes.uid(),
            garage_id=garage.id,
            email=email,
            role=role,
            locations=known,
            language=language,
            invited_by=by.name,
            invited_at=now,
            expires_at=now + INVITATION_LIFE,
        )
        session.add(invitation)
        mailing.queue(
            garage_id=garage.id,
            purpose=INVITATION,
            about=invitation.uid,
            recipient=email,
            language=language,
            now=now,
        )
        rows.note(session, by, "invited", garage.id, email, now, after={"role": role, "locations": known})
        return invitation.uid


def withdraw(garage: GarageView, uid: str, *, by: Actor, now: datetime) -> None:
    """End an invitation; its link leads nowhere from now on.

    Raises:
        InvitationUnknown: if the garage has no such open invitation.
    """
    with transaction(f"team {garage.id}") as session:
        invitation = queries.invitation(uid, now)
        if invitation.garage_id != garage.id:
            raise InvitationUnknown(uid)
        invitation.ended_at = now
        rows.note(session, by, "withdrawn", garage.id, invitation.email, now)


def accept(uid: str, *, name: str, password_hash: str | None, language: str, now: datetime) -> int:
    """Become a member of the garage that invited; the id of the member.

    Who has an account already keeps its name and password, so `password_hash` is only for new ones.

    Raises:
        InvitationUnknown: if the invitation ended.
    """
    with transaction(f"invitation {uid}") as session:
        invitation = queries.invitation(uid, now)
        member = queries.by_address(invitation.email)
        if member is None:
            member = Member(
                email=invitation.email,
                name=name,
                language=language,
                password=password_hash,
                created_at=now,
                fs_uniquifier=codes.uid(),
            )
            session.add(member)
            session.flush()
        if rows.membership(session, invitation.garage_id, member.id) is None:
            session.add(
                Membership(
                    member_id=member.id,
                    garage_id=invitation.garage_id,
                    role=invitation.role,
                    locations=invitation.locations,
                )
            )
        invitation.ended_at = now
        actor = Actor(member.name, member.id)
        rows.note(
            session, actor, "joined", invitation.garage_id, member.email, now, after={"role": invitation.role}
        )
        return member.id
