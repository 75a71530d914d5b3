"""Setting up a garage."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters import images
from portal.adapters.storage import Storage
from portal.core import codes
from portal.core.normalise import phones
from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.garage import logos, queries
from portal.domain.garage.errors import FileRefused
from portal.domain.garage.models import Garage, Location
from portal.domain.garage.profile import GarageFile, GarageProfile, LocationProfile


@dataclass(frozen=True)
class Applied:
    """What applying a file did: `changed` names the parts that differ from before."""

    slug: str
    created: bool
    changed: list[str]


def apply(
    file: GarageFile,
    *,
    folder: Path,
    storage: Storage,
    now: datetime,
    check: Callable[[], None] | None = None,
) -> Applied:
    """Make the stored garage equal to `file`; logos are pictures beside it, in `folder`. Repeating changes nothing.

    A location that is no longer in the file is kept but not listed, for its bookings and cases. What changes stands in
    the log, as done on the command line. `check` is asked while nobody gives places away by the old rules; what it
    raises leaves everything as it is.

    Raises:
        FileRefused: if a logo is missing or is not a picture.
    """
    garage_document = _document("", file, file.locations[0].country, folder, storage, exclude={"locations"})
    locations = {
        location.slug: _document(f"locations[{index}].", location, location.country, folder, storage)
        for index, location in enumerate(file.locations)
    }
    with transaction(f"garage {file.slug}") as session:
        garage = session.scalar(select(Garage).where(Garage.slug == file.slug))
        created = garage is None
        if garage is not None:
            queries.stopped(garage.id)
        if check is not None:
            check()
        changed: list[str] = []
        if garage is None:
            garage = Garage(slug=file.slug, profile=garage_document, revision=codes.uid())
            session.add(garage)
            session.flush()
        log = partial(audit.record, session, COMMAND_LINE, garage_id=garage.id, now=now)
        if garage.profile != garage_document:
            log("applied", about="garage", subject=file.slug, before=garage.profile, after=garage_document)
            garage.profile = garage_document
            changed.append("garage")
        changed += _apply_locations(session, garage, locations, log)
        if changed:
            garage.revision = codes.uid()
    return Applied(file.slug, created, changed)


def _apply_locations(
    session: Session, garage: Garage, documents: dict[str, dict], log: Callable[..., None]
) -> list[str]:
    known = {
        location.slug: location
        for location in session.scalars(select(Location).where(Location.garage_id == garage.id))
    }
    changed = []
    for position, (slug, document) in enumerate(documents.items()):
        location = known.get(slug)
        if location is None:
            session.add(
                Location(garage_id=garage.id, slug=slug, position=position, listed=True, profile=document)
            )
            if known:  # a new garage begins with its locations
                log("created", about="location", subject=slug)
            changed.append(slug)
        elif (location.profile, location.position, location.listed) != (document, position, True):
            _log_location(log, location, document, listed=True)
            location.profile, location.position, location.listed = document, position, True
            changed.append(slug)
    for slug, location in known.items():
        if slug not in documents and location.listed:
            _log_location(log, location, location.profile, listed=False)
            location.listed = False
            changed.append(slug)
    return changed


def _log_location(log: Callable[..., None], location: Location, document: dict, *, listed: bool) -> None:
    before, after = {**location.profile, "listed": location.listed}, {**document, "listed": listed}
    if before != after:  # another place in the list alone is nothing to tell
        about = {"about": "location", "subject": location.slug, "location_id": location.id}
        log("applied", **about, before=before, after=after)


def _document(
    place: str,
    profile: GarageProfile | LocationProfile,
    country: str,
    folder: Path,
    storage: Storage,
    exclude: set[str] | None = None,
) -> dict:
    document: dict = profile.model_dump(mode="json", exclude=exclude)
    if profile.brand.logo:
        document["brand"]["logo"] = _store_logo(place, profile.brand.logo, folder, storage)
    if profile.contact.phone:  # a national number means something in its own country only
        document["contact"]["phone"] = phones.normalise(profile.contact.phone, country)
    return document


def _store_logo(place: str, name: str, folder: Path, storage: Storage) -> str:
    try:
        return logos.keep((folder / name).read_bytes(), storage)
    except OSError:
        raise FileRefused([f"{place}brand.logo: there is no file {name} beside the garage file"]) from None
    except images.PictureRefused:
        raise FileRefused([f"{place}brand.logo: {name} is not a PNG, JPEG or WebP picture"]) from None
