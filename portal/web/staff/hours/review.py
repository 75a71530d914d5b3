"""What a change would mean, before it is saved: the bookings it leaves outside, and how full the weeks would be."""

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import request
from werkzeug.wrappers import Response

from portal.domain.booking import outlook
from portal.domain.booking.planning import Preview
from portal.domain.garage import sections
from portal.domain.garage.sections import Section
from portal.domain.garage.views import LocationView
from portal.web.staff.hours.room import Work, render, works
from portal.web.staff.hours.words import SHORT_REFUSALS

WEEKS = 4
# Names of buttons; what the form holds besides is kept and sent again.
PREVIEW, REVIEWED, EDIT = "preview", "reviewed", "edit"
OWN = frozenset({PREVIEW, REVIEWED, EDIT, "csrf_token", "choice"})


class Cell(NamedTuple):
    """A day of the outlook. `was`: its places before the change, where they differ."""

    day: outlook.Day
    was: int | None

    @property
    def over(self) -> bool:
        """Whether more is taken than fits."""
        return self.day.taken > self.day.capacity

    @property
    def filled(self) -> int:
        """Per cent of the places that are taken."""
        if not self.day.capacity:
            return 100 if self.day.taken else 0
        return min(100, round(100 * self.day.taken / self.day.capacity))


def page_of(
    place: LocationView, section: Section, preview: Preview, now: datetime, *, status: int
) -> Response:
    """The page that stands between a change and its saving."""
    touched = [work for work in works(place) if _touches(section, work)]
    return render(
        "review.html",
        place,
        "",
        status=status,
        outside=preview.outside,
        decided=[each for each in preview.outside if not each.held],
        kept=[(name, value) for name, value in request.form.items(multi=True) if not _is_own(name)],
        outlooks=_outlooks(touched, preview, now),
        reasons=SHORT_REFUSALS,
        names={work.key: work.name for work in works(place)},
    )


def outlook_of(
    work: Work, now: datetime, *, before: Work | None = None, start: date | None = None
) -> list[list[Cell]]:
    """Some weeks of a kind of work from the one with the day `start` on, maybe compared with how they were `before`."""
    weeks = outlook.weeks(work.offering, now, WEEKS, start=start)
    old = outlook.weeks(before.offering, now, WEEKS, start=start) if before else weeks
    return [
        [
            Cell(day, was.capacity if was.capacity != day.capacity else None)
            for day, was in zip(week, old_week, strict=True)
        ]
        for week, old_week in zip(weeks, old, strict=True)
    ]


def _outlooks(touched: list[Work], preview: Preview, now: datetime) -> list[tuple[Work, list[list[Cell]]]]:
    """The weeks that matter: with the first booking left outside, or else with the first day that changes."""
    future = {work.key: work.at(preview.place) for work in touched}
    changed = (outlook.first_change(work.offering, future[work.key].offering, now) for work in touched)
    days = [each.day for each in preview.outside] or [day for day in changed if day]
    start = outlook.start_around(min(days), preview.place.today(now), WEEKS) if days else None
    return [(work, outlook_of(future[work.key], now, before=work, start=start)) for work in touched]


def _touches(section: Section, work: Work) -> bool:
    if section.flow is not None:
        return (section.flow, section.damage_flow) == (work.flow, work.damage_flow)
    return bool(sections.work_hours(work.place, work.flow, work.damage_flow).hours)


def _is_own(name: Any) -> bool:
    return name in OWN or name.startswith("choice-")
