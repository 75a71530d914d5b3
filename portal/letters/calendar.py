"""The appointment as a file for the customer's own calendar, the same in the mail and on the page."""

from urllib.parse import urlsplit

from flask_babel import force_locale, gettext
from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import STATUS

from portal.domain.booking.queries import Appointment
from portal.letters import links
from portal.wiring import wired

NAME = "appointment.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


def event(appointment: Appointment) -> bytes:
    """An iCalendar file of one event, in the customer's language; its UID is the booking's for life."""
    calendar = Calendar()
    calendar.add("prodid", "-//garage portal//appointment//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with force_locale(appointment.language):
        calendar.add_component(_event(appointment))
    return calendar.to_ical()


def _event(appointment: Appointment) -> Event:
    garage, location = appointment.garage, appointment.location
    place = location.profile
    link = links.confirm(appointment)
    return Event.new(
        uid=f"{appointment.uid}@{urlsplit(link).hostname}",
        sequence=0,
        stamp=appointment.requested_at,
        # UTC means the same moment in every calendar program, however it reads time zones.
        start=appointment.starts_at,
        end=appointment.ends_at,
        summary=gettext("Damage assessment at %(garage)s", garage=garage.name),
        description="\n".join([*_lines(appointment), link]),
        location=f"{location.name}, {place.street}, {place.postcode} {place.city}",
        organizer=vCalAddress.new(location.contact.mail or wired().settings.mail_sender, cn=garage.name),
        status=STATUS.CONFIRMED,
        url=link,
    )


def _lines(appointment: Appointment) -> list[str]:
    lines = [gettext("Plate: %(plate)s", plate=appointment.plate)]
    if appointment.case_number:
        lines.append(gettext("Case number: %(number)s", number=appointment.case_number))
    if bring := appointment.location.bring(appointment.language):
        lines += [gettext("Please bring:"), *(f"- {thing}" for thing in bring)]
    return lines
