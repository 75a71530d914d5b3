"""What an entry of the log says was different, value by value, and which thing it is about."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask import g

from portal.core.dates import NATIVE_NAMES
from portal.domain.audit.models import AuditEntry
from portal.web.staff.case.history import damage_flow
from portal.web.staff.letters.words import LETTERS
from portal.web.staff.log import values, words
from portal.web.staff.privacy.words import kind

# Lists with one thing for each damage flow, and which of its values says for which.
BY_FLOW = {"repair": "damage_flow", "damage_flows": "slug"}


class Change(NamedTuple):
    """One value of an entry, before and after, in words."""

    label: str
    before: str
    after: str


def subject(entry: AuditEntry) -> str:
    """Which thing it was, by the name people know."""
    names = {place.slug: place.name for place in (g.desk.garage, *g.desk.reach.locations)}
    if entry.about == "letter":
        names |= {
            f"{letter} ({code})": f"{title} ({language})"
            for letter, title in LETTERS.items()
            for code, language in NATIVE_NAMES.items()
        }
    return str(names.get(entry.subject, entry.subject))


def told(entry: AuditEntry) -> list[Change]:
    """What was different."""
    before, after = entry.before or {}, entry.after or {}
    if entry.about == "person":  # rows that were erased, counted by table
        return [Change(kind(table), values.NOTHING, str(count)) for table, count in after.items()]
    place = g.desk.reach.by_id(entry.location_id) or g.desk.garage.locations[0]
    return list(between(before, after, place.zone))


def between(before: Mapping, after: Mapping, zone: str) -> Iterator[Change]:
    """What differs between two states of something, value by value."""
    return _differences(before, after, (), zone)


def _differences(before: Mapping, after: Mapping, path: tuple[str, ...], zone: str) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old == new or name in words.UNSPOKEN:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _differences(old, new, (*path, words.group(name)), zone)
        elif isinstance(old, list) and isinstance(new, list):
            yield from _of_lists(name, old, new, path, zone)
        else:  # what was not there at all is no None, which may mean something
            yield _change(name, before.get(name, ""), after.get(name, ""), path, zone)


def _of_lists(name: str, old: list, new: list, path: tuple[str, ...], zone: str) -> Iterator[Change]:
    """What only one of two lists has; if they have the same, their order is what differs."""
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    if not gone and not come and name in BY_FLOW:
        names = (", ".join(damage_flow(each[BY_FLOW[name]]) for each in some) for some in (old, new))
        yield Change(_label(name, path), *names)
    elif not gone and not come:
        yield _change(name, old, new, path, zone)
    elif name in BY_FLOW:
        ours, theirs = ({each[BY_FLOW[name]]: each for each in some} for some in (gone, come))
        for slug in ours | theirs:
            inside = (*path, words.field(name), damage_flow(slug))
            yield from _differences(ours.get(slug, {}), theirs.get(slug, {}), inside, zone)
    else:
        yield _change(name, gone, come, path, zone)


def _change(name: str, old: object, new: object, path: tuple[str, ...], zone: str) -> Change:
    return Change(
        _label(name, path, new or old), values.spoken(name, old, zone), values.spoken(name, new, zone)
    )


def _label(name: str, path: tuple[str, ...], value: object = None) -> str:
    return " › ".join((*path, words.field(name, value)))
