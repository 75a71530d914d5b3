"""What is known about people, in words."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

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
    "planned_end_on": _("Expected end"),
    "finished_on": _("Finished"),
    "collected_on": _("Collected"),
    "purpose": _("Purpose"),
    "words_version": _("Version of the words"),
    "given_at": _("Given"),
    "recipient": _("To"),
    "state": _("State"),
    "sent_at": _("Sent"),
    "queued_at": _("Written"),
    "written_at": _("Written"),
    "day": _("Day"),
    "start_minute": _("Begins"),
    "end_minute": _("Ends"),
    "requested_at": _("Asked"),
    "held_until": _("Kept until"),
    "booked_at": _("Booked"),
    "cancelled_at": _("Cancelled"),
    "cancel_reason": _("Reason"),
    "called_off": _("Cancelled by the garage"),
    "move_asked_at": _("Asked for another time"),
    "kept_at": _("Kept on purpose"),
    "reminded_at": _("Reminder seen to"),
    "flow": _("For"),
    "damage_flow": _("Damage flow"),
    "damage_zones": _("Where the damage is"),
    "started_on": _("Begun"),
    "at": _("When"),
    "about": _("Kind"),
    "what": _("What"),
    "actor": _("By"),
    "file": _("File"),
    "name": _("Name"),
    "label": _("Shows"),
    "width": _("Width in pixels"),
    "height": _("Height in pixels"),
    "added_at": _("Added"),
    "attempts": _("Attempts"),
    "server_answer": _("Answer of the mail server"),
    "held_back": _("Held back"),
    "unwanted_at": _("The reader asked for nothing"),
    "letter": _("Letter"),
    "subject": _("Subject"),
    "words": _("Words"),
    "values": _("Filled in"),
    "test": _("Only a test"),
    "closed": _("Finished"),
    "expires_at": _("Kept until"),
    # Answers that a request or a draft holds
    "mileage": _("Kilometres"),
    "timeslot": _("Time"),
    "consent": _("Consent"),
    "consent_version": _("Version of the words"),
    "consent_language": _("Language of the words"),
    "consented_at": _("Consent given"),
    "questions": _("Questions"),
}
# What only the portal itself goes by, or what stands there in other words; the file for programs has it all.
UNSPOKEN = frozenset(
    {
        *("uid", "number_key", "name_key", "plate_key", "mailbox", "tally", "client_key", "position"),
        *(
            "merged_into",
            "entry_location_id",
            "place_number",
            "code_tries",
            "sequence",
            "due_at",
            "give_up_at",
        ),
        *("starts_at", "ends_at", "letters.about", "detail", "before", "after", "answers"),
    }
)
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
    "case": _("Cases that became part of it"),
    "case_note": _("Notes"),
    "written_letter": _("Letters written at the desk"),
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
