"""How full the coming weeks are, and what was changed when by whom."""

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.audit import queries as audit
from portal.domain.booking import outside as bookings
from portal.domain.garage import sections
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.hours import told
from portal.web.staff.hours.review import outlook_of
from portal.web.staff.hours.room import blueprint, render, the_place, works
from portal.web.staff.hours.words import SHORT_REFUSALS


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
    return render(
        "overview.html",
        here,
        "overview",
        outlooks=[
            (work, outlook_of(work, now), bool(sections.work_hours(here, work.flow, work.damage_flow).hours))
            for work in works(here)
        ],
        outside=len(bookings.standing(here, now)),
        reasons=SHORT_REFUSALS,
    )


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
