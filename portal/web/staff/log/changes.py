"""What an entry of the log says was different, value by value, and which thing it is about."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask import g

from portal.core.dates import NATIVE_NAMES
from portal.domain.audit.models import AuditEntry
from portal.web.staff.letters.words import LETTERS
from portal.web.staff.log import values, words
from portal.web.staff.privacy.words import kind


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
        old, new = _differing(before.get(name), after.get(name))
        if old == new or name in words.UNSPOKEN:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _differences(old, new, (*path, words.group(name)), zone)
        else:
            label = " › ".join((*path, words.field(name)))
            yield Change(label, values.spoken(name, old, zone), values.spoken(name, new, zone))


def _differing(old: object, new: object) -> tuple[object, object]:
    """Of two lists what only one of them has; if they have the same, their order is what differs."""
    if not isinstance(old, list) or not isinstance(new, list):
        return old, new
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    return (gone, come) if gone or come else (old, new)
