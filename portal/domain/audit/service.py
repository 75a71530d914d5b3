"""Writing the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.audit.models import AuditEntry


@dataclass(frozen=True)
class Actor:
    """Who does something at the desk: the name as the log keeps it, and the member if it is one."""

    name: str
    member_id: int | None = None


COMMAND_LINE = Actor("command line")


def record(
    session: Session,
    actor: Actor,
    what: str,
    *,
    garage_id: int,
    about: str,
    subject: str,
    now: datetime,
    location_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note a change in the running transaction; of `before` and `after` only what differs is kept. JSON values."""
    old, new = dict(before or {}), dict(after or {})
    same = {key for key in old.keys() & new.keys() if old[key] == new[key]}
    session.add(
        AuditEntry(
            garage_id=garage_id,
            location_id=location_id,
            at=now,
            who=actor.name,
            member_id=actor.member_id,
            about=about,
            subject=subject,
            what=what,
            before={key: value for key, value in old.items() if key not in same},
            after={key: value for key, value in new.items() if key not in same},
        )
    )
