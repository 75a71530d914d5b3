"""The personal page of a booking. Only letters to the customer carry its link; looking changes nothing."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.adapters.tokens import Forged
from portal.domain.booking import changes, offers
from portal.domain.booking import queries as bookings
from portal.domain.booking.errors import Cancelled, NoPlace, RequestUnknown, TooLate
from portal.domain.booking.queries import Appointment
from portal.letters import calendar as calendars
from portal.letters.links import BOOKING
from portal.web.customer import page
from portal.web.customer.booking import pages
from portal.web.customer.booking.forms import CancelForm
from portal.web.customer.walk import picker
from portal.web.customer.walk.forms import TimeslotForm
from portal.web.customer.walk.times import Chosen
from portal.web.words import gettext as _
from portal.wiring import wired

blueprint = Blueprint("booking", __name__)


@blueprint.get("/booking/<token>")
def show(token: str) -> AnyResponse:
    return pages.booking(_read(token), token)


@blueprint.route("/booking/<token>/change", methods=["GET", "POST"])
def change(token: str) -> AnyResponse:
    """Pick another time; nothing has changed yet."""
    appointment = _changeable(token)
    form = TimeslotForm()
    if request.method != "POST":
        return pages.times(appointment, token, form)
    if "language" in request.form:
        return _in_other_words(".change", token)
    chosen = picker.chosen(form) if form.validate() else None
    if chosen is None:
        form.timeslot.errors = form.timeslot.errors or [_("Choose a time.")]
        return pages.times(appointment, token, form, status=422)
    asked = (appointment.offering, clock.now(), chosen.day, chosen.minute)
    if offers.why_not(*asked, but_booking=appointment.uid) is not None:
        return pages.times(appointment, token, form, status=409, taken=True)
    return redirect(url_for(".move", token=token, timeslot=form.timeslot.data), 303)


@blueprint.route("/booking/<token>/move", methods=["GET", "POST"])
def move(token: str) -> AnyResponse:
    """The old time and the new one; the press moves the booking."""
    appointment = _changeable(token)
    chosen = Chosen.parse(request.args.get("timeslot", ""))
    if chosen is None:
        return redirect(url_for(".change", token=token), 303)
    if (chosen.day, chosen.minute) == (appointment.day, appointment.start_minute):
        moved = "yes" if request.method == "POST" else None  # pressed again, or Back after the press
        return redirect(url_for(".show", token=token, moved=moved), 303)
    if request.method != "POST":
        return pages.compare(appointment, token, chosen)
    if "language" in request.form:
        return _in_other_words(".move", token, timeslot=request.args["timeslot"])
    try:
        changes.move(appointment.uid, chosen.day, chosen.minute, clock.now())
    except NoPlace:
        return pages.taken(appointment, token)
    except (Cancelled, TooLate, RequestUnknown):
        return redirect(url_for(".show", token=token), 303)  # the page says so
    return redirect(url_for(".show", token=token, moved="yes"), 303)


@blueprint.route("/booking/<token>/cancel", methods=["GET", "POST"])
def cancel(token: str) -> AnyResponse:
    """Give the place back."""
    appointment = _changeable(token)
    form = CancelForm()
    if request.method != "POST":
        return pages.ask_to_cancel(appointment, token, form)
    if "language" in request.form:
        return _in_other_words(".cancel", token)
    if not form.validate():
        return pages.ask_to_cancel(appointment, token, form, status=422)
    with suppress(TooLate, RequestUnknown):  # the page says so
        changes.cancel(appointment.uid, form.reason.data, clock.now())
    return redirect(url_for(".show", token=token), 303)


@blueprint.get("/booking/<token>/appointment.ics")
def calendar(token: str) -> AnyResponse:
    """The appointment as it is now; a cancelled one takes itself out of the calendar."""
    return Response(calendars.event(_read(token)), mimetype="text/calendar")


def _read(token: str) -> Appointment:
    try:
        (uid,) = wired().tokens.read(BOOKING, token)
        appointment = bookings.appointment(uid)
    except (Forged, RequestUnknown, ValueError):
        abort(page.render("confirmation/unknown.html", newer=False, status=404))
    known = appointment.is_booked or appointment.is_cancelled
    if appointment.garage.id != g.garage.id or not known:
        abort(page.render("confirmation/unknown.html", newer=False, status=404))
    page.look_like(appointment.location)
    if page.asked_explicitly() is None:
        page.speak(appointment.language)
    return appointment


def _changeable(token: str) -> Appointment:
    """The booking, if its customer may still change it alone; else its page says why not."""
    appointment = _read(token)
    if appointment.is_cancelled or clock.now() > appointment.change_until:
        abort(redirect(url_for(".show", token=token), 303))
    return appointment


def _in_other_words(endpoint: str, token: str, **more: Any) -> AnyResponse:
    page.speak(request.form["language"])
    return redirect(url_for(endpoint, token=token, lang=g.language, **more), 303)
