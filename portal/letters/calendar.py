"""The appointment as a file for the customer's own calendar, the same in the mail and on the page.

One UID for life. Each move and a cancellation raise SEQUENCE and DTSTAMP, so a calendar knows which file is newer.
"""

from urllib.parse import urlsplit

from flask_babel import force_locale, gettext
from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import STATUS

from portal.adapters.mailer import Attachment
from portal.domain.booking.queries import Appointment
from portal.letters import links
from portal.wiring import wired

NAME = "appointment.ics"


def attachment(appointment: Appointment) -> Attachment:
    """The file as it goes with a letter."""
    kind = f"text/calendar; charset=utf-8; method={_method(appointment)}"
    return Attachment(NAME, kind, event(appointment))


def event(appointment: Appointment) -> bytes:
    """An iCalendar file of one event, in the customer's language; that of a cancelled booking removes it."""
    calendar = Calendar()
    calendar.add("prodid", "-//garage portal//appointment//EN")
    calendar.add("version", "2.0")
    calendar.add("method", _method(appointment))
    with force_locale(appointment.language):
        calendar.add_component(_event(appointment))
    return calendar.to_ical()


def _method(appointment: Appointment) -> str:
    return "CANCEL" if appointment.is_cancelled else "PUBLISH"


def _event(appointment: Appointment) -> Event:
    garage, location = appointment.garage, appointment.location
    place = location.profile
    link = links.booking(appointment)
    return Event.new(
        uid=f"{appointment.uid}@{urlsplit(link).hostname}",
        sequence=appointment.sequence,
        stamp=appointment.cancelled_at or appointment.booked_at or appointment.requested_at,
        # UTC means the same moment in every calendar program, however it reads time zones.
        start=appointment.starts_at,
        end=appointment.ends_at,
        summary=_summary(appointment),
        description="\n".join([*_lines(appointment), link]),
        location=f"{location.name}, {place.street}, {place.postcode} {place.city}",
        organizer=vCalAddress.new(location.contact.mail or wired().settings.mail_sender, cn=garage.name),
        status=STATUS.CANCELLED if appointment.is_cancelled else STATUS.CONFIRMED,
        url=link,
    )


def _summary(appointment: Appointment) -> str:
    name = appointment.garage.name
    if appointment.flow == "repair":
        return gettext("Repair at %(garage)s", garage=name)
    return gettext("Damage assessment at %(garage)s", garage=name)


def _lines(appointment: Appointment) -> list[str]:
    lines = [gettext("Plate: %(plate)s", plate=appointment.plate)]
    if appointment.case_number:
        lines.append(gettext("Case number: %(number)s", number=appointment.case_number))
    if bring := appointment.location.bring(appointment.language):
        lines += [gettext("Please bring:"), *(f"- {thing}" for thing in bring)]
    return lines
