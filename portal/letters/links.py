"""Addresses in letters. They start with the configured address, never with what a request claimed."""

from portal.domain.booking.queries import Appointment
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import GarageView, LocationView
from portal.wiring import wired

CONFIRM = "confirm"
UNASKED = "unasked"
BOOKING = "booking"
INVITATION = "invitation"
CASE = "case"  # what signs the links of a case, whichever flow they lead to
CASE_TEST = "case_test"  # the same in a test of a letter: such a link shows, and changes nothing


def confirm(appointment: Appointment) -> str:
    """The page that confirms a request, and shows the booking ever after."""
    token = wired().tokens.sign(CONFIRM, appointment.uid, appointment.round)
    return f"{portal(appointment.garage)}/confirm/{token}"


def unasked(garage: GarageView, message_uid: str) -> str:
    """Where the reader of a letter says that they did not ask for it."""
    return f"{portal(garage)}/unasked/{wired().tokens.sign(UNASKED, message_uid)}"


def code(appointment: Appointment) -> str:
    """Six digits that say the same as the confirmation link."""
    return wired().tokens.code(CONFIRM, appointment.uid, appointment.round)


def booking(appointment: Appointment) -> str:
    """The personal page of a booking; it stays the same when the booking is moved or cancelled."""
    token = wired().tokens.sign(BOOKING, appointment.uid)
    return f"{portal(appointment.garage)}/booking/{token}"


def change(appointment: Appointment) -> str:
    """Where the booking is moved to another time."""
    return f"{booking(appointment)}/change"


def cancel(appointment: Appointment) -> str:
    """Where the booking is cancelled."""
    return f"{booking(appointment)}/cancel"


def logo(garage: GarageView, location: LocationView) -> str | None:
    """The picture at the top of a letter, if there is one."""
    key = location.brand.logo_key
    return f"{portal(garage)}/logo/{key.removeprefix('logos/')}" if key else None


def entrance(garage: GarageView, flow: Flow, location: LocationView | None = None) -> str:
    """The first page of a flow, at one location's portal or at the garage's."""
    return f"{portal(garage)}/{location.slug}/{flow}/" if location else f"{portal(garage)}/{flow}/"


def book(garage: GarageView, flow: Flow, case_uid: str, *, test: bool = False) -> str:
    """Where a case gets an appointment, without typing who one is; for a `test`, where that is only shown."""
    return f"{portal(garage)}/{flow}/case/{_signed(case_uid, test=test)}"


def status(garage: GarageView, case_uid: str, *, test: bool = False) -> str:
    """How far the repair of a case is."""
    return f"{portal(garage)}/status/{_signed(case_uid, test=test)}"


def invitation(uid: str) -> str:
    """Where whoever was invited joins the team of a garage."""
    return f"{wired().settings.public_url}/staff/invitation/{wired().tokens.sign(INVITATION, uid)}"


def new_password(token: str) -> str:
    """Where a member sets a new password."""
    return f"{wired().settings.public_url}/staff/account/forgotten/{token}"


def portal(garage: GarageView) -> str:
    """The portal of a garage, without a slash at the end."""
    return f"{wired().settings.public_url}/{garage.slug}"


def _signed(case_uid: str, *, test: bool) -> str:
    return wired().tokens.sign(CASE_TEST if test else CASE, case_uid)
