"""What is known about people, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from portal.domain.garage.limits import Retention

# Kinds of rows as a proof names them, by table.
KINDS: dict[str, Any] = {
    "case": _("Cases"),
    "customer": _("People"),
    "vehicle": _("Vehicles"),
    "consent": _("Consents"),
    "case_event": _("Lines of histories"),
    "case_activity": _("Pieces of work"),
    "booking": _("Appointments and requests, made nobody's"),
    "message": _("Letters"),
    "draft": _("Unfinished answers"),
    "photo": _("Photos"),
    "files": _("Photos taken off the disk"),
    "audit_entry": _("Lines of the log, emptied"),
    "case_note": _("Notes"),
    "written_letter": _("Letters written at the desk"),
    "damage": _("Words about other damage, emptied"),
}
FIELDS: dict[str, Any] = {
    "number": _("Case number"),
    "plate": _("Plate"),
    "plate_country": _("Country of the plate"),
    "make": _("Make"),
    "model": _("Model"),
    "vin": _("Chassis number"),
    "mileage_km": _("Kilometres"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("Mail address"),
    "phone": _("Phone"),
    "street": _("Street"),
    "postcode": _("Postcode"),
    "city": _("Town"),
    "language": _("Language"),
    "damage": _("What happened"),
    "location": _("Location"),
    "created_at": _("Opened"),
    "changed_at": _("Last changed"),
    "vehicle_in_on": _("Vehicle in"),
    "ready_on": _("Ready for the work"),
    "planned_end_on": _("Planned end"),
    "finished_on": _("Finished"),
    "collected_on": _("Collected"),
    "purpose": _("Purpose"),
    "words_version": _("Version of the words"),
    "given_at": _("Given"),
    "recipient": _("To"),
    "state": _("State"),
    "sent_at": _("Sent"),
    "queued_at": _("Written"),
    "starts_at": _("Begins"),
    "ends_at": _("Ends"),
    "requested_at": _("Asked"),
    "booked_at": _("Booked"),
    "cancelled_at": _("Cancelled"),
    "cancel_reason": _("Reason"),
    "flow": _("For"),
    "at": _("When"),
    "what": _("What"),
    "actor": _("By"),
    "detail": _("Details"),
    "file": _("File"),
    "name": _("Name"),
    "label": _("Shows"),
    "added_at": _("Added"),
    "answers": _("Answers"),
}
SECTIONS: dict[str, Any] = {
    "customer": _("Person"),
    "vehicle": _("Vehicle"),
    "consents": _("Consents"),
    "activities": _("Pieces of work"),
    "appointments": _("Appointments"),
    "photos": _("Photos"),
    "history": _("History"),
    "cases": _("Cases"),
    "requests": _("Requests that were not confirmed"),
    "letters": _("Letters"),
    "unfinished": _("Unfinished answers"),
    "changes": _("What the garage changed"),
}


def kind(table: str) -> str:
    """What rows of a table are."""
    return str(KINDS.get(table) or _plain(table))


def field(name: str) -> str:
    """What a value is called."""
    return str(FIELDS.get(name) or _plain(name))


def section(name: str) -> str:
    """What a part of somebody's data is called."""
    return str(SECTIONS.get(name) or _plain(name))


def value(told: Any) -> str:
    """A value of somebody's data as text."""
    if isinstance(told, bool):
        return gettext("yes") if told else gettext("no")
    if isinstance(told, Mapping):
        return "; ".join(f"{field(str(name))}: {value(each)}" for name, each in told.items() if each)
    if isinstance(told, list):
        return ", ".join(value(each) for each in told)
    return str(told)


def times(retention: Retention) -> list[str]:
    """Retention times as sentences."""
    return [
        ngettext(
            "Cases: %(num)d month after something last happened with them",
            "Cases: %(num)d months after something last happened with them",
            retention.case_months,
        ),
        ngettext(
            "Requests nobody confirmed: %(num)d day",
            "Requests nobody confirmed: %(num)d days",
            retention.request_days,
        ),
        ngettext("Lines of the log: %(num)d month", "Lines of the log: %(num)d months", retention.log_months),
    ]


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
