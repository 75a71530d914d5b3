"""Not booked yet: what happens between the request and its confirmation."""

from datetime import datetime
from typing import Any

from flask import abort, g, jsonify, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.core.normalise import emails
from portal.domain.booking import links, requests
from portal.domain.booking import queries as bookings
from portal.domain.booking import service as booking
from portal.domain.booking.errors import (
    AlreadyBooked,
    Cancelled,
    Late,
    NoPlace,
    NotBookable,
    RequestUnknown,
    Superseded,
    TooManyLetters,
    TooManyOpen,
    WrongCode,
)
from portal.domain.booking.queries import Appointment
from portal.domain.mailing import queries as letters
from portal.domain.mailing.models import State as Mail
from portal.letters.links import CONFIRM
from portal.web.customer import page
from portal.web.customer.appointments import card_of
from portal.web.customer.confirmation.pages import case_page, link, taken_page, too_many_open
from portal.web.customer.walk.admission import keeps_again
from portal.web.customer.walk.forms import CodeForm, EmailForm
from portal.web.limits import CODE, limit_sending, limiter
from portal.web.words import gettext as _
from portal.wiring import wired


def sent() -> Response:
    appointment = _request()
    if appointment.is_cancelled or _booked_otherwise(appointment):  # that page says what there is by now
        return redirect(g.walk.booked_url(appointment), 303)
    return _page(appointment)


def state() -> Response:
    """What an open page asks again and again."""
    appointment = _request()
    name = _state(appointment, clock.now())
    return jsonify(state=name, until=_until(appointment, name), next=_booked_url(appointment))


@limiter.limit(CODE)
def code() -> Response:
    """The code from the mail does what its link does."""
    appointment, form = _request(), CodeForm()
    if not form.validate():
        return _page(appointment, code_form=form)
    right = wired().tokens.same_code(form.code.data, CONFIRM, appointment.uid, appointment.round)
    try:
        booking.confirm_with_code(appointment.uid, appointment.round, right, clock.now())
    except WrongCode as wrong:
        form.code.errors = [_wrong_code(wrong.left)]
        return _page(appointment, code_form=form)
    except AlreadyBooked as booked:
        return redirect(g.walk.booked_url(bookings.appointment(booked.uid)), 303)
    except (Late, Superseded, Cancelled):
        return redirect(url_for(".sent"), 303)  # the page knows what to say now
    except NoPlace:
        return taken_page(g.walk.offering(g.draft), g.draft.uid)
    return redirect(link(_request()), 303)


@limit_sending
def again() -> Response:
    """The same mail once more."""
    return _send_again(_request(), EmailForm(formdata=None))


@limit_sending
def mend() -> Response:
    """The mail to another address; the link in the first one is worthless from then on."""
    appointment, form = _request(), EmailForm()
    if g.draft.case_id is not None:
        abort(404)  # it is confirmed at the address on the case
    if not form.validate():
        return _page(appointment, mend_form=form)
    return _send_again(appointment, form, form.email.data)


@limit_sending
def renew() -> Response:
    """The same time once more, after the link ran out."""
    appointment = _request()
    try:
        keep = keeps_again(appointment.offering, appointment.day, appointment.email)
        requests.renew(appointment.uid, clock.now(), keep=keep)
    except (NoPlace, RequestUnknown):
        return taken_page(g.walk.offering(g.draft), g.draft.uid)
    except TooManyOpen:
        return _page(appointment, status=409, refused=too_many_open())
    except NotBookable:
        return redirect(case_page(appointment.flow, appointment.case_uid), 303)
    except AlreadyBooked as booked:
        return redirect(g.walk.booked_url(bookings.appointment(booked.uid)), 303)
    return redirect(url_for(".sent"), 303)


def _request() -> Appointment:
    uid = bookings.latest_of_draft(g.draft.id)
    if uid is None:
        abort(redirect(url_for(".check"), 303))
    return bookings.appointment(uid)


def _booked_otherwise(appointment: Appointment) -> bool:
    """Whether a known case got its appointment on another device or at the desk, while this request came to nothing."""
    now = clock.now()
    if g.draft.case_id is None or appointment.is_booked or appointment.waits(now):
        return False
    return bookings.coming(g.draft.case_id, appointment.flow, now) is not None


def _send_again(appointment: Appointment, form: EmailForm, email: str | None = None) -> Response:
    try:
        links.send_again(appointment.uid, clock.now(), email=email)
    except TooManyLetters:
        form.email.errors = [
            _("We sent this mail several times already. Please call us, we are happy to help.")
        ]
        return _page(appointment, mend_form=form, status=429)
    except TooManyOpen:
        form.email.errors = [too_many_open()]
        return _page(appointment, mend_form=form, status=409)
    except (Late, AlreadyBooked):
        pass  # the page says so
    return redirect(url_for(".sent"), 303)


def _page(
    appointment: Appointment,
    *,
    code_form: Any = None,
    mend_form: Any = None,
    status: int = 0,
    refused: str = "",
) -> Response:
    name = _state(appointment, clock.now())
    if name in {"booked", "expired"}:
        code_form = mend_form = None  # there is nothing left to type
    code_form, mend_form = code_form or CodeForm(formdata=None), mend_form or EmailForm(formdata=None)
    zone, known = appointment.location.zone, g.draft.case_id is not None
    return page.render(
        "walk/sent.html",
        known=known,
        refused=refused,
        status=status or (422 if code_form.errors or mend_form.errors else 200),
        here=url_for(".sent"),
        state=name,
        kept=appointment.keeps_place,
        email=_shown_address(appointment),
        until=_until(appointment, name),
        latest=dates.local_clock(appointment.requested_at + links.HOLD_LIFE, zone),
        appointment=card_of(appointment),
        request_ref=appointment.uid,
        code_form=code_form if appointment.takes_code or code_form.errors else None,
        mend_form=mend_form,
        code_url=url_for(".code"),
        mend_url=None if known else url_for(".mend"),
        again_url=url_for(".again"),
        state_url=url_for(".state"),
        retry_url=url_for(".renew"),
        other_url=url_for(".timeslot"),
        booked_url=_booked_url(appointment),
    )


def _shown_address(appointment: Appointment) -> str:
    """The address on a case is not for everybody who knows plate and number."""
    return appointment.email if g.draft.case_id is None else emails.masked(appointment.email)


def _state(appointment: Appointment, now: datetime) -> str:
    if appointment.is_booked or appointment.is_cancelled:  # the next page tells which
        return "booked"
    if not appointment.waits(now):
        return "expired"
    match letters.newest_state(appointment.uid, links.CONFIRMATION):
        case Mail.SENT | Mail.SKIPPED:  # held back: who asked for it is not told (docs/adr/0019)
            return "sent"
        case Mail.FAILED:
            return "failed"
        case _:
            return "queued"


def _until(appointment: Appointment, name: str) -> str | None:
    return dates.local_clock(appointment.held_until, appointment.location.zone) if name == "sent" else None


def _booked_url(appointment: Appointment) -> str | None:
    return g.walk.booked_url(appointment) if appointment.is_booked or appointment.is_cancelled else None


def _wrong_code(left: int) -> str:
    if not left:
        return _("That was not the code, and there are no tries left. Please press the link in the mail.")
    return _("That is not the code in the newest mail. Please look again.")
