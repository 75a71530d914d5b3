"""The photos of a case in the hands of the desk: added, turned, handed over together. Files first, then rows."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, func, select

from portal.adapters import images
from portal.adapters.images import Picture
from portal.adapters.storage import NotStored, Storage, StorageUnavailable
from portal.core import codes
from portal.db import db, let_go, transaction
from portal.domain.audit.service import Actor
from portal.domain.cases import service as cases
from portal.domain.cases import within
from portal.domain.cases.errors import CaseUnknown
from portal.domain.garage.reach import Reach
from portal.domain.photos.errors import PhotoUnknown, TooManyPhotos
from portal.domain.photos.models import Photo
from portal.domain.photos.service import keys

MAX_PHOTOS = 100  # of one case


def one(case_id: int, uid: str) -> Photo:
    """One photo of a case.

    Raises:
        PhotoUnknown: if the case has no such photo.
    """
    photo = db.session.scalar(select(Photo).where(Photo.uid == uid, Photo.case_id == case_id))
    if photo is None:
        raise PhotoUnknown(uid)
    return photo


def add(
    storage: Storage,
    reach: Reach,
    number: str,
    pictures: Sequence[tuple[str, Picture]],
    *,
    label: str,
    by: Actor,
    now: datetime,
) -> None:
    """Store checked pictures, each with the name of its file, with a case: all of them or none.

    Raises:
        CaseUnknown: if there is no such case within reach.
        TooManyPhotos: beyond MAX_PHOTOS.
        StorageUnavailable: nothing is kept then.
    """
    named = [(codes.uid(), name, picture) for name, picture in pictures]
    files = [key for uid, _, _ in named for key in keys(uid)]
    try:
        for uid, _, picture in named:
            _put(storage, uid, picture)
        with transaction() as session:
            case = within.open_case(session, reach, number).case
            there = (
                session.scalar(select(func.count()).select_from(Photo).where(Photo.case_id == case.id)) or 0
            )
            if there + len(named) > MAX_PHOTOS:
                raise TooManyPhotos
            for uid, name, picture in named:
                session.add(_row(case.id, uid, name, label, picture, now))
            told = {"photos": len(named), **cases.signed(by)}
            cases.record(case.id, "photos_added", actor=cases.GARAGE, now=now, **told)
            cases.note(session, case, "photos added", by=by, now=now, after={"photos": len(named)})
    except (TooManyPhotos, CaseUnknown, StorageUnavailable):  # after any other error the sweep finds out
        with suppress(StorageUnavailable):
            storage.delete(files)
        raise


def turn(
    storage: Storage, reach: Reach, number: str, uid: str, *, clockwise: bool, by: Actor, now: datetime
) -> str:
    """Turn a photo by a quarter; the uid it has from then on, for what is kept anywhere under the old one is not true any more.

    Raises:
        CaseUnknown, PhotoUnknown: if there is no such case within reach, or no such photo of it (any more).
        NotStored, StorageUnavailable, ImagesUnavailable: the files cannot be read or made now; nothing changes.
    """
    old = one(within.find(reach, number).case.id, uid)
    data = storage.get(keys(old.uid)[0])
    let_go()  # turning takes a moment
    picture = images.turn(data, clockwise=clockwise)
    fresh = codes.uid()
    _put(storage, fresh, picture)
    try:
        with transaction() as session:
            case = within.open_case(session, reach, number).case
            photo = session.scalar(
                select(Photo).where(Photo.uid == uid, Photo.case_id == case.id).with_for_update()
            )
            if photo is None:
                raise PhotoUnknown(uid)
            photo.uid, photo.width, photo.height = fresh, picture.width, picture.height
            cases.note(session, case, "photo turned", by=by, now=now)
    except (CaseUnknown, PhotoUnknown):
        storage.delete(keys(fresh))
        raise
    with suppress(StorageUnavailable):  # no row knows them any more, so the sweep takes them
        storage.delete(keys(uid))
    return fresh


def remove(storage: Storage, reach: Reach, number: str, uid: str, *, by: Actor, now: datetime) -> None:
    """Take a photo out of a case, for ever. Removing it again is fine.

    Raises:
        CaseUnknown: if there is no such case within reach.
    """
    with transaction() as session:
        case = within.open_case(session, reach, number).case
        gone = session.scalar(
            delete(Photo).where(Photo.uid == uid, Photo.case_id == case.id).returning(Photo.uid)
        )
        if gone is not None:
            cases.record(case.id, "photo_removed", actor=cases.GARAGE, now=now, **cases.signed(by))
            cases.note(session, case, "photo removed", by=by, now=now)
    if gone is not None:
        with suppress(StorageUnavailable):  # no row knows them any more, so the sweep takes them
            storage.delete(keys(gone))


def archive(storage: Storage, named: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """A zip file, piece by piece: for each name the large file of a photo. One that is gone meanwhile is left out."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archived:  # type: ignore[call-overload]
        for name, uid in named:
            with suppress(NotStored):
                archived.writestr(name, storage.get(keys(uid)[0]))
            yield pipe.taken()
    yield pipe.taken()


class _Pipe:
    """A file that is only written to, and emptied again and again."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        taken, self._written = bytes(self._written), bytearray()
        return taken


def _put(storage: Storage, uid: str, picture: Picture) -> None:
    large, thumb = keys(uid)
    storage.put(large, picture.large)
    storage.put(thumb, picture.thumb)


def _row(case_id: int, uid: str, name: str, label: str, picture: Picture, now: datetime) -> Photo:
    return Photo(
        uid=uid,
        case_id=case_id,
        client_key=uid,
        label=label,
        name=name,
        width=picture.width,
        height=picture.height,
        added_at=now,
    )
