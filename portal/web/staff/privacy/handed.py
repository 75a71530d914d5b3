"""What is handed over to a person, line by line, as they read it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask import g

from portal.core import dates
from portal.core.dates import NATIVE_NAMES
from portal.domain.booking.models import State
from portal.domain.cases.service import ANSWERED, CONSENT_PURPOSE
from portal.domain.correspondence.service import EVENT
from portal.web.staff.case import history
from portal.web.staff.case.words import FLOWS, LETTER_STATES, PHOTOS
from portal.web.staff.deliveries import words as deliveries
from portal.web.staff.log import changes, values
from portal.web.staff.log import words as log
from portal.web.staff.privacy import words
from portal.web.words import gettext
from portal.web.words import lazy_gettext as _

STATES: dict[str, Any] = {
    State.HELD: _("not confirmed"),
    State.ASKED: _("not confirmed"),
    State.BOOKED: _("booked"),
    State.RELEASED: _("not kept any more"),
    State.CANCELLED: _("cancelled"),
}
ACTORS: dict[str, Any] = {"customer": _("Customer"), "garage": _("Garage")}
CONSENTS: dict[str, Any] = {CONSENT_PURPOSE: _("To handle the damage case")}
EVENTS: dict[str, Any] = {
    ANSWERED: _("questions answered"),
    EVENT: log.DEEDS["letter sent"],
    "photos_added": log.DEEDS["photos added"],
    "photo_removed": log.DEEDS["photo removed"],
}

Line = tuple[str, str]


def lines(section: str, row: Mapping[str, Any], zone: str) -> list[Line]:
    """What a row of a section says: what each value is called, and the value; moments as the clock of `zone` shows them."""
    return [*_plain(section, row, zone), *_plain("answers", _answers(row), zone), *_differing(row, zone)]


def picture(label: str) -> str:
    """What a photo shows."""
    return str(PHOTOS.get(label, label))


def zone_of(case: Mapping[str, Any]) -> str:
    """The zone whose clock a case goes by."""
    places = {place.name: place.zone for place in g.desk.reach.locations}
    return str(places.get(case["location"], g.desk.garage.locations[0].zone))


def _plain(section: str, row: Mapping[str, Any], zone: str) -> Iterator[Line]:
    for name, told in row.items():
        if words.UNSPOKEN & {name, f"{section}.{name}"} or name in words.SECTIONS:
            continue
        if told not in (None, "", [], {}):
            yield words.field(name), _spoken(section, name, told, zone)


def _answers(row: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a request, or of a draft, which keeps them step by step as they were typed."""
    found: dict[str, Any] = {}
    for name, told in row.get("answers", {}).items():
        found |= told["typed"] if isinstance(told, Mapping) else {name: told}
    return found


def _differing(row: Mapping[str, Any], zone: str) -> Iterator[Line]:
    """What a line of the history, or of the log, says was different."""
    detail = {name: told for name, told in row.get("detail", {}).items() if name != "by"}
    fields = detail.pop("fields", {})
    before = {name: old for name, (old, _new) in fields.items()} | row.get("before", {})
    after = {name: new for name, (_old, new) in fields.items()} | detail | row.get("after", {})
    for label, old, new in changes.between(before, after, zone):
        yield label, new if old == values.NOTHING else f"{old} → {new}"


def _spoken(section: str, name: str, told: Any, zone: str) -> str:
    if isinstance(told, bool):
        return gettext("yes") if told else gettext("no")
    if name in ("at", "held_until") or name.endswith("_at"):
        return dates.local_moment(datetime.fromisoformat(told), zone, g.language)
    if name == "day" or name.endswith("_on"):
        return dates.long_day(date.fromisoformat(told), g.language)
    speak = _SPEAKERS.get(f"{section}.{name}") or _SPEAKERS.get(name) or str
    return speak(told)


def _named(names: Mapping[Any, Any]) -> Callable[[Any], str]:
    return lambda told: str(names.get(told, told))


_SPEAKERS: dict[str, Callable[[Any], str]] = {
    "language": _named(NATIVE_NAMES),
    "consent_language": _named(NATIVE_NAMES),
    "start_minute": dates.clock_time,
    "end_minute": dates.clock_time,
    "flow": _named(FLOWS),
    "damage_flow": history.damage_flow,
    "damage_zones": lambda told: history.value("damage_zones", told),
    "appointments.state": _named(STATES),
    "requests.state": _named(STATES),
    "letters.state": lambda told: str(LETTER_STATES[told][0]),
    "letters.purpose": deliveries.letter,
    "consents.purpose": _named(CONSENTS),
    "held_back": _named(deliveries.HELD_BACK),
    "letter": values.letter,
    "values": lambda told: ", ".join(str(each) for each in told.values() if each),
    "questions": lambda told: ", ".join(
        gettext("%(question)s “%(answer)s”", question=each["question"], answer=history.answer(each["answer"]))
        for each in told
    ),
    "label": picture,
    "actor": _named(ACTORS),
    "history.what": lambda told: str(EVENTS.get(told) or log.deed(told)),
    "changes.what": log.deed,
    "changes.about": log.kind,
}
