"""Values in the log, as people read them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale
from flask import g

from portal.core import dates
from portal.core.dates import NATIVE_NAMES
from portal.domain.correspondence import queries as correspondence
from portal.web.staff.case import history
from portal.web.staff.case.words import FIELDS as CASE_FIELDS
from portal.web.staff.case.words import PHOTOS
from portal.web.staff.countries import COUNTRIES, region
from portal.web.staff.deliveries import words as deliveries
from portal.web.staff.hours import words as hours
from portal.web.staff.letters.words import LETTERS
from portal.web.staff.letters.words import name as letter_name
from portal.web.staff.log.words import FIELDS, UNSPOKEN, field
from portal.web.staff.team.forms import ROLE_NAMES
from portal.web.staff.work.forms import KINDS
from portal.web.words import gettext as _
from portal.web.words import lazy_gettext

NOTHING = "–"
# What None means where it is not nothing.
LEFT_OPEN = {
    "locations": lazy_gettext("all"),
    **dict.fromkeys(("photos", "photos_required", "questions"), lazy_gettext("as for all locations")),
}
MOMENTS = frozenset({"starts_at", "old", "new"})


def spoken(name: str, value: Any, zone: str) -> str:
    """The value called `name` in words; moments as the clock of `zone` shows them."""
    if value is None:
        return str(LEFT_OPEN.get(name, NOTHING))
    if value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    try:
        return _moment(value, zone) if name in MOMENTS else _known(name, value, zone)
    except (TypeError, ValueError, KeyError):  # somebody's name was erased in it, or it is of an older form
        return str(value)


def _known(name: str, value: Any, zone: str) -> str:
    if name in _SPEAKERS:
        return _SPEAKERS[name](value)
    if name in CASE_FIELDS and isinstance(value, str):
        return history.value(name, value)
    if isinstance(value, Mapping):
        told = [
            (field(key, each), spoken(key, each, zone)) for key, each in value.items() if key not in UNSPOKEN
        ]
        return "; ".join(f"{label}: {words}" for label, words in told if words != NOTHING)
    if isinstance(value, list):
        between = " / " if any(isinstance(each, Mapping) for each in value) else ", "
        return between.join(spoken("", each, zone) for each in value)
    return str(value)


def _moment(value: str, zone: str) -> str:
    return dates.local_moment(datetime.fromisoformat(value), zone, g.language)


def _day(value: str) -> str:
    return dates.long_day(date.fromisoformat(value), g.language)


def _places(value: list[int]) -> str:
    names = {place.id: place.name for place in g.desk.reach.locations}
    return ", ".join(str(names.get(each, each)) for each in value)


def _weekdays(value: list[int] | int) -> str:
    if isinstance(value, int):  # how many a repair takes
        return str(value)
    names = Locale(g.language).days["format"]["abbreviated"]
    return ", ".join(names[each].rstrip(".") for each in value)


def letter(value: str) -> str:
    """A letter by its name, be it a ready-made one or the garage's own."""
    if value in LETTERS:
        return str(LETTERS[value])
    if "own_letters" not in g:  # many entries of one page ask
        g.own_letters = {line.letter: line.name for line in correspondence.lines(g.desk.garage)}
    return str(letter_name(value, g.own_letters.get(value, "")))


def _each(names: Mapping[str, Any]) -> Callable[[list[str]], str]:
    return lambda value: ", ".join(str(names[each]) for each in value)


_SPEAKERS: dict[str, Callable[[Any], str]] = {
    "role": lambda value: str(ROLE_NAMES[value]),
    "locations": _places,
    "languages": _each(NATIVE_NAMES),
    "country": lambda value: str(COUNTRIES[value]),
    "region": region,
    "flow": lambda value: str(FIELDS[value]),
    "flows": _each(FIELDS),
    "purpose": deliveries.letter,
    "letter": letter,
    "of": lambda value: str(LETTERS.get(value, value)),
    "logo": lambda _value: _("a picture"),
    "label": lambda value: str(PHOTOS[value]),
    "kind": lambda value: str(KINDS[value]),
    "days": _weekdays,
    "open": hours.spans,
    "closures": lambda value: ", ".join(map(hours.closure, value)),
    "notice_minutes": hours.duration,
    "day": _day,
    "valid_from": _day,
    "valid_until": _day,
}
