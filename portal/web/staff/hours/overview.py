"""How full the coming weeks are, and what was changed when by whom."""

from datetime import date, timedelta

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.audit import queries as audit
from portal.domain.booking import outlook
from portal.domain.booking import outside as bookings
from portal.domain.garage import sections
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.web import asked
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.hours import told
from portal.web.staff.hours.review import WEEKS, outlook_of
from portal.web.staff.hours.room import blueprint, render, the_place, works
from portal.web.staff.hours.words import SHORT_REFUSALS

STEP = timedelta(weeks=WEEKS)


@blueprint.get("/")
@needs(Right.LOOK)
def show() -> Response:
    """The only location there is, or all of them to choose from."""
    places = g.desk.reach.listed
    if len(places) == 1:
        return redirect(url_for(".overview", place=places[0].slug))
    now = clock.now()
    return page.render(
        "hours/places.html",
        places=[(place, len(bookings.standing(place, now)), works(place)) for place in places],
    )


@blueprint.get("/<place>/")
@needs(Right.LOOK)
def overview(place: str) -> Response:
    here, now = the_place(place), clock.now()
    this, start = outlook.monday_of(here.today(now)), _start(here.today(now))
    return render(
        "overview.html",
        here,
        "overview",
        first=max(start, here.today(now)),
        last=start + STEP - timedelta(days=1),
        earlier_url=_url(here, start - STEP, this) if start > this else None,
        later_url=_url(here, start + STEP, this) if start + STEP <= this + outlook.FAR else None,
        outlooks=[
            (
                work,
                outlook_of(work, now, start=start),
                bool(sections.work_hours(here, work.flow, work.damage_flow).hours),
            )
            for work in works(here)
        ],
        outside=len(bookings.standing(here, now)),
        reasons=SHORT_REFUSALS,
    )


def _start(today: date) -> date:
    """The Monday of the weeks that the address asks for, from this week on and no further than anybody books."""
    this, day = outlook.monday_of(today), asked.day("week")
    if day is None or not this <= day <= this + outlook.FAR:
        return this
    return outlook.monday_of(day)


def _url(place: LocationView, start: date, this: date) -> str:
    return url_for(".overview", place=place.slug, week=None if start <= this else start.isoformat())


@blueprint.get("/<place>/history/")
@needs(Right.LOOK)
def history(place: str) -> Response:
    here = the_place(place)
    about = sections.HOURS, sections.WHEREABOUTS.about
    changes = audit.of_subject(g.desk.garage.id, *about, subject=here.slug, limit=100)
    return render(
        "history.html",
        here,
        "history",
        changes=[(entry, told.difference(here, entry.before, entry.after)) for entry in changes],
    )
