"""One request: what was asked for, how long its place is kept, and one press that confirms it for the customer."""

from datetime import timedelta
from math import ceil

from flask import Blueprint, abort, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.core.normalise import phones
from portal.domain.booking import service, within
from portal.domain.booking.errors import (
    AlreadyBooked,
    Cancelled,
    Late,
    NoPlace,
    RequestUnknown,
    Superseded,
)
from portal.domain.booking.queries import Appointment
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import words
from portal.web.staff.door import needs
from portal.web.words import gettext as _

blueprint = Blueprint("request", __name__, url_prefix="/requests/<uid>")


@blueprint.get("/")
@needs(Right.LOOK)
def show(uid: str) -> Response:
    return _page(_found(uid))


@blueprint.post("/confirm")
@needs(Right.WORK)
def confirm(uid: str) -> Response:
    """The customer said yes on the phone."""
    asked = _found(uid)
    try:
        service.confirm(uid, asked.round, clock.now(), by=page.actor())
    except (Late, Superseded, Cancelled):
        return _page(_found(uid), 409)  # the page says so
    except NoPlace as no:
        return _page(_found(uid), 409, _("This place is gone: %(why)s.", why=words.REFUSALS[no.refusal]))
    except AlreadyBooked:
        return _page(_found(uid), 409, _booked_otherwise(asked))
    flash(_("Booked. The customer gets a mail."))
    return redirect(url_for("staff.case.show", number=_found(uid).case_number), 303)


def _found(uid: str) -> Appointment:
    try:
        return within.appointment(g.desk.reach, uid)
    except RequestUnknown:
        abort(404)


def _booked_otherwise(asked: Appointment) -> str:
    if asked.flow == "repair":
        return _("The repair of this case was booked meanwhile.")
    return _("The assessment of this case was booked meanwhile.")


def _page(asked: Appointment, status: int = 200, refused: str = "") -> Response:
    now = clock.now()
    told = within.asked(g.desk.reach, asked.uid)
    return page.render(
        "request/page.html",
        status=status,
        failed=status >= 400,
        refused=refused,
        asked=asked,
        told=told,
        phone=phones.spoken(told.phone) if told.phone else "",
        name=f"{asked.first_name} {asked.last_name}".strip(),
        car=f"{asked.make} {asked.model}".strip(),
        flow=words.FLOWS[asked.flow],
        when=f"{dates.long_day(asked.day, g.language)}, {dates.clock_time(asked.start_minute)}",
        held=asked.waits(now),
        minutes=max(0, ceil((asked.held_until - now) / timedelta(minutes=1))),
    )
