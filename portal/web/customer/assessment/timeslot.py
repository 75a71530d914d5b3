"""The step that picks a time."""

from datetime import date
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.domain.booking import queries as bookings
from portal.domain.garage.views import LocationView
from portal.web.customer.assessment import blueprint, steps, times, walk
from portal.web.customer.assessment.forms import TimeslotForm


@blueprint.route("/assessment/<draft>/timeslot", methods=["GET", "POST"])
def timeslot() -> Response:
    place = steps.location(g.garage, g.draft)
    if place is None:
        return (
            walk.onwards()
            if g.garage.assessment_locations
            else walk.step_page("timeslot", template="no_times")
        )
    form = walk.form_of(TimeslotForm, "timeslot")
    if request.method != "POST":
        return _page(place, form)
    if walk.wants_language():
        return walk.switch_language("timeslot", form)
    chosen = times.Chosen.parse(str(form.timeslot.data)) if form.validate() else None
    if chosen is None:
        form.timeslot.errors = form.timeslot.errors or [_("Choose a time.")]
        return _page(place, form)
    free = bookings.why_not(place, clock.now(), chosen.day, chosen.minute, g.draft.id) is None
    walk.keep("timeslot", form.answers(), done=free)
    return walk.onwards() if free else _page(place, form, status=409, taken=True)


def _page(place: LocationView, form: Any, *, status: int = 0, taken: bool = False) -> Response:
    chosen = times.Chosen.parse(str(form.timeslot.data or ""))
    asked = _asked_day() or (chosen.day if chosen else None)
    # Only who chose a time before can have a hold of their own.
    offer = bookings.offer(place, clock.now(), asked, g.draft.id if chosen else None)
    if not any(each.slots for each in offer.days):
        kept_until = dates.local_moment(g.draft.expires_at, place.zone, g.language)
        return walk.step_page(
            "timeslot", template="no_times", status=status, place=place, kept_until=kept_until
        )
    view = "list" if request.args.get("view") == "list" else "strip"
    free_times = times.times(offer, str(form.timeslot.data))
    days = times.days(offer, g.language, free_times, "&view=list" if view == "list" else "")
    return walk.step_page(
        "timeslot",
        form,
        status=status,
        taken=taken,
        days=days,
        list_days=days,
        day=next(row for row in days if row.selected),
        parts=times.parts(free_times),
        view=view,
        next_free=times.next_free(offer, g.language, view),
        list_url=f"?day={offer.day}&view=list",
        strip_url=f"?day={offer.day}",
        place=place.profile,
    )


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
