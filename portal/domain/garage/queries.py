"""Asking for garages."""

from functools import lru_cache

from sqlalchemy import bindparam, select

from portal.db import ask, db
from portal.domain.garage.errors import GarageUnknown
from portal.domain.garage.models import Garage, Location
from portal.domain.garage.profile import GarageProfile, LocationProfile
from portal.domain.garage.views import GarageView, LocationView

# Of every page and letter; made once, because putting a statement together costs more than the database does.
_KNOWN = select(Garage.id, Garage.revision)
_BY_SLUG = _KNOWN.where(Garage.slug == bindparam("slug"))
_BY_ID = _KNOWN.where(Garage.id == bindparam("id"))

_STANDING = _BY_ID.with_for_update(read=True)
_STOPPED = _BY_ID.with_for_update(key_share=True)

_views: dict[str, GarageView] = {}


def find(slug: str) -> GarageView:
    """The active garage named `slug`.

    Raises:
        GarageUnknown: if there is none, or it is not active.
    """
    row = ask(_BY_SLUG, slug=slug).first()
    if row is None or not (view := _view(row.id, row.revision)).profile.active:
        raise GarageUnknown(slug)
    return view


def known(slug: str) -> GarageView | None:
    """The garage named `slug`, active or not; None if there is none."""
    row = db.session.execute(_BY_SLUG, {"slug": slug}).first()
    return None if row is None else _view(row.id, row.revision)


def by_id(garage_id: int) -> GarageView:
    """The garage of a row that points at it, active or not."""
    row = ask(_BY_ID, id=garage_id).one()
    return _view(row.id, row.revision)


def standing(garage_id: int) -> GarageView:
    """The garage as it is until the running transaction ends: whoever is to change it waits. For giving places away."""
    row = ask(_STANDING, id=garage_id).one()
    return _view(row.id, row.revision)


def stopped(garage_id: int) -> GarageView:
    """The garage, in which nobody gives places away by its old rules until the running transaction ends."""
    row = ask(_STOPPED, id=garage_id).one()
    return _view(row.id, row.revision)


def as_of(garage_id: int, revision: str) -> GarageView:
    """The garage of a row that was read together with its garage's `revision`; asks only what is new."""
    return _view(garage_id, revision)


def every() -> list[GarageView]:
    """All garages, by name."""
    rows = ask(_KNOWN.order_by(Garage.slug))
    return [_view(row.id, row.revision) for row in rows]


def every_location(garage: GarageView) -> tuple[LocationView, ...]:
    """The locations of a garage: those that are listed, then those it left, whose bookings and cases stay."""
    return (*garage.locations, *_left(garage))


@lru_cache(maxsize=256)
def _left(garage: GarageView) -> tuple[LocationView, ...]:
    # A new revision is a new view, so what is remembered by the view is never old.
    rows = db.session.scalars(
        select(Location)
        .where(Location.garage_id == garage.id, Location.listed.is_(False))
        .order_by(Location.position)
    )
    return tuple(_unlisted(row, garage) for row in rows)


def _unlisted(row: Location, garage: GarageView) -> LocationView:
    return LocationView(row.id, LocationProfile.model_validate(row.profile), garage.profile, listed=False)


def location(garage: GarageView, location_id: int) -> LocationView:
    """A location of `garage`, listed or not."""
    listed = garage.by_id(location_id)
    if listed is not None:
        return listed
    row = db.session.scalars(select(Location).where(Location.id == location_id)).one()
    return _unlisted(row, garage)


def _view(garage_id: int, revision: str) -> GarageView:
    # Revisions are random, so one never means two things, whatever database it came from.
    known = _views.get(revision)
    if known is not None:
        return known
    fresh = _load(garage_id)
    for old, view in list(_views.items()):
        if view.slug == fresh.slug:
            _views.pop(old, None)
    _views[revision] = fresh
    return fresh


def _load(garage_id: int) -> GarageView:
    garage = db.session.scalars(select(Garage).where(Garage.id == garage_id)).one()
    rows = db.session.scalars(
        select(Location).where(Location.garage_id == garage_id, Location.listed).order_by(Location.position)
    )
    profile = GarageProfile.model_validate(garage.profile)
    locations = tuple(
        LocationView(row.id, LocationProfile.model_validate(row.profile), profile) for row in rows
    )
    return GarageView(garage.id, garage.revision, profile, locations)
