"""Asking for photos."""

from sqlalchemy import select

from portal.db import db
from portal.domain.photos.errors import PhotoUnknown
from portal.domain.photos.models import Photo


def of_draft(draft_id: int) -> list[Photo]:
    """The photos of a draft, in the order they came."""
    return list(db.session.scalars(select(Photo).where(Photo.draft_id == draft_id).order_by(Photo.id)))


def of_case(case_id: int) -> list[Photo]:
    """The photos of a case, in the order they came."""
    return list(db.session.scalars(select(Photo).where(Photo.case_id == case_id).order_by(Photo.id)))


def one_of_draft(draft_id: int, uid: str) -> Photo:
    """One photo of a draft.

    Raises:
        PhotoUnknown: if the draft has no such photo.
    """
    photo = db.session.scalar(select(Photo).where(Photo.uid == uid, Photo.draft_id == draft_id))
    if photo is None:
        raise PhotoUnknown(uid)
    return photo
