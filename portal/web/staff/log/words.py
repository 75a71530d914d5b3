"""What stands in the audit log, in words: kinds of things, what was done, and values before and after."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from babel import Locale
from flask import g

from portal.core.dates import clock_time
from portal.domain.audit.models import AuditEntry
from portal.web.staff.team.forms import ROLE_NAMES
from portal.web.words import gettext
from portal.web.words import lazy_gettext as _

NOTHING = "–"

KINDS: dict[str, Any] = {
    "garage": _("Garage"),
    "location": _("Location"),
    "team": _("Team"),
    "case": _("Case"),
    "request": _("Request"),
    "letter": _("Letter"),
    "person": _("Person"),
    "retention": _("Retention times"),
}
DEEDS: dict[str, Any] = {
    "changed": _("changed"),
    "created": _("created"),
    "removed": _("removed"),
    "invited": _("invited"),
    "withdrawn": _("invitation withdrawn"),
    "joined": _("joined"),
    "sent again": _("sent again"),
    "seen to": _("seen to"),
    "open again": _("open again"),
    "exported": _("handed over"),
    "erased": _("erased"),
}
FIELDS: dict[str, Any] = {
    "active": _("Portal open"),
    "name": _("Name"),
    "role": _("Role"),
    "locations": _("Locations"),
    "mail": _("Mail address"),
    "email": _("Mail address"),
    "phone": _("Phone"),
    "contact": _("Contact"),
    "languages": _("Languages"),
    "purpose": _("Letter"),
    "retention": _("Retention times"),
    "case_months": _("Cases, in months"),
    "request_days": _("Unconfirmed requests, in days"),
    "log_months": _("Audit log, in months"),
    "cases": _("Cases"),
    "requests": _("Requests"),
    "entries": _("Lines of the log"),
    "files": _("Files"),
    "places": _("Places"),
    "slot_minutes": _("Length of a time, in minutes"),
    "hours": _("Hours"),
    "days": _("Days"),
    "open": _("Open"),
    "zone": _("Time zone"),
    "region": _("Region"),
    "country": _("Country"),
    "city": _("Town"),
    "postcode": _("Postcode"),
    "street": _("Street and number"),
}


class Change(NamedTuple):
    """One value of an entry, before and after, in words."""

    label: str
    before: str
    after: str


def kind(about: str) -> str:
    """What sort of thing was changed."""
    return str(KINDS.get(about) or _plain(about))


def deed(what: str) -> str:
    """What was done to it."""
    return str(DEEDS.get(what) or _plain(what).lower())


def changes(entry: AuditEntry) -> list[Change]:
    """What an entry says was different, value by value."""
    return list(_differences(entry.before or {}, entry.after or {}, ()))


def _differences(before: Mapping, after: Mapping, path: tuple[str, ...]) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        inside = (*path, str(name))
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _differences(old, new, inside)
        else:
            yield Change(" › ".join(map(_label, inside)), _spoken(name, old), _spoken(name, new))


def _label(name: str) -> str:
    return str(FIELDS.get(name) or _plain(name))


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _spoken(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return gettext("all") if name == "locations" and value is None else NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name in _SPEAKERS:
        return _SPEAKERS[name](value)
    if isinstance(value, Mapping):
        told = ((_label(str(key)), _spoken(str(key), each)) for key, each in value.items())
        return "; ".join(f"{label}: {words}" for label, words in told if words != NOTHING)
    if isinstance(value, list):
        return ", ".join(_spoken("", each) for each in value)
    return str(value)


def _role(value: Any) -> str:
    return str(ROLE_NAMES.get(value) or value)


def _places(value: Any) -> str:
    names = {place.id: place.name for place in g.desk.reach.locations}
    return ", ".join(str(names.get(each, each)) for each in value) if isinstance(value, list) else str(value)


def _weekdays(value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(each, int) and 0 <= each <= 6 for each in value):
        return str(value)
    names = Locale(g.language).days["format"]["abbreviated"]
    return ", ".join(names[each].rstrip(".") for each in value)


def _spans(value: Any) -> str:
    try:
        return ", ".join(f"{clock_time(start)}–{clock_time(end)}" for start, end in value)
    except (TypeError, ValueError):
        return str(value)


_SPEAKERS: dict[str, Callable[[Any], str]] = {
    "role": _role,
    "locations": _places,
    "days": _weekdays,
    "open": _spans,
}
