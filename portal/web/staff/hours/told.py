"""What a change of hours did, line by line, from the values before and after."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from portal.domain.garage.views import LocationView
from portal.web.staff.countries import COUNTRIES, region
from portal.web.staff.hours import words
from portal.web.staff.hours.room import works
from portal.web.words import gettext as _
from portal.web.words import ngettext


class Change(NamedTuple):
    """The lines of one kind of work (empty: of the location) that went, and those that came."""

    about: str
    gone: list[str]
    new: list[str]


def difference(place: LocationView, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two states of some fields of a location's document."""
    old, new = _lines(place, before), _lines(place, after)
    found = []
    for about in dict.fromkeys([*old, *new]):
        ours, theirs = old.get(about, []), new.get(about, [])
        gone = [line for line in ours if line not in theirs]
        come = [line for line in theirs if line not in ours]
        if gone or come:
            found.append(Change(about, gone, come))
    return found


def work_lines(hours: Mapping[str, Any]) -> list[str]:
    """The hours of one kind of work, from stored values."""
    lines = [words.row(each, hours) for each in hours.get("hours", [])]
    lines += [words.exception(each, hours) for each in hours.get("exceptions", [])]
    if "notice_minutes" in hours:
        lines.append(_("Notice: %(time)s", time=words.duration(hours["notice_minutes"])))
    if "horizon_days" in hours:
        days = ngettext("%(num)s day", "%(num)s days", hours["horizon_days"])
        lines.append(_("Bookable ahead: %(days)s", days=days))
    if hours.get("day_limit"):
        lines.append(_("At most a day: %(number)s", number=hours["day_limit"]))
    return lines


def location_lines(values: Mapping[str, Any]) -> list[str]:
    """What holds for all work of a location."""
    lines = list(_whereabouts(values))
    lines += [_("Closed: %(days)s", days=words.closure(each)) for each in values.get("closures") or []]
    if "public_holidays" in values:
        lines.append(
            _("Closed on public holidays") if values["public_holidays"] else _("Open on public holidays")
        )
    if values.get("region"):
        lines.append(_("Holidays of the region %(region)s", region=region(values["region"])))
    if values.get("day_limit"):
        lines.append(_("At most a day, all work together: %(number)s", number=values["day_limit"]))
    return lines


def _whereabouts(values: Mapping[str, Any]) -> Iterator[str]:
    labels = {
        "name": _("Name"),
        "street": _("Street and number"),
        "postcode": _("Postcode"),
        "city": _("Town"),
        "country": _("Country"),
        "zone": _("Time zone"),
    }
    for name, label in labels.items():
        if name in values:
            new = COUNTRIES.get(values[name], values[name]) if name == "country" else values[name]
            yield _("%(field)s: %(new)s", field=label, new=new)
    if "listed" in values:
        yield (
            _("Customers see this location") if values["listed"] else _("Customers do not see this location")
        )


def _lines(place: LocationView, values: Mapping[str, Any]) -> dict[str, list[str]]:
    names = {work.key: work.name for work in works(place)}
    lines = {"": location_lines(values)}
    if values.get("assessment"):
        lines[names["assessment"]] = work_lines(values["assessment"])
    for hours in values.get("repair") or []:
        key = f"repair.{hours['damage_flow']}"
        lines[names.get(key, hours["damage_flow"])] = work_lines(hours)
    return lines
