"""Changing a part of a garage at the desk: some fields of its document, or of one location's.

A part is read with its fingerprint and saved against it, so that two people who edit the same part are told, while
people who edit different parts never hear of each other.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import codes
from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.garage import queries
from portal.domain.garage.errors import Overtaken, PartRefused, SlugTaken
from portal.domain.garage.models import Garage, Location
from portal.domain.garage.profile import GarageFile, GarageProfile
from portal.domain.garage.views import GarageView, LocationView

Document = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Some fields as they are stored (JSON values), and what they looked like then."""

    values: Document
    fingerprint: str


def part(of: GarageView | LocationView, fields: Collection[str]) -> Part:
    """These fields of a garage or of one location."""
    return _part(of.profile.model_dump(mode="json"), fields)


def preview(garage: GarageView, changes: Mapping[str, Any], place: LocationView | None = None) -> GarageFile:
    """The garage as it would be with `changes` to its own fields, or to those of `place`.

    Raises:
        PartRefused: if that would break a rule.
    """
    document = garage.profile.model_dump(mode="json")
    document["locations"] = [each.profile.model_dump(mode="json") for each in garage.locations]
    if place is None:
        document |= changes
    else:
        document["locations"] = [
            {**each, **changes} if each["slug"] == place.slug else each for each in document["locations"]
        ]
    return validated(document, place)


def save(
    garage: GarageView,
    changes: Mapping[str, Any],
    *,
    expected: str,
    by: Actor,
    now: datetime,
    about: str,
    place: LocationView | None = None,
) -> None:
    """Store `changes` (JSON values by field) of a garage, or of `place`, if nobody saved these fields since.

    `expected` is the fingerprint of the part as it was read; `about` names the kind of change in the audit log.

    Raises:
        Overtaken: somebody else saved the same fields since.
        PartRefused: if the result would break a rule.
    """
    with transaction(lock(garage)) as session:
        store(session, garage, changes, expected=expected, by=by, now=now, about=about, place=place)


def lock(garage: GarageView) -> str:
    """The name of the lock under which a garage's documents change."""
    return f"garage {garage.slug}"


def store(
    session: Session,
    garage: GarageView,
    changes: Mapping[str, Any],
    *,
    expected: str,
    by: Actor,
    now: datetime,
    about: str,
    place: LocationView | None = None,
) -> None:
    """`save` as a part of the running transaction, which holds `lock(garage)`."""
    fresh = queries.by_id(garage.id)
    before = part(queries.location(fresh, place.id) if place else fresh, changes)
    if before.fingerprint != expected:
        raise Overtaken(before.values)
    row = _row(session, garage, place)
    whole = _stored(preview(fresh, changes, place), place)
    if whole == row.profile:
        return
    row.profile = whole
    session.get_one(Garage, garage.id).revision = codes.uid()
    audit.record(
        session,
        by,
        "changed",
        garage_id=garage.id,
        location_id=place.id if place else None,
        about=about,
        subject=place.slug if place else garage.slug,
        now=now,
        before=before.values,
        after=_part(whole, changes).values,
    )


def set_active(garage: GarageView, *, active: bool, by: Actor, now: datetime) -> None:
    """Open the portal of a garage to customers, or close it."""
    expected = part(garage, ["active"]).fingerprint
    save(garage, {"active": active}, expected=expected, by=by, now=now, about="garage")


def create(document: Mapping[str, Any], *, by: Actor, now: datetime) -> str:
    """A new garage with its locations, from JSON values by field; its slug.

    Raises:
        PartRefused: if it breaks a rule.
        SlugTaken: if there is a garage of this name.
    """
    file = validated(dict(document), None)
    with transaction(f"garage {file.slug}") as session:
        if session.scalar(select(Garage.id).where(Garage.slug == file.slug)) is not None:
            raise SlugTaken(file.slug)
        garage = Garage(slug=file.slug, profile=_stored(file, None), revision=codes.uid())
        session.add(garage)
        session.flush()
        for position, location in enumerate(file.locations):
            session.add(
                Location(
                    garage_id=garage.id,
                    slug=location.slug,
                    position=position,
                    profile=location.model_dump(mode="json"),
                )
            )
        audit.record(session, by, "created", garage_id=garage.id, about="garage", subject=file.slug, now=now)
    return file.slug


def _row(session: Session, garage: GarageView, place: LocationView | None) -> Garage | Location:
    if place is None:
        return session.get_one(Garage, garage.id)
    return session.scalars(
        select(Location).where(Location.id == place.id, Location.garage_id == garage.id)
    ).one()


def _part(document: Mapping[str, Any], fields: Collection[str]) -> Part:
    values = {field: document.get(field) for field in sorted(fields)}
    return Part(values, codes.fingerprint(json.dumps(values, sort_keys=True).encode()))


def _stored(file: GarageFile, place: LocationView | None) -> Document:
    if place is None:
        return GarageProfile.model_validate(file.model_dump(exclude={"locations"})).model_dump(mode="json")
    return next(each for each in file.locations if each.slug == place.slug).model_dump(mode="json")


def validated(document: Document, place: LocationView | None) -> GarageFile:
    """The garage that a whole document describes; problems are told as those of `place`, if there is one.

    Raises:
        PartRefused: if it breaks a rule.
    """
    try:
        return GarageFile.model_validate(document)
    except ValidationError as error:
        raise PartRefused(
            [(_inside(each["loc"], document, place), each["msg"]) for each in error.errors()]
        ) from None


def _inside(
    loc: tuple[int | str, ...], document: Document, place: LocationView | None
) -> tuple[int | str, ...]:
    """Where a problem stands in the part that is edited."""
    if place is not None and loc[:1] == ("locations",) and len(loc) > 1:
        return loc[2:]
    return loc
