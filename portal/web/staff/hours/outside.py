"""Appointments that stand outside the hours: asked to move, to be phoned, or kept on purpose."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking import outside as bookings
from portal.domain.booking import planning
from portal.domain.booking.planning import Choice
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.hours import saving
from portal.web.staff.hours.room import blueprint, render, the_place, works
from portal.web.staff.hours.words import SHORT_REFUSALS
from portal.web.words import gettext as _

TAB = "outside"


@blueprint.get("/<place>/outside/")
@needs(Right.LOOK)
def outside(place: str) -> Response:
    here = the_place(place)
    return render(
        "outside.html",
        here,
        TAB,
        outside=sorted(bookings.standing(here, clock.now()), key=lambda each: not each.waits),
        reasons=SHORT_REFUSALS,
        names={work.key: work.name for work in works(here)},
    )


@blueprint.post("/<place>/outside/")
@needs(Right.PLAN)
def settle(place: str) -> Response:
    here, now = the_place(place), clock.now()
    chosen = saving.choices(bookings.standing(here, now))
    planning.settle(here, chosen, by=page.actor(), now=now)
    if any(choice is not Choice.KEEP for choice in chosen.values()):
        flash(_("Done. Mails are on their way to those who have an address."))
    elif chosen:
        flash(_("Kept. Nobody needs to decide about them again."))
    return redirect(url_for(".outside", place=here.slug), 303)
