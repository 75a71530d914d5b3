"""Addresses in letters. They start with the configured address, never with what a request claimed."""

from portal.domain.booking.queries import Appointment
from portal.wiring import wired

CONFIRM = "confirm"


def confirm(appointment: Appointment) -> str:
    """The page that confirms a request, and shows the booking ever after."""
    token = wired().tokens.sign(CONFIRM, appointment.uid, appointment.round)
    return f"{_portal_of(appointment)}/confirm/{token}"


def code(appointment: Appointment) -> str:
    """Six digits that say the same as the confirmation link."""
    return wired().tokens.code(CONFIRM, appointment.uid, appointment.round)


def logo(appointment: Appointment) -> str | None:
    """The picture at the top of a letter, if there is one."""
    key = appointment.location.brand.logo_key
    return f"{_portal_of(appointment)}/logo/{key.removeprefix('logos/')}" if key else None


def _portal_of(appointment: Appointment) -> str:
    return f"{wired().settings.public_url}/{appointment.garage.slug}"
