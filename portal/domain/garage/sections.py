"""A location's hours in sections that are edited and saved by themselves, so that planners rarely meet.

The document keeps all repairs in one field; whoever edits the week of one damage flow must not hear of who edits the
exceptions of another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.core import codes
from portal.domain.garage.editing import Part
from portal.domain.garage.hours import WorkHours
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import LocationView

Document = dict[str, Any]

HOURS = "hours"


@dataclass(frozen=True)
class Section:
    """`fields` of a location's document, or with a `flow` those of its hours for that kind of work.

    `about` is what the audit log calls a change of it. `day`: of the exceptions only the one of that day.
    """

    fields: tuple[str, ...]
    flow: Flow | None = None
    damage_flow: str = ""
    about: str = HOURS
    day: str | None = None


def week(flow: Flow, damage_flow: str = "") -> Section:
    """The weekly hours of one kind of work, with what limits them."""
    fields = ("hours", "notice_minutes", "horizon_days")
    return Section(fields if flow == "assessment" else (*fields, "day_limit"), flow, damage_flow)


def exceptions(flow: Flow, damage_flow: str = "") -> Section:
    """The days on which one kind of work has other hours."""
    return Section(("exceptions",), flow, damage_flow)


def exception(flow: Flow, damage_flow: str, day: str) -> Section:
    """The other hours of one day, so that whoever changes another day never hears of it."""
    return Section(("exceptions",), flow, damage_flow, day=day)


CLOSURES = Section(("closures",))
WHOLE_DAY = Section(("day_limit", "public_holidays", "region"))
WHEREABOUTS = Section(("name", "street", "postcode", "city", "country", "region", "zone"), about="location")


def work_hours(place: LocationView, flow: Flow, damage_flow: str = "") -> WorkHours:
    """The hours of one kind of work as they are stored, whether customers see it or not."""
    own = place.profile.assessment if flow == "assessment" else place.repair_hours(damage_flow)
    return own or WorkHours()


def read(place: LocationView, section: Section) -> Part:
    """The section as it is stored (JSON values), and what it looked like then."""
    whole = _whole(place, section)
    values = {field: whole.get(field) for field in section.fields}
    if section.day is not None:
        values["exceptions"] = [each for each in whole["exceptions"] if each["day"] == section.day]
    return Part(values, fingerprint(values))


def fingerprint(values: Mapping[str, Any]) -> str:
    """What a section looks like that holds `values`."""
    return codes.fingerprint(json.dumps(values, sort_keys=True).encode())


def changes(place: LocationView, section: Section, values: Mapping[str, Any]) -> Document:
    """`values` of a section as changes to the fields of the location's document."""
    whole = _whole(place, section)
    if section.day is not None:
        others = [each for each in whole["exceptions"] if each["day"] != section.day]
        values = {"exceptions": sorted([*others, *values["exceptions"]], key=lambda each: each["day"])}
    whole |= values
    if section.flow is None:
        return dict(values)
    if section.flow == "assessment":
        return {"assessment": whole}
    repair = [each.model_dump(mode="json") for each in place.profile.repair]
    known = any(each["damage_flow"] == section.damage_flow for each in repair)
    fresh = {**whole, "damage_flow": section.damage_flow}
    if not known:
        return {"repair": [*repair, fresh]}
    return {"repair": [fresh if each["damage_flow"] == section.damage_flow else each for each in repair]}


def _whole(place: LocationView, section: Section) -> Document:
    if section.flow is None:
        return place.profile.model_dump(mode="json")
    return work_hours(place, section.flow, section.damage_flow).model_dump(mode="json")
