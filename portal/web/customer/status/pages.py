"""The status page, and the version an open one compares itself with."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from flask import g, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.core import codes, dates
from portal.core.stages import Name, Stage, Timeline
from portal.domain.booking import queries as bookings
from portal.domain.booking.queries import Booked
from portal.domain.cases import timeline as cases
from portal.domain.cases.timeline import Progress
from portal.domain.garage.views import LocationView
from portal.web.customer import page
from portal.web.customer.status import words
from portal.web.words import macros


class StageRow(NamedTuple):
    """A stage in words; `place` is "now", "next" or nothing."""

    label: str
    when: str | None
    done: bool
    place: str


def show(progress: Progress, place: LocationView, token: str, now: datetime, *, test: bool) -> Response:
    """The stages of a repair, what is now and what comes next; `test`: opened from a test letter, which it says."""
    booked = bookings.booked(progress.case_id)
    repair = next((each for each in reversed(booked) if each.flow == "repair"), None)
    today = place.today(now)
    line = cases.of(
        progress,
        place,
        today,
        appointment_on=repair.day if repair else None,
        appointment_minute=repair.start_minute if repair else None,
    )
    visit = _visit(booked, now)
    unplanned = repair is None and visit is None and not line[Name.VEHICLE_IN].done
    bookable = unplanned and place.takes("repair")
    return page.render(
        "status/show.html",
        test=test,
        told=words.tell(line, today, bookable=bookable, visit=visit),
        timeline=_timeline(tuple(_stage(stage, line, today) for stage in line.stages), g.language),
        car=f"{progress.make} {progress.model}".strip(),
        plate=progress.plate,
        book_url=url_for("customer.repair.case", token=token, lang=g.language) if bookable else None,
        looked_at=dates.local_clock(now, place.zone),
        zone=place.zone,
        version=version(progress.changed_at, place, now),
        state_url=url_for(".state", token=token),
        again_url=url_for(".show", token=token, lang=page.asked_explicitly()),
    )


def version(changed_at: datetime, place: LocationView, now: datetime) -> str:
    """Differs whenever the page does: another case, another garage, another day."""
    told = f"{changed_at.isoformat()} {g.garage.revision} {place.today(now)}"
    return codes.fingerprint(told.encode())


def _stage(stage: Stage, line: Timeline, today: date) -> StageRow:
    place = "now" if stage.name == line.now else "next" if stage.name == line.next else ""
    return StageRow(words.label(stage.name), words.when(stage, today), stage.done, place)


# Cars that were brought in on the same days are told in the same words, and an open page asks again and again.
@lru_cache(maxsize=1024)
def _timeline(stages: tuple[StageRow, ...], language: str) -> Markup:
    return macros("customer/status/timeline.html", language).timeline(stages)


def _visit(booked: list[Booked], now: datetime) -> words.Visit | None:
    coming = next((each for each in booked if each.flow == "assessment" and each.ends_at > now), None)
    if coming is None:
        return None
    return words.Visit(dates.long_day(coming.day, g.language), dates.clock_time(coming.start_minute))
