"""Adding, removing and sweeping photos. Files first, then rows: a row never points at nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from portal.adapters.images import Picture
from portal.adapters.storage import Storage
from portal.core import codes
from portal.db import ask, db, let_go, transaction
from portal.domain.drafts import service as drafts
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.models import Draft
from portal.domain.photos.errors import TooManyPhotos
from portal.domain.photos.models import Photo

MAX_PHOTOS = 20
PREFIX = "photos/"
SWEEP_AGE = timedelta(hours=1)
SWEEP_BATCH = 500

_MOVE = (
    update(Photo)
    .where(Photo.draft_id == bindparam("of_draft"))
    .values(draft_id=None, case_id=bindparam("to_case"))
)


def keys(uid: str) -> tuple[str, str]:
    """Where the large and the small file of a photo lie."""
    return f"{PREFIX}{uid}/large.jpg", f"{PREFIX}{uid}/thumb.jpg"


def add(
    storage: Storage,
    picture: Picture,
    *,
    draft_id: int,
    label: str,
    name: str,
    client_key: str,
    now: datetime,
) -> str:
    """Store a checked picture with its draft; its uid. The same `client_key` again is the same photo.

    Raises:
        TooManyPhotos: beyond MAX_PHOTOS.
        DraftUnknown: if the draft is gone or became a booking.
        StorageUnavailable: nothing is kept then.
    """
    uid = codes.uid()
    large, thumb = keys(uid)
    storage.put(large, picture.large)
    storage.put(thumb, picture.thumb)
    try:
        with transaction() as session:
            if drafts.lock(session, draft_id).closed:
                raise DraftUnknown(draft_id)
            known = session.scalar(
                select(Photo.uid).where(Photo.draft_id == draft_id, Photo.client_key == client_key)
            )
            if known is None:
                _insert(session, picture, uid, draft_id, label, name, client_key, now)
    except (TooManyPhotos, DraftUnknown):  # after any other error a row may exist; the sweep finds out
        storage.delete([large, thumb])
        raise
    if known is not None:
        storage.delete([large, thumb])
        return known
    return uid


def remove(storage: Storage, *, draft_id: int, uid: str) -> None:
    """Take a photo out of its draft. Removing it again is fine."""
    with transaction() as session:
        gone = session.scalar(
            delete(Photo).where(Photo.uid == uid, Photo.draft_id == draft_id).returning(Photo.uid)
        )
    if gone is not None:
        storage.delete(keys(gone))


def move_to_case(*, draft_id: int, case_id: int) -> int:
    """The photos of a draft belong to its case from now on; how many."""
    return int(ask(_MOVE, of_draft=draft_id, to_case=case_id).rowcount)  # type: ignore[attr-defined]


def forget_expired(storage: Storage, now: datetime) -> int:
    """Remove the photos of drafts whose time is over, then files that no row knows for an hour; how many rows."""
    expired = select(Draft.id).where(Draft.expires_at <= now)
    with transaction() as session:
        gone = session.scalars(delete(Photo).where(Photo.draft_id.in_(expired)).returning(Photo.uid)).all()
    for uid in gone:
        storage.delete(keys(uid))
    storage.delete(list(_without_row(storage, now - SWEEP_AGE)))
    return len(gone)


def _insert(
    session: Session,
    picture: Picture,
    uid: str,
    draft_id: int,
    label: str,
    name: str,
    client_key: str,
    now: datetime,
) -> None:
    count = session.scalar(select(func.count()).select_from(Photo).where(Photo.draft_id == draft_id)) or 0
    if count >= MAX_PHOTOS:
        raise TooManyPhotos
    session.add(
        Photo(
            uid=uid,
            draft_id=draft_id,
            label=label,
            name=name,
            client_key=client_key,
            width=picture.width,
            height=picture.height,
            added_at=now,
        )
    )


def _without_row(storage: Storage, before: datetime) -> Iterator[str]:
    files = storage.list(PREFIX, older_than=before)
    while some := list(islice(files, SWEEP_BATCH)):
        uids = {key: key.removeprefix(PREFIX).partition("/")[0] for key in some}
        known = set(db.session.scalars(select(Photo.uid).where(Photo.uid.in_(set(uids.values())))))
        let_go()
        yield from (key for key, uid in uids.items() if uid not in known)
