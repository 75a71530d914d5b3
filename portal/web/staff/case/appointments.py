"""The appointments of a case: booked on behalf of its customer, moved, called off."""

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.domain.booking import behalf, changes, within
from portal.domain.booking import queries as bookings
from portal.domain.booking.errors import (
    AlreadyBooked,
    Cancelled,
    NoPlace,
    NotBookable,
    RequestUnknown,
    TooLate,
)
from portal.domain.booking.queries import Appointment
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import picker, words
from portal.web.staff.case.blueprint import blueprint
from portal.web.staff.case.forms import CancelForm, TimeForm
from portal.web.staff.door import needs
from portal.web.words import gettext as _


@blueprint.route("/book/<flow>", methods=["GET", "POST"])
@needs(Right.WORK)
def book(flow: str) -> Response:
    """A time for the customer, booked at once."""
    if flow not in words.FLOWS:
        abort(404)
    form = TimeForm()
    if request.method != "POST":
        return _booking_page(flow, form)
    chosen = picker.parse(form.timeslot.data or "") if form.validate() else None
    if chosen is None:
        form.timeslot.errors = [_("Choose a time.")]
        return _booking_page(flow, form, 422)
    try:
        behalf.book(
            g.desk.reach,
            g.case.case.number,
            flow,  # type: ignore[arg-type]
            day=chosen.day,
            minute=chosen.minute,
            by=page.actor(),
            now=clock.now(),
        )
    except NoPlace as no:
        form.timeslot.errors = [_not_offered(no)]
        return _booking_page(flow, form, 409)
    except AlreadyBooked:
        form.timeslot.errors = [
            _("The repair of this case is booked already. Move that appointment instead.")
        ]
        return _booking_page(flow, form, 409)
    except NotBookable:
        form.timeslot.errors = [_("The car is here already, so there is no repair to book.")]
        return _booking_page(flow, form, 409)
    told = g.case.customer.email
    flash(
        _("Booked. The customer gets a mail.")
        if told
        else _("Booked. There is no mail address, so tell the customer yourself.")
    )
    return redirect(url_for(".show", _anchor="appointments"), 303)


@blueprint.route("/appointments/<uid>/move", methods=["GET", "POST"])
@needs(Right.WORK)
def move(uid: str) -> Response:
    """Another time for an appointment, whose place is kept until then."""
    appointment, form = _open(uid), TimeForm()
    if request.method != "POST":
        return _moving_page(appointment, form)
    chosen = picker.parse(form.timeslot.data or "") if form.validate() else None
    if chosen is None:
        form.timeslot.errors = [_("Choose a time.")]
        return _moving_page(appointment, form, 422)
    try:
        changes.move(uid, chosen.day, chosen.minute, clock.now(), by=page.actor())
    except NoPlace as no:
        form.timeslot.errors = [_not_offered(no)]
        return _moving_page(appointment, form, 409)
    except (Cancelled, TooLate, RequestUnknown):
        flash(_("This appointment can no longer be moved."), "todo")
    else:
        if chosen == (appointment.day, appointment.start_minute):
            flash(_("The appointment stays at this time."))
        elif _reached_by_mail(appointment):
            flash(_("Moved. The customer gets a mail."))
        else:
            flash(_("Moved. There is no mail address, so tell the customer yourself."))
    return redirect(url_for(".show", _anchor="appointments"), 303)


@blueprint.route("/appointments/<uid>/cancel", methods=["GET", "POST"])
@needs(Right.WORK)
def call_off(uid: str) -> Response:
    """Cancel an appointment for the garage."""
    appointment, form = _open(uid), CancelForm()
    if request.method != "POST":
        return _cancelling_page(appointment, CancelForm(formdata=None, tell=True))
    if not form.validate():
        return _cancelling_page(appointment, form, 422)
    try:
        changes.cancel(uid, form.reason.data, clock.now(), by=page.actor(), tell=form.tell.data)
    except (TooLate, RequestUnknown):
        flash(_("This appointment can no longer be cancelled."), "todo")
    else:
        told = _reached_by_mail(appointment) and form.tell.data
        flash(
            _("Cancelled. The customer gets a mail.") if told else _("Cancelled. The customer gets no mail.")
        )
    return redirect(url_for(".show", _anchor="appointments"), 303)


def _open(uid: str) -> Appointment:
    """The coming appointment `uid` of this case, else its page."""
    try:
        appointment = within.appointment(g.desk.reach, uid)
    except RequestUnknown:
        abort(404)
    if appointment.case_uid != g.case.case.uid:
        abort(404)
    if not appointment.is_booked or appointment.starts_at <= clock.now():
        abort(redirect(url_for(".show", _anchor="appointments"), 303))
    return appointment


def _reached_by_mail(appointment: Appointment) -> bool:
    """Whether letters have an address; the case may have learned one since the appointment was booked."""
    return bool(g.case.customer.email or appointment.email)


def _not_offered(no: NoPlace) -> str:
    return _("This time is not free (any more): %(why)s.", why=words.REFUSALS[no.refusal])


def _booking_page(flow: str, form: TimeForm, status: int = 200) -> Response:
    offering = behalf.offering(g.desk.reach, g.case.case.number, flow)  # type: ignore[arg-type]
    now = clock.now()
    titles = {"assessment": _("Book an assessment"), "repair": _("Book the repair")}
    return page.render(
        "case/times.html",
        status=status,
        failed=status >= 400,
        form=form,
        title=titles[flow],
        press=_("Book"),
        before="",
        already=[
            f"{dates.long_day(each.day, g.language)}, {dates.clock_time(each.start_minute)}"
            for each in bookings.booked(g.case.case.id)
            if each.flow == flow and each.ends_at > now
        ],
        case=g.case.case,
        customer=g.case.customer,
        vehicle=g.case.vehicle,
        **picker.context(offering, now, form.timeslot.data or ""),
    )


def _moving_page(appointment: Appointment, form: TimeForm, status: int = 200) -> Response:
    return page.render(
        "case/times.html",
        status=status,
        failed=status >= 400,
        form=form,
        title=_("Move the appointment"),
        press=_("Move"),
        before=_when(appointment),
        case=g.case.case,
        customer=g.case.customer,
        vehicle=g.case.vehicle,
        **picker.context(
            appointment.offering.at_desk(),
            clock.now(),
            form.timeslot.data or "",
            but_booking=appointment.uid,
            else_day=appointment.day,
        ),
    )


def _cancelling_page(appointment: Appointment, form: CancelForm, status: int = 200) -> Response:
    return page.render(
        "case/cancel.html",
        status=status,
        failed=status >= 400,
        form=form,
        when=_when(appointment),
        flow=words.FLOWS[appointment.flow],
        case=g.case.case,
        customer=g.case.customer,
        vehicle=g.case.vehicle,
    )


def _when(appointment: Appointment) -> str:
    day = dates.long_day(appointment.day, g.language)
    return f"{day}, {dates.clock_time(appointment.start_minute)}"
