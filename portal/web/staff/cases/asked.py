"""A search of cases as it stands in the address, and its conditions as words that can be taken away."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from flask import url_for

from portal.core.normalise import days, text
from portal.core.stages import Name as Stage
from portal.domain.booking.finding.search import Coming, Search, Sort
from portal.domain.garage.reach import Reach
from portal.web.staff.cases import words
from portal.web.words import gettext as _

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST = 200


class NoPlace(Exception):
    """The address names a location that is not within reach."""


class Condition(NamedTuple):
    """One condition in words, and the address without it."""

    words: str
    without: str


def read(args: Mapping[str, str], reach: Reach) -> Search:
    """The search an address asks for. What it says in vain is no condition.

    Raises:
        NoPlace: for a location that is not within reach.
    """
    place = None
    if (slug := args.get("location", "")) and (place := reach.place(slug)) is None:
        raise NoPlace(slug)
    flows = {flow.slug for flow in reach.garage.profile.damage_flows}
    return Search(
        words=text.one_line(text.printable(args.get("q", "")))[:LONGEST],
        location=place,
        stage=_one_of(Stage, args.get("stage")),
        damage_flow=flow if (flow := args.get("flow", "")) in flows else "",
        appointment=_one_of(Coming, args.get("appointment")),
        created_from=days.normalise(args.get("from", "")),
        created_to=days.normalise(args.get("to", "")),
        sort=_one_of(Sort, args.get("sort")) or Sort.NEWEST,
    )


def spelled(search: Search) -> dict[str, str]:
    """What `read` reads, without what is usual."""
    told = {
        "q": search.words,
        "location": search.location.slug if search.location else "",
        "stage": search.stage or "",
        "flow": search.damage_flow,
        "appointment": search.appointment or "",
        "from": search.created_from.isoformat() if search.created_from else "",
        "to": search.created_to.isoformat() if search.created_to else "",
        "sort": "" if search.sort == Sort.NEWEST else search.sort,
    }
    return {name: value for name, value in told.items() if value}


def address(search: Search, **more: str) -> str:
    """The address of a search."""
    told: dict[str, Any] = spelled(search) | more
    return url_for("staff.cases.show", **told)


def conditions(search: Search, reach: Reach, today: date) -> list[Condition]:
    """The conditions of a search but for its words, which stand in their field."""
    told = spelled(search)
    said: dict[str, str] = {}
    if search.location:
        said["location"] = search.location.name
    if search.stage:
        said["stage"] = str(words.STAGES[search.stage])
    if search.damage_flow:
        flows = reach.garage.profile.damage_flows
        said["flow"] = words.flow_name(next(flow for flow in flows if flow.slug == search.damage_flow))
    if search.appointment:
        said["appointment"] = str(words.APPOINTMENTS[search.appointment])
    if search.created_from:
        said["from"] = _("Opened from %(day)s", day=words.day(search.created_from, today))
    if search.created_to:
        said["to"] = _("Opened until %(day)s", day=words.day(search.created_to, today))
    return [Condition(said[name], _without(told, name)) for name in said]


def _without(told: dict[str, str], name: str) -> str:
    left: dict[str, Any] = {key: value for key, value in told.items() if key != name}
    return url_for("staff.cases.show", **left)


def _one_of(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value in set(kind) else None
