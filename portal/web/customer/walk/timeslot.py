"""The step that picks a time."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.domain.booking import offers
from portal.domain.garage.offerings import Offering
from portal.web.customer.walk import picker, steps
from portal.web.customer.walk.forms import TimeslotForm
from portal.web.words import gettext as _


def timeslot() -> Response:
    offering = g.walk.offering(g.draft)
    if offering is None:
        return steps.onwards() if g.walk.offers_anything() else _no_times(None)
    form = steps.form_of(TimeslotForm, "timeslot")
    if request.method != "POST":
        # The time that was picked went to somebody else meanwhile.
        taken = "taken" in request.args and not steps.is_done(g.draft, "timeslot")
        return _page(offering, form, status=409 if taken else 0, taken=taken)
    if steps.wants_language():
        return steps.switch_language("timeslot", form)
    chosen = picker.chosen(form) if form.validate() else None
    if chosen is None:
        form.timeslot.errors = form.timeslot.errors or [_("Choose a time.")]
        return _page(offering, form)
    asked = (offering, clock.now(), chosen.day, chosen.minute)
    free = offers.why_not(*asked, but_draft=g.draft.id) is None
    steps.keep("timeslot", form.answers(), done=free)
    return steps.onwards() if free else redirect(url_for(".timeslot", day=chosen.day, taken="yes"), 303)


def _page(offering: Offering, form: TimeslotForm, *, status: int = 0, taken: bool = False) -> Response:
    # Only who chose a time before can have a hold of their own.
    mine = g.draft.id if picker.chosen(form) else None
    shown = picker.context(offering, form, clock.now(), but_draft=mine)
    if shown is None:
        return _no_times(offering, status)
    return steps.step_page("timeslot", form, template="walk/timeslot", status=status, taken=taken, **shown)


def _no_times(offering: Offering | None, status: int = 0) -> Response:
    place = offering.location if offering else None
    announcement = (
        place.announcement(offering.flow, "timeslot", g.language, clock.now()) if offering and place else ""
    )
    kept_until = dates.local_moment(g.draft.expires_at, place.zone, g.language) if place else None
    return steps.step_page(
        "timeslot",
        template="walk/no_times",
        status=status,
        place=place,
        announcement=announcement,
        kept_until=kept_until,
    )
