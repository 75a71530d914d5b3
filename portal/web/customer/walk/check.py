"""The last step: look at every answer, then send the request."""

import json

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core import codes
from portal.domain.booking import queries as bookings
from portal.domain.booking.errors import AlreadyBooked, NoPlace, TooManyOpen
from portal.domain.garage.offerings import Offering
from portal.web.customer.appointments import card
from portal.web.customer.confirmation.pages import taken_page, too_many_open
from portal.web.customer.walk import admission as admissions
from portal.web.customer.walk import steps
from portal.web.customer.walk.effort import Effort
from portal.web.customer.walk.times import Chosen
from portal.web.limits import limit_sending


@limit_sending
def check() -> Response:
    open_step = steps.next_open()
    if open_step != steps.CHECK:
        if request.method == "POST" and steps.asks_more(open_step):
            # They held everything for finished, so that page says what is wrong.
            steps.keep(open_step, steps.typed(g.draft, open_step), done=False)
        return redirect(url_for(f".{open_step}"), 303)
    if request.method != "POST":
        return _page()
    if steps.wants_language():
        return steps.switch_language(steps.CHECK)
    if request.form.get("shown") not in (None, _shown()):
        return _page(status=409, changed=True)
    return _send(*_asked())


def _send(offering: Offering, chosen: Chosen) -> Response:
    admission = admissions.of(offering, chosen.day)
    if admission.effort:
        return _page(status=422, effort=admission.effort)
    try:
        g.walk.request(g.draft, offering, chosen.day, chosen.minute, keep=admission.keep)
    except NoPlace:
        steps.keep("timeslot", steps.typed(g.draft, "timeslot"), done=False)
        return taken_page(offering, g.draft.uid)
    except TooManyOpen:
        return _page(status=409, refused=too_many_open())
    except AlreadyBooked as booked:
        return redirect(g.walk.booked_url(bookings.appointment(booked.uid)), 303)
    return redirect(url_for(".sent"), 303)


def _shown() -> str:
    """What all answers together looked like, so that nobody sends others than they saw."""
    return codes.fingerprint(json.dumps(g.draft.answers, sort_keys=True).encode())


def _page(
    *, status: int = 0, refused: str = "", effort: Effort | None = None, changed: bool = False
) -> Response:
    offering, chosen = _asked()
    return steps.step_page(
        "check",
        template="walk/check",
        status=status,
        refused=refused,
        effort=effort,
        changed=changed,
        shown=_shown(),
        appointment=card(offering.location, chosen.day, chosen.minute),
        sections=g.walk.sections(g.draft, offering, chosen.day, chosen.minute),
    )


def _asked() -> tuple[Offering, Chosen]:
    offering, chosen = g.walk.offering(g.draft), Chosen.parse(steps.typed(g.draft, "timeslot")["timeslot"])
    assert offering is not None and chosen is not None, "every step is done"
    return offering, chosen
