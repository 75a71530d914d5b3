"""The second line between garages: whoever serves one is handed no row of another, even if a page forgot to ask within it.

It holds for rows that are read as objects. Statements made of columns (`db.ask`) name their garage themselves.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.db import db

_SERVED = "garage served"


class OfAnotherGarage(LookupError):
    """A row of another garage than the one that is served."""


def serve(garage_id: int) -> None:
    """From here on, in this request, rows that belong to another garage are not handed out."""
    db.session().info[_SERVED] = garage_id


@event.listens_for(db.session, "loaded_as_persistent")
def _refuse_others(session: Session, row: Any) -> None:
    served = session.info.get(_SERVED)
    owner = row.__dict__.get("garage_id")  # None: it belongs to no garage
    # What everybody may see of a garage says so: its locations.
    if None not in (served, owner) and served != owner and not getattr(row, "public", False):
        raise OfAnotherGarage(type(row).__name__)
