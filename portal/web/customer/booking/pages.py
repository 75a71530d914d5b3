"""The pages of one booking."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.domain.booking import offers
from portal.domain.booking.queries import Appointment
from portal.web.customer import page
from portal.web.customer.appointments import card, card_of
from portal.web.customer.booking.forms import CancelForm
from portal.web.customer.confirmation.pages import ALTERNATIVES, alternative, case_page, personal_links
from portal.web.customer.walk import picker
from portal.web.customer.walk.forms import TimeslotForm
from portal.web.customer.walk.times import Chosen


def booking(appointment: Appointment, token: str) -> Response:
    """Where things stand, and what can be done about it."""
    place, now = appointment.location, clock.now()
    return page.render(
        "booking/show.html",
        state=_state(appointment),
        flow=appointment.flow,
        called_off=appointment.called_off,
        another_time=appointment.move_asked_at is not None,
        moved="moved" in request.args and appointment.sequence > 0,
        appointment=card_of(appointment),
        case_number=appointment.case_number,
        change_until=dates.local_moment(appointment.change_until, place.zone, g.language),
        changeable=now <= appointment.change_until,
        links=personal_links(appointment),
        calendar_url=url_for("customer.booking.calendar", token=token),
        map_url=place.map_url,
        bring=place.bring(g.language),
        again_url=_book_again_url(appointment),
    )


def times(
    appointment: Appointment, token: str, form: TimeslotForm, *, status: int = 200, taken: bool = False
) -> Response:
    """Pick another time for a booking that keeps its place meanwhile."""
    back_url = url_for("customer.booking.show", token=token)
    shown = picker.context(appointment.offering, form, clock.now(), but_booking=appointment.uid)
    if shown is None:
        return page.render(
            "walk/no_times.html",
            status=status,
            back_url=back_url,
            progress=None,
            place=appointment.location,
            kept=card_of(appointment),
        )
    return page.render(
        "booking/change.html",
        status=status,
        form=form,
        taken=taken,
        back_url=back_url,
        progress=None,
        kept=card_of(appointment),
        **shown,
    )


def compare(appointment: Appointment, token: str, chosen: Chosen) -> Response:
    """The time one has and the time one gets."""
    return page.render(
        "booking/move.html",
        back_url=url_for("customer.booking.change", token=token, day=chosen.day),
        before=card_of(appointment),
        after=card(appointment.location, chosen.day, chosen.minute),
    )


def taken(appointment: Appointment, token: str) -> Response:
    """Somebody was ahead; the old time stays."""
    other_url = url_for("customer.booking.change", token=token)
    free = offers.alternatives(appointment.offering, clock.now(), ALTERNATIVES, but_booking=appointment.uid)
    return page.render(
        "confirmation/taken.html",
        status=409,
        here=other_url,
        kept=card_of(appointment),
        alternatives=[alternative(slot, other_url) for slot in free],
        other_url=other_url,
    )


def ask_to_cancel(appointment: Appointment, token: str, form: CancelForm, *, status: int = 200) -> Response:
    """What is given up, a tick and a button."""
    links = personal_links(appointment)
    return page.render(
        "booking/cancel.html",
        status=status,
        form=form,
        back_url=links.booking,
        change_url=links.change,
        appointment=card_of(appointment),
    )


def _state(appointment: Appointment) -> str:
    if appointment.is_cancelled:
        return "cancelled"
    return "over" if appointment.ends_at <= clock.now() else "booked"


def _book_again_url(appointment: Appointment) -> str | None:
    if not appointment.offering.is_open:
        return None
    if appointment.case_uid is not None:
        return case_page(appointment.flow, appointment.case_uid)
    return url_for(f"customer.{appointment.flow}.start", location=None, lang=g.language)
