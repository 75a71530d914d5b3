"""What a garage knows about a case: its fields, and how the text of each becomes a value.

Pages, files and the shell all hand over text, so all are read here, with the same rules.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core import codes, zones
from portal.core.normalise import case_numbers, countries, days, emails, mileage, phones, plates, text, vin
from portal.domain.cases import activities
from portal.domain.cases.errors import DetailsRefused, Problem, Reason
from portal.domain.garage.views import GarageView, LocationView

Values = dict[str, Any]  # by field: text, a day, a number or None, a tuple of pieces

MAX_DAMAGE = 4000
# What a new case cannot do without; the reader of an empty one finds what is usual, or refuses.
_NEEDED = ("location", "plate", "plate_country", "language")
_NOT_BEFORE = (("vehicle_in", "finished"), ("vehicle_in", "collected"), ("finished", "collected"))


@dataclass(frozen=True)
class _Desk:
    """Where the text is read: at which garage, for a case at which location."""

    garage: GarageView
    place: LocationView


class _Refused(Exception):
    def __init__(self, reason: Reason, detail: str = "", value: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.value = reason, detail, value


@dataclass(frozen=True)
class Field:
    """A field: the row and column that keep it, what it is while nobody knows it, and how its text is read."""

    row: str
    column: str
    read: Callable[[str, _Desk], Any]
    empty: Any = ""
    lines: bool = False


def _line(most: int) -> Callable[[str, _Desk], str]:
    def read(told: str, desk: _Desk) -> str:
        if len(told) > most:
            raise _Refused(Reason.TOO_LONG, str(most))
        return told

    return read


def _normal(normalise: Callable[[str], Any], empty: Any = "") -> Callable[[str, _Desk], Any]:
    """Empty, or what `normalise` makes of it."""

    def read(told: str, desk: _Desk) -> Any:
        if not told:
            return empty
        if (value := normalise(told)) is None:
            raise _Refused(Reason.MALFORMED)
        return value

    return read


def _number(told: str, desk: _Desk) -> str:
    if told and not case_numbers.key(told):
        raise _Refused(Reason.MALFORMED)
    return _line(case_numbers.MAX_LENGTH)(told, desk)


def _location(told: str, desk: _Desk) -> str:
    slugs = [location.slug for location in desk.garage.locations]
    if not told and len(slugs) == 1:
        return slugs[0]
    return _one_of(slugs, told)


def _plate(told: str, desk: _Desk) -> str:
    if not told:
        raise _Refused(Reason.MISSING)
    if not plates.plausible(told):
        raise _Refused(Reason.MALFORMED)
    return plates.spelling(told)


def _plate_country(told: str, desk: _Desk) -> str:
    return _normal(countries.normalise)(told or desk.place.profile.country, desk)


def _phone(told: str, desk: _Desk) -> str:
    return _normal(lambda value: phones.normalise(value, desk.place.profile.country))(told, desk)


def _mail(told: str, desk: _Desk) -> str:
    try:
        return _normal(emails.normalise)(told, desk)
    except _Refused:
        raise _Refused(Reason.ACCENTED if emails.is_accented(told) else Reason.MALFORMED) from None


def _language(told: str, desk: _Desk) -> str:
    return _one_of(desk.garage.languages, told.lower() or desk.garage.languages[0])


def _damage_flow(told: str, desk: _Desk) -> str | None:
    return _one_of([flow.slug for flow in desk.garage.profile.damage_flows], told) if told else None


def _activities(told: str, desk: _Desk) -> tuple[activities.Piece, ...]:
    return activities.listed(_line(MAX_DAMAGE)(told, desk))


def _damage_zones(told: str, desk: _Desk) -> str:
    try:
        return zones.spelled(zones.listed(told))
    except ValueError as no:
        raise _Refused(Reason.UNKNOWN, ", ".join(zones.ZONES), str(no)) from None


def _one_of(known: Any, told: str) -> str:
    if not told:
        raise _Refused(Reason.MISSING)
    if told not in known:
        raise _Refused(Reason.UNKNOWN, ", ".join(known))
    return told


_day = _normal(days.normalise, None)

# In the order in which people read them; `location` first, because others depend on it.
FIELDS = {
    "location": Field("case", "location_id", _location),
    "number": Field("case", "number", _number),
    "plate": Field("vehicle", "plate", _plate),
    "plate_country": Field("vehicle", "plate_country", _plate_country),
    "vin": Field("vehicle", "vin", _normal(vin.normalise)),
    "make": Field("vehicle", "make", _line(60)),
    "model": Field("vehicle", "model", _line(60)),
    "mileage": Field("vehicle", "mileage_km", _normal(mileage.normalise, None), None),
    "first_name": Field("customer", "first_name", _line(80)),
    "last_name": Field("customer", "last_name", _line(80)),
    "mail": Field("customer", "email", _mail),
    "phone": Field("customer", "phone", _phone),
    "street": Field("customer", "street", _line(120)),
    "postcode": Field("customer", "postcode", _line(16)),
    "city": Field("customer", "city", _line(80)),
    "language": Field("case", "language", _language),
    "damage_flow": Field("case", "damage_flow", _damage_flow, None),
    "damage": Field("case", "damage", _line(MAX_DAMAGE), lines=True),
    "damage_zones": Field("case", "damage_zones", _damage_zones),
    "vehicle_in": Field("case", "vehicle_in_on", _day, None),
    "ready": Field("case", "ready_on", _day, None),
    "planned_end": Field("case", "planned_end_on", _day, None),
    "finished": Field("case", "finished_on", _day, None),
    "collected": Field("case", "collected_on", _day, None),
    "activities": Field("activities", "", _activities, ()),
}
# Given instead of `activities`: those that are to be added, or changed by their name.
SOME_ACTIVITIES = "activity"
EMPTY: Values = {name: field.empty for name, field in FIELDS.items()}


def read(
    given: Mapping[str, str],
    garage: GarageView,
    before: Values | None = None,
    place: LocationView | None = None,
) -> Values:
    """The values of the fields given; of a new case if there is nothing `before`, else of one at `place`.

    What is there already is never refused, even if the garage no longer knows it, such as a location it left.

    Raises:
        DetailsRefused: with everything that is wrong.
    """
    told = dict(given) if before is not None else dict.fromkeys(_NEEDED, "") | dict(given)
    old = EMPTY if before is None else before
    desk = _Desk(garage, garage.by_slug(told.get("location", "").strip()) or place or garage.locations[0])
    values: Values = {}
    problems: list[Problem] = []
    for name in [*FIELDS, SOME_ACTIVITIES]:
        if name in told:
            try:
                values |= _read(name, told[name], old, desk)
            except _Refused as no:
                value = told[name] if no.value is None else no.value
                problems.append(Problem(name, no.reason, value, no.detail))
    problems += _disorder(old | values, values)
    if problems:
        raise DetailsRefused(problems)
    return values


def plain(value: Any) -> str:
    """A value as text again, as `read` would take it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return activities.spelled(value) if isinstance(value, tuple) else value or ""


def fingerprint(values: Values, names: Iterable[str]) -> str:
    """A name for what exactly these fields are."""
    told = {name: plain(values[name]) for name in names}
    return codes.fingerprint(json.dumps(told, sort_keys=True).encode())


def _read(name: str, told: str, old: Values, desk: _Desk) -> Values:
    field = FIELDS.get(name)
    try:
        clean = text.clean(told) if field and field.lines else text.one_line(told)
    except ValueError:
        raise _Refused(Reason.UNREADABLE) from None
    try:
        if field is None:
            return {"activities": activities.amended(old["activities"], clean)}
        return {name: clean if clean and clean == old[name] else field.read(clean, desk)}
    except activities.PieceRefused as no:
        raise _Refused(Reason.TWICE if no.twice else Reason.MALFORMED, no.part, no.part) from None


def _disorder(merged: Values, given: Values) -> list[Problem]:
    """Days that cannot be in this order; the one that was given is to blame."""
    problems = []
    for first, then in _NOT_BEFORE:
        if merged[first] and merged[then] and merged[then] < merged[first]:
            if then in given:
                problems.append(Problem(then, Reason.TOO_EARLY, plain(merged[then]), first))
            elif first in given:
                problems.append(Problem(first, Reason.TOO_LATE, plain(merged[first]), then))
    return problems
