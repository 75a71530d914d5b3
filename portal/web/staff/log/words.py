"""What the audit log calls things: their kinds, what is done to them, and the values that differ."""

from typing import Any

from portal.core.dates import NATIVE_NAMES
from portal.domain.booking.by_garage import ASKED, KEPT
from portal.web.staff.case.words import FIELDS as CASE_FIELDS
from portal.web.staff.case.words import FLOWS
from portal.web.words import lazy_gettext as _

KINDS: dict[str, Any] = {
    "garage": _("Garage"),
    "location": _("Location"),
    "hours": _("Hours"),
    "team": _("Team"),
    "case": _("Case"),
    "cases": _("Cases"),
    "request": _("Request"),
    "letter": _("Letter"),
    "person": _("Person"),
    "retention": _("Retention times"),
    "brand": _("Brand"),
    "logo": _("Logo"),
    "words": _("Words"),
    "languages": _("Languages"),
    "damage flows": _("Damage flows"),
    "photos": _("Photos"),
    "questions": _("Questions"),
    "announcements": _("Announcements"),
    "sites": _("Allowed sites"),
    "flows": _("What customers see"),
}
DEEDS: dict[str, Any] = {
    "changed": _("changed"),
    "created": _("created"),
    "applied": _("set by a garage file"),
    "removed": _("removed"),
    "invited": _("invited"),
    "withdrawn": _("invitation withdrawn"),
    "joined": _("joined"),
    "sent again": _("sent again"),
    "seen to": _("seen to"),
    "open again": _("open again"),
    "exported": _("handed over"),
    "erased": _("erased"),
    "opened": _("opened"),
    "noted": _("note written"),
    "merged": _("merged"),
    "photos added": _("photos added"),
    "photo turned": _("photo turned"),
    "photo removed": _("photo removed"),
    "booked": _("booked"),
    "moved": _("moved"),
    "cancelled": _("cancelled"),
    ASKED: _("asked for another time"),
    KEPT: _("kept outside the hours"),
    "letter sent": _("letter sent"),
    "saved": _("words saved"),
    "restored": _("ready-made words restored"),
    "taken back": _("own words taken back"),
    "duplicated": _("duplicated"),
}
FIELDS: dict[str, Any] = {
    **CASE_FIELDS,
    **NATIVE_NAMES,
    **FLOWS,
    "active": _("Portal open"),
    "listed": _("Customers see this location"),
    "name": _("Name"),
    "role": _("Role"),
    "locations": _("Locations"),
    "email": _("Mail address"),
    "contact": _("Contact"),
    "languages": _("Languages"),
    "purpose": _("Letter"),
    "retention": _("Retention times"),
    "case_months": _("Cases, in months"),
    "request_days": _("Unconfirmed requests, in days"),
    "log_months": _("Audit log, in months"),
    "cases": _("Cases"),
    "requests": _("Requests"),
    "entries": _("Lines of the log"),
    "file": _("File"),
    # What happened to cases and appointments
    "flow": _("For"),
    "starts_at": _("Begins"),
    "old": _("Before"),
    "new": _("After"),
    "reason": _("Reason"),
    "requested": _("Asked for by the customer"),
    "into": _("Became part of"),
    "elsewhere": _("Confirmed in another browser"),
    "answers": _("Answers"),
    "question": _("Question"),
    "answer": _("Answer"),
    "photos": _("Photos"),
    # Letters
    "letter": _("Letter"),
    "of": _("Copy of"),
    "subject": _("Subject"),
    "words": _("Words"),
    "added_words": _("Words of your own"),
    "booked": _("Booked"),
    "moved": _("Moved"),
    "cancelled": _("Cancelled by the customer"),
    "reminder": _("Reminder"),
    # Looks, and how the garage is reached
    "brand": _("Brand"),
    "accent": _("Accent colour"),
    "logo": _("Logo"),
    "website": _("Web site"),
    "sender_name": _("Name of the sender"),
    "reply_to": _("Where answers go"),
    "notify": _("Who hears of bookings"),
    "privacy": _("Privacy"),
    "imprint": _("Legal notice"),
    "bring": _("What to bring"),
    "allowed_sites": _("Allowed sites"),
    "flows": _("What customers see"),
    "status": _("Tracking a repair"),
    # What the garage does and asks
    "damage_flows": _("Damage flows"),
    "default": _("Default"),
    "photos_required": _("At least one photo is required"),
    "label": _("Photo"),
    "title": _("What to show"),
    "hint": _("Advice"),
    "questions": _("Questions"),
    "kind": _("Kind"),
    "required": _("An answer is required"),
    "announcements": _("Announcements"),
    "first": _("Where it begins"),
    "timeslot": _("Where a time is picked"),
    "work_starts_when": _("When the work counts as started"),
    # Hours, and what limits them
    "hours": _("Hours"),
    "days": _("Days"),
    "open": _("Open"),
    "places": _("Places"),
    "slot_minutes": _("Length of a time, in minutes"),
    "valid_from": _("First day"),
    "valid_until": _("Last day"),
    "exceptions": _("Exceptions"),
    "day": _("Day"),
    "closures": _("Closures"),
    "last": _("Last day"),
    "public_holidays": _("Closed on public holidays"),
    "notice_minutes": _("Notice"),
    "horizon_days": _("Days ahead"),
    "day_limit": _("Most appointments a day"),
    "appointments": _("Appointments"),
    "change_until_hours": _("Changes until so many hours before"),
    "remind_hours": _("Reminder so many hours before"),
    "limits": _("Limits"),
    "per_address": _("For one mail address"),
    "per_phone": _("For one phone number"),
    "per_plate": _("For one licence plate"),
    # Where a location is
    "zone": _("Time zone"),
    "region": _("Region"),
    "country": _("Country"),
}
# How long a repair takes is a number; under the same names stand lists of hours and of weekdays.
LENGTHS: dict[str, Any] = {"hours": _("Length in hours"), "days": _("Length in working days")}
# What a name means where more values stand below it.
GROUPS: dict[str, Any] = {"mail": _("Letters")}
# What only the portal itself goes by.
UNSPOKEN = frozenset({"uid", "slug"})


def kind(about: str) -> str:
    """What sort of thing was changed."""
    return str(KINDS.get(about) or _plain(about))


def deed(what: str) -> str:
    """What was done to it."""
    return str(DEEDS.get(what) or _plain(what).lower())


def field(name: str, value: object = None) -> str:
    """What a value is called."""
    if isinstance(value, int) and name in LENGTHS:
        return str(LENGTHS[name])
    return str(FIELDS.get(name) or _plain(name))


def group(name: str) -> str:
    """What values are called that stand below one name."""
    return str(GROUPS.get(name) or field(name))


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
