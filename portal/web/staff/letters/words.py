"""What the desk calls letters and tags."""

from typing import Any

from portal.core.tags import Unknown
from portal.domain.mailing.models import State
from portal.letters.tags import PortalNotActive, Tag, TagRefused
from portal.letters.values import Value
from portal.web.words import gettext
from portal.web.words import lazy_gettext as _

LETTERS = {
    "assessment": _("Invitation to the assessment"),
    "repair": _("Invitation to the repair"),
    "status": _("Invitation to follow the repair"),
}
# Why one would send it, and the tag it cannot do without.
PURPOSES = {
    "assessment": _("For a customer who still has to choose a time to have the damage looked at."),
    "repair": _("For a customer whose repair can be booked."),
    "status": _("For a customer who wants to know how far the repair is."),
}
NEEDED = {
    "assessment": Tag.BOOK_ASSESSMENT,
    "repair": Tag.BOOK_REPAIR,
    "status": Tag.STATUS_REPAIR,
}
FIXED = (
    (_("Confirmation"), _("asks the customer to press once; its words are part of how a place is kept")),
    (_("Booked, moved, cancelled"), _("tell the customer and you what became of an appointment")),
    (_("Reminder"), _("goes before an appointment, once")),
)
MEANINGS: dict[Value | Tag, Any] = {
    Value.FIRST_NAME: _("First name of the customer; a greeting does without"),
    Value.LAST_NAME: _("Last name of the customer; a greeting does without"),
    Value.PLATE: _("Licence plate"),
    Value.MAKE: _("Make of the car"),
    Value.MODEL: _("Model of the car"),
    Value.CASE_NUMBER: _("Number of the case"),
    Value.GARAGE: _("Name of your garage"),
    Value.LOCATION: _("Location of the case"),
    Value.LOCATION_ADDRESS: _("Street, postcode and city of that location"),
    Value.LOCATION_PHONE: _("Phone number of that location"),
    Value.APPOINTMENT_DAY: _("Day of the coming appointment"),
    Value.APPOINTMENT_TIME: _("Time of the coming appointment"),
    Value.EXPECTED_END: _("Day on which the repair should be finished"),
    Tag.BOOK_ASSESSMENT: _("Where the assessment for this case is booked, without typing anything"),
    Tag.BOOK_REPAIR: _("Where this repair is booked, without typing anything"),
    Tag.STATUS_REPAIR: _("Where this repair is followed, without typing anything"),
}
STATES = {
    None: (_("on its way"), "quiet"),
    State.QUEUED: (_("on its way"), "quiet"),
    State.SENDING: (_("on its way"), "quiet"),
    State.SENT: (_("sent"), "good"),
    State.FAILED: (_("not delivered"), "bad"),
    State.SKIPPED: (_("not sent: its addresses no longer work"), "bad"),
}


def name(letter: str, given: str) -> Any:
    """What a letter is called: as the garage named it, else as everybody does."""
    return given or LETTERS.get(letter) or _("A letter that was removed")


def unknown(found: Unknown, *, one_line: bool = False) -> Any:
    """That a tag is none, where it stands, and which one may be meant."""
    told = {"name": found.name, "line": found.line, "column": found.column, "nearest": found.nearest}
    if not found.closed:
        return _unclosed(told, one_line=one_line)
    if one_line and found.nearest:
        return _(
            "Position %(column)s: there is no tag [%(name)s]. Did you mean [%(nearest)s]?",
            column=found.column,
            name=found.name,
            nearest=found.nearest,
        )
    if one_line:
        return _(
            "Position %(column)s: there is no tag [%(name)s]. The list of tags says which there are.",
            column=found.column,
            name=found.name,
        )
    if found.nearest:
        return _(
            "Line %(line)s, column %(column)s: there is no tag [%(name)s]. Did you mean [%(nearest)s]?",
            **told,
        )
    return _(
        "Line %(line)s, column %(column)s: there is no tag [%(name)s]. The list of tags says which there are.",
        line=found.line,
        column=found.column,
        name=found.name,
    )


def _unclosed(told: dict[str, Any], *, one_line: bool) -> Any:
    if one_line:
        return _(
            "Position %(column)s: [%(name)s lacks its closing bracket. Did you mean [%(nearest)s]?", **told
        )
    return _(
        "Line %(line)s, column %(column)s: [%(name)s lacks its closing bracket. Did you mean [%(nearest)s]?",
        **told,
    )


def refused(no: TagRefused) -> Any:
    """Why a tag has no address."""
    if isinstance(no, PortalNotActive):
        return _(
            "[%(tag)s] leads nowhere yet: your portal is not open. Letters with it can be sent once it is.",
            tag=no.tag,
        )
    return _("[%(tag)s] leads nowhere: customers do not see this part of the portal here.", tag=no.tag)


def empty(tag: str) -> Any:
    """That a tag would leave a hole."""
    return _("[%(tag)s] stands for nothing in this case. Take it out, or write it yourself.", tag=tag)


def too_many_today() -> str:
    """Why a letter is not sent that is otherwise right."""
    return gettext("Very many letters were sent within a day. Nothing is lost: send this one tomorrow.")
