"""Steps 8 and 9: the link shows, the press books, and either may be repeated for ever."""

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.adapters.tokens import Forged
from portal.domain.booking import queries as bookings
from portal.domain.booking import requests
from portal.domain.booking import service as booking
from portal.domain.booking.errors import (
    AlreadyBooked,
    Cancelled,
    Late,
    NoPlace,
    NotBookable,
    RequestUnknown,
    Superseded,
    TooManyOpen,
)
from portal.domain.booking.queries import Appointment
from portal.domain.cases import queries as cases
from portal.letters import calendar as calendars
from portal.letters.links import CONFIRM
from portal.web.customer import page
from portal.web.customer.confirmation import pages
from portal.web.customer.confirmation.pages import too_many_open
from portal.web.customer.walk.admission import keeps_again
from portal.web.limits import limit_sending
from portal.wiring import wired

blueprint = Blueprint("confirmation", __name__)


@blueprint.get("/confirm/<token>")
def show(token: str) -> AnyResponse:
    appointment = _read(token)
    over = appointment.ends_at <= clock.now()
    if appointment.is_cancelled or (appointment.is_booked and over):
        return redirect(pages.personal_links(appointment).booking, 303)
    if appointment.is_booked:
        return pages.booked_page(appointment, token)
    if not appointment.waits(clock.now()):
        return _late(appointment, token)
    return pages.ask_page(appointment)


@blueprint.post("/confirm/<token>")
def press(token: str) -> AnyResponse:
    appointment = _read(token)
    try:
        # Only a mark for whoever reads the history: a mail program that presses buttons has no mark to find.
        elsewhere = request.form.get("own") != "yes"
        booking.confirm(appointment.uid, appointment.round, clock.now(), elsewhere=elsewhere)
    except Superseded:
        return _newer()
    except Late:
        return _late(appointment, token)
    except NoPlace:
        return pages.taken_page(appointment.offering, appointment.draft_uid)
    except AlreadyBooked as booked:
        return _other(appointment, booked.uid)
    except Cancelled:
        pass  # the page says so
    return redirect(url_for(".show", token=token), 303)


@blueprint.post("/confirm/<token>/again")
@limit_sending
def again(token: str) -> AnyResponse:
    """Ask for the same time once more; a new mail follows."""
    appointment = _read(token)
    since = bookings.successor(appointment.uid, clock.now())
    if since is not None and since.email != appointment.email:
        return _newer()
    try:
        if since is None:
            keep = keeps_again(appointment.offering, appointment.day, appointment.email)
            requests.renew(appointment.uid, clock.now(), keep=keep)
    except (NoPlace, RequestUnknown):
        return pages.taken_page(appointment.offering, appointment.draft_uid)
    except TooManyOpen:
        return pages.late_page(appointment, token, refused=too_many_open())
    except NotBookable:
        return redirect(pages.case_page(appointment.flow, appointment.case_uid), 303)
    except AlreadyBooked as booked:
        return _other(appointment, booked.uid)
    return redirect(url_for(f"customer.{appointment.flow}.sent", draft=appointment.draft_uid), 303)


@blueprint.get("/confirm/<token>/appointment.ics")
def calendar(token: str) -> AnyResponse:
    appointment = _read(token)
    if not appointment.is_booked:
        abort(404)
    return Response(calendars.event(appointment), mimetype="text/calendar")


def _read(token: str) -> Appointment:
    try:
        uid, round = wired().tokens.read(CONFIRM, token)
        appointment = bookings.appointment(uid)
    except (Forged, RequestUnknown):
        abort(page.render("confirmation/unknown.html", newer=False, status=404))
    if appointment.garage.id != g.garage.id:
        abort(page.render("confirmation/unknown.html", newer=False, status=404))
    if appointment.round != round:  # the address was mended: this mailbox is not the customer's
        abort(_newer())
    page.look_like(appointment.location)
    if page.asked_explicitly() is None:
        page.speak(appointment.language)
    return appointment


def _late(appointment: Appointment, token: str) -> AnyResponse:
    since = bookings.successor(appointment.uid, clock.now())
    if since is None:
        booked = _booked_otherwise(appointment)
        return _other(appointment, booked) if booked else pages.late_page(appointment, token)
    if since.email != appointment.email:
        return _newer()
    if since.is_booked:
        return redirect(pages.link(since), 303)
    return redirect(url_for(f"customer.{since.flow}.sent", draft=since.draft_uid), 303)


def _booked_otherwise(appointment: Appointment) -> str | None:
    """What the case of a request has booked meanwhile, on another device or at the desk."""
    if appointment.case_uid is None:
        return None
    case = cases.by_uid(g.garage.id, appointment.case_uid).case
    return bookings.coming(case.id, appointment.flow, clock.now())


def _other(appointment: Appointment, booked: str) -> AnyResponse:
    """What was booked instead, for whoever reads the mail of both; a repair may have got its right address since."""
    other = bookings.appointment(booked)
    return redirect(pages.link(other), 303) if other.email == appointment.email else _newer()


def _newer() -> AnyResponse:
    return page.render("confirmation/unknown.html", newer=True, status=410)
