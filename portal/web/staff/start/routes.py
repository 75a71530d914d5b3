"""What a new garage still has to do, each with the way there."""

from typing import Any

from flask import Blueprint, g, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.core.dates import NATIVE_NAMES
from portal.domain.booking import readiness
from portal.domain.booking.readiness import Done, Step
from portal.domain.team.rights import Right
from portal.letters import links
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.words import lazy_gettext as _

blueprint = Blueprint("start", __name__, url_prefix="/start")

# What a step is called, why it is there, and what the button says that leads to it.
WORDS = {
    Step.HOURS: (
        _("Say when you have room"),
        _("Usual hours are there already. Look whether they are yours: customers book what stands there."),
        _("Open the hours"),
    ),
    Step.LOOKS: (
        _("Make it look like you"),
        _("Your logo and your colour, on the portal and in every mail."),
        _("Open the brand"),
    ),
    Step.PRIVACY: (
        _("Write your privacy page"),
        _(
            "Customers agree to it before they send anything. One sentence stands there now; yours will say more."
        ),
        _("Open the texts"),
    ),
    Step.OPEN: (
        _("Open the portal"),
        _("From then on whoever has the link can book."),
        _("Open the portal"),
    ),
    Step.BOOKING: (
        _("Book once yourself"),
        _("Walk through it like a customer, with your own mail address. You can cancel it from the mail."),
        _("Book a damage assessment"),
    ),
}


@blueprint.get("/")
@needs(Right.OWN)
def show() -> Response:
    steps = [_told(each) for each in readiness.steps(g.desk.garage, clock.now())]
    first = next((each for each in steps if not each["done"]), None)
    return page.render(
        "start/page.html",
        steps=steps,
        first=first,
        left=sum(not each["done"] for each in steps),
        portal_url=links.portal(g.desk.garage) + "/",
        operator=current_user.operator,
    )


def _told(each: Done) -> dict[str, Any]:
    title, why, button = WORDS[each.step]
    return {
        "name": each.step.value,
        "done": each.done,
        "title": title,
        "why": why,
        "button": button,
        "url": _way(each.step),
        "missing": _missing() if each.step is Step.PRIVACY else "",
    }


def _missing() -> str:
    """The languages that still want words, as each calls itself."""
    return ", ".join(NATIVE_NAMES[language] for language in readiness.unwritten(g.desk.garage))


def _way(step: Step) -> str | None:
    """Where a step is done; None if it is a press on the page itself."""
    match step:
        case Step.HOURS:
            return url_for("staff.hours.show")
        case Step.LOOKS:
            return url_for("staff.brand.show")
        case Step.PRIVACY:
            return url_for("staff.brand.words")
        case Step.BOOKING:
            return links.portal(g.desk.garage) + "/" if g.desk.garage.profile.active else None
        case _:
            return None
