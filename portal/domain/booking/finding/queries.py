"""Asking for cases, always within a reach."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from portal.core.normalise import plates
from portal.core.stages import Name as Stage
from portal.db import db
from portal.domain.booking.finding import places, statements
from portal.domain.booking.finding.conditions import Shape
from portal.domain.booking.finding.places import START, Place
from portal.domain.booking.finding.search import Coming, Found, Line, Search, Sort
from portal.domain.cases import terms, within
from portal.domain.customers.models import Vehicle
from portal.domain.garage.reach import Reach

A_PAGE = 20  # a screen and a little more: every row costs on each key that is pressed
_AT_ONCE = 500
# So many cases that fit some words are sorted; more are walked past in their order. By plate and name that is slow, for
# those that fit lie together there, maybe at the end.
_FEW, _FEW_TOGETHER = 1000, 20_000
_FEW_TO_NAME = 5
_END = "\U0010ffff"  # after every text
_DAYS_END, _LINE_END = 10, 17  # columns of a row, see `statements.LINE`
_LAST_FIRST = (Stage.COLLECTED, Stage.FINISHED, Stage.WORK_STARTED, Stage.VEHICLE_IN)


def find(reach: Reach, search: Search, now: datetime, after: str = "", limit: int = A_PAGE) -> Found:
    """The first cases of a search, or those `after` the place where others ended; at most `limit`."""
    asked = _Asked(reach, search, now)
    rows = asked.rows(places.read(after, search.sort), limit + 1)
    lines = [asked.line(row) for _, row in rows[:limit]]
    return Found(lines, places.spell(places.of(*rows[limit - 1])) if len(rows) > limit else None)


def every(reach: Reach, search: Search, now: datetime) -> Iterator[tuple[Line, Row[Any]]]:
    """All cases of a search, in its order, each with all that is known of it."""
    asked = _Asked(reach, search, now, whole=True)
    place = START
    while rows := asked.rows(place, _AT_ONCE):
        yield from ((asked.line(row), row) for _, row in rows)
        place = places.of(*rows[-1])


def open_with_plate(reach: Reach, plate: str, now: datetime) -> list[str]:
    """The numbers of the cases whose car has this plate, under any spelling, and was not collected; newest first."""
    of_car = within.of_cars(db.session(), reach, Vehicle.plate_key == plates.key(plate))
    today = _today(reach, now)
    still_open = [each.number for each in of_car if each.collected_on is None or each.collected_on > today]
    return still_open[:_FEW_TO_NAME]


class _Asked:
    """A search as the statements know it: their shape, and the values they ask for."""

    def __init__(self, reach: Reach, search: Search, now: datetime, *, whole: bool = False) -> None:
        self._reach, self._search = reach, search
        self._today = _today(reach, now)
        self._by_activity = reach.garage.profile.work_starts_when == "first_activity"
        self._values: dict[str, Any] = {
            "garage_id": reach.garage_id,
            "now": now,
            "a_day_ago": now - timedelta(days=1),
            "today": self._today,
            "few": _FEW_TOGETHER if search.sort in (Sort.PLATE, Sort.NAME) else _FEW,
        }
        self._shape = Shape(sort=search.sort, stage=search.stage, by_activity=self._by_activity, whole=whole)
        self._is_vain = False  # nothing begins with what was typed
        self._set_places()
        self._set_days()
        self._set_words()

    def rows(self, place: Place, most: int) -> list[tuple[int, Row[Any]]]:
        """At most `most` rows after a place, each with its phase."""
        found: list[tuple[int, Row[Any]]] = []
        # Through the connection: the session would look for objects in every row.
        connection = db.session.connection()
        for phase in () if self._is_vain else range(place.phase, len(statements.PHASES[self._search.sort])):
            begun = place.id > 0 and phase == place.phase
            values = self._values | {"limit": most - len(found)}
            if begun:
                values |= {"key": place.key, "id": place.id}
            statement = statements.cases(self._shape._replace(phase=phase, after=begun))
            found += [(phase, row) for row in connection.execute(statement, values)]
            if len(found) == most:
                break
        return found

    def line(self, row: Row[Any]) -> Line:
        """A row as a list shows it."""
        # By position: asking a row for its columns by name costs more than reading it.
        (case_id, number, location_id, created_at, damage_flow, *days) = row[:_DAYS_END]
        (first_name, last_name, plate, make, model, appointment, first_activity_on) = row[_DAYS_END:_LINE_END]
        vehicle_in_on, ready_on, planned_end_on, finished_on, collected_on = days
        place = self._reach.by_id(location_id)
        assert place is not None, "asked within the reach"
        started_on = first_activity_on if self._by_activity else ready_on
        return Line(
            case_id,
            number,
            plate,
            f"{first_name} {last_name}".strip(),
            f"{make} {model}".strip(),
            place,
            self._stage(collected_on, finished_on, started_on, vehicle_in_on),
            damage_flow,
            created_at,
            appointment,
            planned_end_on,
        )

    def _stage(self, *days: date | None) -> Stage:
        """The last stage reached, by the days of the stages from the last one on: what is later implies the earlier."""
        return next(
            (stage for stage, day in zip(_LAST_FIRST, days, strict=True) if day and day <= self._today),
            Stage.APPOINTMENT,
        )

    def _set_places(self) -> None:
        reach, search = self._reach, self._search
        if search.location is not None or not reach.whole:
            ids = set(reach.location_ids)
            self._values["locations"] = sorted(ids & {search.location.id} if search.location else ids)
            self._shape = self._shape._replace(located=True)
        if search.damage_flow:
            flows = reach.garage.profile.damage_flows
            default = any(flow.default for flow in flows if flow.slug == search.damage_flow)
            self._values["flow"] = search.damage_flow
            self._values["other_flows"] = [flow.slug for flow in flows if flow.slug != search.damage_flow]
            self._shape = self._shape._replace(flow="default" if default else "own")

    def _set_days(self) -> None:
        search, zone = self._search, _zone(self._reach)
        monday = self._today - timedelta(days=self._today.weekday())
        spans = {
            Coming.TODAY: (self._today, 0),
            Coming.TOMORROW: (self._today + timedelta(days=1), 0),
            Coming.THIS_WEEK: (monday, 6),
            Coming.NEXT_WEEK: (monday + timedelta(days=7), 6),
        }
        if search.appointment in spans:
            first, more = spans[search.appointment]
            self._values |= {"first": first, "last": first + timedelta(days=more)}
        if search.created_from:
            self._values["since"] = datetime.combine(search.created_from, time(), zone)
        if search.created_to:
            self._values["until"] = datetime.combine(search.created_to + timedelta(days=1), time(), zone)
        self._shape = self._shape._replace(
            appointment=search.appointment,
            since=search.created_from is not None,
            until=search.created_to is not None,
        )

    def _set_words(self) -> None:
        for ways in terms.ways(self._search.words):
            probe = statements.how_many(tuple(map(len, ways)))
            probed = db.session.connection().execute(probe, self._values | _bounds(ways)).one()
            fitting = {way: count for way, count in zip(ways, probed, strict=True) if count}
            self._is_vain = not fitting
            if fitting:
                few = max(fitting.values()) < self._values["few"]
                self._shape = self._shape._replace(ways=tuple(map(len, fitting)), few=few)
                self._values |= _bounds(fitting)
                break


def _bounds(ways: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Between which terms lie those that begin with the words of each way."""
    return {
        f"{bound}_{way}_{number}": word + ending
        for way, words in enumerate(ways)
        for number, word in enumerate(words)
        for bound, ending in (("from", ""), ("to", _END))
    }


def _zone(reach: Reach) -> ZoneInfo:
    return ZoneInfo((reach.locations or reach.garage.locations)[0].zone)


def _today(reach: Reach, now: datetime) -> date:
    return now.astimezone(_zone(reach)).date()
