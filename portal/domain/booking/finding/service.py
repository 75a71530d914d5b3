"""What is done with found cases."""

from datetime import datetime

from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.garage.reach import Reach


def note_export(reach: Reach, how_many: int, kind: str, *, by: Actor, now: datetime) -> None:
    """Note that somebody took so many cases out of the house, in a file of this kind."""
    with transaction() as session:
        audit.record(
            session,
            by,
            "exported",
            garage_id=reach.garage_id,
            about="cases",
            subject=reach.garage.name,
            now=now,
            after={"cases": how_many, "file": kind},
        )
