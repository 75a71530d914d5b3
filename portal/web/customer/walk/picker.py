"""Picking a time: how full the days are, and the times of one of them."""

from datetime import datetime
from typing import Any

from flask import g, request

from portal.core import dates
from portal.domain.booking import offers
from portal.domain.booking.offers import Offer
from portal.domain.garage.offerings import Offering
from portal.web import asked
from portal.web.customer.walk import times
from portal.web.customer.walk.forms import TimeslotForm
from portal.web.customer.walk.times import Chosen, TimeRow


def chosen(form: TimeslotForm) -> Chosen | None:
    """The time a form names, if it does."""
    return Chosen.parse(str(form.timeslot.data or ""))


def context(
    offering: Offering,
    form: TimeslotForm,
    now: datetime,
    *,
    but_draft: int | None = None,
    but_booking: str | None = None,
) -> dict[str, Any] | None:
    """What the page shows; None if no time is free. The day asked for in the address comes first."""
    picked = chosen(form)
    wanted = asked.day() or (picked.day if picked else None)
    offer = offers.offer(offering, now, wanted, but_draft=but_draft, but_booking=but_booking)
    if not any(each.slots for each in offer.days):
        return None
    view = "list" if request.args.get("view") == "list" else "strip"
    free_times = times.times(offer, str(form.timeslot.data))
    return {
        "view": view,
        "parts": times.parts(free_times, g.language),
        **(_list(offer, free_times) if view == "list" else _strip(offer)),
        "next_free": times.next_free(offer, g.language, view),
        "list_url": f"?day={offer.day}&view=list",
        "strip_url": f"?day={offer.day}",
        "place": offering.location.profile,
        "announcement": offering.location.announcement(offering.flow, "timeslot", g.language, now),
    }


def _strip(offer: Offer) -> dict[str, Any]:
    shown = dates.long_day(offer.day, g.language) if offer.day else ""
    return {"months": times.months(offer, g.language), "shown_day": shown}


def _list(offer: Offer, free_times: tuple[TimeRow, ...]) -> dict[str, Any]:
    return {
        "days": times.days(offer, g.language, "&view=list"),
        "times": times.buttons(free_times, g.language) if free_times else "",
    }
