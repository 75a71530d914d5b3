"""Saving hours. Whoever saves decides about every booking that would stand outside; none is forgotten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import by_garage, outside, rezoning
from portal.domain.booking.errors import Undecided
from portal.domain.booking.outside import Outside
from portal.domain.garage import editing, queries, sections
from portal.domain.garage.errors import Overtaken
from portal.domain.garage.sections import Section
from portal.domain.garage.views import GarageView, LocationView


class Choice(StrEnum):
    """What becomes of a booking outside the hours."""

    KEEP = "keep"  # it is done all the same
    ASK = "ask"  # its customer is asked for another time and keeps this one until then
    CANCEL = "cancel"


@dataclass(frozen=True)
class Preview:
    """What a change would mean: the location as it would be, and the bookings it would leave outside."""

    place: LocationView
    outside: list[Outside]


def preview(
    garage: GarageView, place: LocationView, section: Section, values: Mapping[str, Any], now: datetime
) -> Preview:
    """What saving `values` would mean.

    Raises:
        PartRefused: if they break a rule.
    """
    changes = sections.changes(place, section, values)
    file = editing.preview(garage, changes, place)
    profile = next(each for each in file.locations if each.slug == place.slug)
    future = LocationView(place.id, profile, garage.profile, place.listed)
    return Preview(future, outside.left_by(garage, place, changes, now))


def save(
    garage: GarageView,
    place: LocationView,
    section: Section,
    values: Mapping[str, Any],
    *,
    expected: str,
    choices: Mapping[str, Choice],
    by: Actor,
    now: datetime,
) -> None:
    """Store `values` (JSON values by field) of a section, and do as `choices` say to what that leaves outside.

    `expected` is the fingerprint of the section as it was read; `choices` go by the uids of bookings.

    Raises:
        Overtaken: somebody else saved the same section since.
        PartRefused: if the result would break a rule.
        Undecided: bookings would stand outside about which `choices` say nothing; nothing was changed.
    """
    with transaction(editing.lock(garage)) as session:
        fresh = queries.stopped(garage.id)  # a press that comes now asks the new hours
        here = queries.location(fresh, place.id)
        part = sections.read(here, section)
        if part.fingerprint != expected:
            raise Overtaken(part.values)
        changes = sections.changes(here, section, values)
        left = outside.left_by(fresh, here, changes, now)
        if any(not each.held and each.uid not in choices for each in left):
            raise Undecided(left)
        read = editing.part(here, changes).fingerprint
        editing.store(session, fresh, changes, expected=read, by=by, now=now, about=section.about, place=here)
        # Whoever no mail reaches is kept for now, and still to be phoned.
        to_phone = {each.uid for each in left if not each.email and choices.get(each.uid) is Choice.KEEP}
        _do(session, [each for each in left if each.uid not in to_phone], choices, by, now)
        rezoning.follow(session, here, changes.get("zone", here.zone), now)


def settle(place: LocationView, choices: Mapping[str, Choice], *, by: Actor, now: datetime) -> None:
    """Do as `choices` say to what stands outside the hours of a location now; other bookings are left alone."""
    with transaction() as session:
        chosen = [each for each in outside.standing(place, now) if each.uid in choices]
        _do(session, chosen, choices, by, now)


def _do(
    session: Session, left: Iterable[Outside], choices: Mapping[str, Choice], by: Actor, now: datetime
) -> None:
    for each in sorted(left, key=lambda one: one.uid):  # always in one order: each is locked
        if each.held:
            continue
        choice = choices.get(each.uid, Choice.KEEP)
        if choice is Choice.ASK:
            by_garage.ask_for_another_time(session, each.uid, by=by, now=now)
        elif choice is Choice.CANCEL:
            by_garage.call_off(session, each.uid, by=by, now=now)
        else:
            by_garage.keep(session, each.uid, by=by, now=now)
