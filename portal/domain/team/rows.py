"""What the use cases of the team share: memberships as rows, and lines in the audit log."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.domain.team.errors import LocationsUnknown
from portal.domain.team.models import Membership


def membership(session: Session, garage_id: int, member_id: int) -> Membership | None:
    """What a member is at a garage, if anything."""
    return session.scalar(
        select(Membership).where(Membership.garage_id == garage_id, Membership.member_id == member_id)
    )


def checked(garage: GarageView, locations: Sequence[int] | None) -> list[int] | None:
    """The ids of locations of a garage, sorted; None is all of them.

    Raises:
        LocationsUnknown: if one is not the garage's, or there are none.
    """
    if locations is None:
        return None
    if not locations or not set(locations) <= {each.id for each in garages.every_location(garage)}:
        raise LocationsUnknown
    return sorted(set(locations))


def note(
    session: Session,
    actor: Actor,
    what: str,
    garage_id: int,
    email: str,
    now: datetime,
    before: dict | None = None,
    after: dict | None = None,
) -> None:
    """A line in the audit log about whoever has this address."""
    audit.record(
        session,
        actor,
        what,
        garage_id=garage_id,
        about="team",
        subject=email,
        now=now,
        before=before,
        after=after,
    )
