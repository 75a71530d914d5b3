"""What a case is made of, and what happens to it, in words."""

from portal.core.scheduling import Refusal
from portal.domain.cases.errors import Problem, Reason
from portal.web.fields import too_long
from portal.web.words import gettext as _
from portal.web.words import lazy_gettext

FIELDS = {
    "location": lazy_gettext("Location"),
    "plate": lazy_gettext("Licence plate"),
    "plate_country": lazy_gettext("Country of the plate"),
    "vin": lazy_gettext("Chassis number"),
    "make": lazy_gettext("Make"),
    "model": lazy_gettext("Model"),
    "mileage": lazy_gettext("Mileage in km"),
    "first_name": lazy_gettext("First name"),
    "last_name": lazy_gettext("Last name"),
    "mail": lazy_gettext("Mail address"),
    "phone": lazy_gettext("Phone"),
    "street": lazy_gettext("Street and number"),
    "postcode": lazy_gettext("Postcode"),
    "city": lazy_gettext("Town"),
    "language": lazy_gettext("Language"),
    "damage_flow": lazy_gettext("Damage flow"),
    "damage": lazy_gettext("What happened"),
    "damage_zones": lazy_gettext("Where the damage is"),
    "vehicle_in": lazy_gettext("Car brought in"),
    "ready": lazy_gettext("Ready for the work"),
    "planned_end": lazy_gettext("Expected end"),
    "finished": lazy_gettext("Work finished"),
    "collected": lazy_gettext("Car collected"),
    "activities": lazy_gettext("Activities"),
    "number": lazy_gettext("Case number"),
}

ZONES = {
    "front_bumper": lazy_gettext("Front bumper"),
    "front_left_light": lazy_gettext("Left headlight"),
    "front_right_light": lazy_gettext("Right headlight"),
    "bonnet": lazy_gettext("Bonnet"),
    "windscreen": lazy_gettext("Windscreen"),
    "roof": lazy_gettext("Roof"),
    "rear_window": lazy_gettext("Rear window"),
    "boot": lazy_gettext("Boot"),
    "rear_left_light": lazy_gettext("Left rear light"),
    "rear_right_light": lazy_gettext("Right rear light"),
    "rear_bumper": lazy_gettext("Rear bumper"),
    "front_left_wing": lazy_gettext("Front left wing"),
    "front_left_wheel": lazy_gettext("Front left wheel"),
    "left_mirror": lazy_gettext("Left mirror"),
    "front_left_door": lazy_gettext("Front left door"),
    "rear_left_door": lazy_gettext("Rear left door"),
    "left_sill": lazy_gettext("Left sill"),
    "rear_left_wing": lazy_gettext("Rear left wing"),
    "rear_left_wheel": lazy_gettext("Rear left wheel"),
    "front_right_wing": lazy_gettext("Front right wing"),
    "front_right_wheel": lazy_gettext("Front right wheel"),
    "right_mirror": lazy_gettext("Right mirror"),
    "front_right_door": lazy_gettext("Front right door"),
    "rear_right_door": lazy_gettext("Rear right door"),
    "right_sill": lazy_gettext("Right sill"),
    "rear_right_wing": lazy_gettext("Rear right wing"),
    "rear_right_wheel": lazy_gettext("Rear right wheel"),
}

PHOTOS = {
    "overview": lazy_gettext("Whole car"),
    "damage_far": lazy_gettext("Damage from two metres"),
    "damage_close": lazy_gettext("Damage close up"),
    "plate": lazy_gettext("Licence plate"),
    "odometer": lazy_gettext("Odometer"),
    "other": lazy_gettext("Other"),
}

FLOWS = {"assessment": lazy_gettext("Damage assessment"), "repair": lazy_gettext("Repair")}

REFUSALS = {
    Refusal.CLOSED: lazy_gettext("within a closure"),
    Refusal.CLOSED_THAT_DAY: lazy_gettext("closed that day"),
    Refusal.PUBLIC_HOLIDAY: lazy_gettext("public holiday"),
    Refusal.OUTSIDE_HOURS: lazy_gettext("outside the hours"),
    Refusal.BETWEEN_SLOTS: lazy_gettext("between two times"),
    Refusal.CLOCK_CHANGE: lazy_gettext("the clock skips this time"),
    Refusal.PAST: lazy_gettext("over"),
    Refusal.TOO_SOON: lazy_gettext("sooner than the notice you ask for"),
    Refusal.TOO_FAR: lazy_gettext("further ahead than you plan"),
    Refusal.DAY_FULL: lazy_gettext("the day is full"),
    Refusal.WORK_DAY_FULL: lazy_gettext("as many of this kind as the day takes"),
    Refusal.SLOT_FULL: lazy_gettext("full"),
}

LETTERS = {
    "confirmation": lazy_gettext("Please confirm"),
    "booked": lazy_gettext("Appointment booked"),
    "moved": lazy_gettext("Appointment moved"),
    "cancelled": lazy_gettext("Appointment cancelled"),
    "called_off": lazy_gettext("Appointment cancelled by us"),
    "another_time": lazy_gettext("Please choose another time"),
    "reminder": lazy_gettext("Reminder"),
    "case_letter": lazy_gettext("Letter written at the desk"),
    "garage_booked": lazy_gettext("To the garage: new appointment"),
    "garage_moved": lazy_gettext("To the garage: appointment moved"),
    "garage_cancelled": lazy_gettext("To the garage: appointment cancelled"),
}

LETTER_STATES = {
    "queued": (lazy_gettext("waits to leave"), "warn"),
    "sending": (lazy_gettext("waits to leave"), "warn"),
    "sent": (lazy_gettext("sent"), "good"),
    "failed": (lazy_gettext("not delivered"), "bad"),
    "skipped": (lazy_gettext("not sent, no longer of use"), "quiet"),
}

_MALFORMED = {
    "number": lazy_gettext("A case number has at least one letter or digit."),
    "mileage": lazy_gettext("Enter the mileage in whole kilometres, for example 45000."),
    "plate": lazy_gettext("Enter a licence plate, for example 1-ABC-234."),
    "plate_country": lazy_gettext("Enter a country in two letters, for example BE."),
    "vin": lazy_gettext("A chassis number has 17 letters and digits, without I, O and Q."),
    "mail": lazy_gettext("Enter a mail address like name@example.com."),
    "phone": lazy_gettext("Enter a phone number, for example +32 470 12 34 56."),
    "activities": lazy_gettext(
        "Write each piece of work on a line of its own, such as Painting, or with the day it started: "
        "Painting=31/12/2026."
    ),
}
_MISSING = {"plate": _MALFORMED["plate"], "location": lazy_gettext("Choose a location.")}
_DISORDER = {
    ("finished", "vehicle_in"): lazy_gettext("The work cannot be finished before the car came in."),
    ("collected", "vehicle_in"): lazy_gettext("The car cannot be collected before it came in."),
    ("collected", "finished"): lazy_gettext("The car cannot be collected before the work was finished."),
}


def problem(found: Problem) -> str:
    """What is wrong with a field, as a sentence."""
    match found.reason:
        case Reason.MISSING:
            return str(_MISSING.get(found.field) or _("This cannot be empty."))
        case Reason.ACCENTED:
            return _("Enter a mail address without accents before the @, like name@example.com.")
        case Reason.UNREADABLE:
            return _("This contains a character we cannot keep. Please type it again.")
        case Reason.TOO_LONG:
            return too_long(FIELDS[found.field], int(found.detail))
        case Reason.UNKNOWN:
            return _("Choose one of the list.")
        case Reason.TWICE:
            return _("%(name)s is there twice.", name=found.detail)
        case Reason.TAKEN:
            return _("Another case has this number.")
        case Reason.TOO_EARLY:
            return str(_DISORDER[found.field, found.detail])
        case Reason.TOO_LATE:
            return str(_DISORDER[found.detail, found.field])
        case _:
            return str(_MALFORMED.get(found.field) or _("Enter a day, for example 31/12/2026."))
