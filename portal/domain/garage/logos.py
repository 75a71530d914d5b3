"""Logos: stored pictures that a brand names."""

from datetime import datetime

from portal.adapters import images
from portal.adapters.storage import Storage
from portal.core import codes
from portal.domain.audit.service import Actor
from portal.domain.garage import editing
from portal.domain.garage.views import GarageView, LocationView

FIELDS = ("brand",)
PREFIX = "logos/"


def keep(picture: bytes, storage: Storage) -> str:
    """Store a small, clean copy of `picture`; its key.

    Raises:
        PictureRefused: if it is not a picture.
        ImagesUnavailable, StorageUnavailable: it may be sent again later.
    """
    clean = images.process_logo(picture)
    # Named after its content: a new logo is a new address, so browsers may keep it for ever.
    key = f"{PREFIX}{codes.fingerprint(clean)}.png"
    storage.put(key, clean)
    return key


def change(
    garage: GarageView,
    picture: bytes,
    storage: Storage,
    *,
    place: LocationView | None,
    expected: str,
    by: Actor,
    now: datetime,
) -> None:
    """Show `picture` as the logo of the garage, or of `place`.

    The picture before it stays stored: letters that were sent show it.

    Raises:
        Overtaken: if the brand was changed since it was read.
        PictureRefused, ImagesUnavailable, StorageUnavailable: as `keep`.
    """
    _save(garage, keep(picture, storage), place, expected, by, now)


def remove(
    garage: GarageView, *, place: LocationView | None, expected: str, by: Actor, now: datetime
) -> None:
    """Show no logo of its own (any more).

    Raises:
        Overtaken: as `change`.
    """
    _save(garage, None, place, expected, by, now)


def _save(
    garage: GarageView, key: str | None, place: LocationView | None, expected: str, by: Actor, now: datetime
) -> None:
    brand = editing.part(place or garage, FIELDS).values["brand"]
    changes = {"brand": {**brand, "logo": key}}
    editing.save(garage, changes, place=place, expected=expected, by=by, now=now, about="logo")
