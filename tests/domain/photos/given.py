"""An album on a real disk: a draft, its photos, and the files that lie there."""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from portal.adapters.images import Picture
from portal.db import db, transaction
from portal.domain.cases import service as cases
from portal.domain.drafts import queries as draft_queries
from portal.domain.drafts import service as drafts
from portal.domain.garage.views import GarageView
from portal.domain.photos import queries, service
from portal.domain.photos.models import Photo
from portal.wiring import wired
from tests.support.bookings import answers

PICTURE = Picture(width=4, height=3, large=b"large", thumb=b"thumb")


def now() -> datetime:
    """The true moment: files carry it, whatever a test would like."""
    return datetime.now(UTC)


def draft(garage_id: int, uid: str = "a-draft") -> int:
    """The id of a draft begun now."""
    drafts.begin(
        uid,
        garage_id=garage_id,
        entry_location_id=None,
        language="en",
        step="you",
        answered=drafts.Answered({}, True),
        now=now(),
    )
    return draft_queries.find(garage_id, uid, now()).id


def add(draft_id: int, client_key: str = "1", **other: object) -> str:
    """Add a photo; its uid."""
    usual = {"picture": PICTURE, "label": "other", "name": "a.jpg", "now": now()}
    return service.add(wired().storage, draft_id=draft_id, client_key=client_key, **(usual | other))  # type: ignore[arg-type]


def album(draft_id: int) -> list[Photo]:
    """The photos of a draft as they are now, whoever added them."""
    db.session.rollback()
    return queries.of_draft(draft_id)


def move_to_case(draft_id: int, garage: GarageView) -> int:
    """Give the photos of a draft to a new case; its id."""
    with transaction():
        case_id = cases.open_case(
            garage_id=garage.id,
            location_id=garage.locations[0].id,
            answers=answers(now()),
            now=now(),
        )
        service.move_to_case(draft_id=draft_id, case_id=case_id)
        return case_id


def folder() -> Path:
    """Where the files lie."""
    return wired().settings.data_dir / "files"


def files() -> set[str]:
    """Every file of every photo, also half ones."""
    found = (folder() / "photos").rglob("*")
    return {path.relative_to(folder()).as_posix() for path in found if path.is_file()}


def files_of_rows() -> set[str]:
    """Every file that a row points at."""
    db.session.rollback()
    return {key for uid in db.session.scalars(select(Photo.uid)) for key in service.keys(uid)}


def put_file(key: str) -> None:
    """A file that no row knows."""
    path = folder() / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")


def age(**by: float) -> None:
    """Make every file look as old as if it had been written `minutes=61` ago."""
    seconds = sum(value * {"minutes": 60, "hours": 3600}[unit] for unit, value in by.items())
    for key in files():
        then = now().timestamp() - seconds
        os.utime(folder() / key, (then, then))
