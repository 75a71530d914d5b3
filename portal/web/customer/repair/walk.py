"""What the walk to a repair is about: a time, for a case the garage knows already."""

from datetime import date
from typing import Any

from flask import abort, g, redirect, url_for

from portal import clock
from portal.core import dates
from portal.core.normalise import emails
from portal.domain.booking import requests
from portal.domain.booking.errors import NotBookable
from portal.domain.booking.queries import Appointment
from portal.domain.cases import queries as cases
from portal.domain.cases.queries import CaseOutline
from portal.domain.drafts.queries import DraftView
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import Offering, repairs
from portal.domain.garage.profile import Flow
from portal.web.customer.confirmation.pages import case_page
from portal.web.customer.walk.steps import CHECK
from portal.web.words import gettext as _


class RepairWalk:
    """Two things to do: pick a time from the damage flow of the case, and check."""

    flow: Flow = "repair"

    def way_in(self, draft: DraftView | None) -> str:
        assert draft is not None, "a repair has a draft from its first step on"
        return case_page(_about(draft).uid)

    def steps(self, draft: DraftView | None) -> list[str]:
        return ["timeslot", CHECK]

    def offering(self, draft: DraftView) -> Offering:
        case = _about(draft)
        return repairs(garages.location(g.garage, case.location_id), case.damage_flow)

    def offers_anything(self) -> bool:
        return True

    def first_wrong(self, draft: DraftView) -> str | None:
        return None

    def sections(self, draft: DraftView, offering: Offering, day: date, minute: int) -> list[dict[str, Any]]:
        view = cases.by_id(_case_id(draft))
        car = f"{view.vehicle.make} {view.vehicle.model}".strip()
        change_url = url_for("customer.repair.timeslot")
        return [
            _section(
                _("Your repair"),
                None,
                (_("Car"), car),
                (_("Licence plate"), view.vehicle.plate),
                (_("Case number"), view.case.number),
            ),
            _section(
                _("Your appointment"),
                change_url,
                (_("Day"), dates.long_day(day, g.language)),
                (_("Time"), dates.clock_time(minute)),
            ),
            _section(_("Where the mail goes"), None, (_("Mail address"), emails.masked(view.customer.email))),
        ]

    def booked_url(self, appointment: Appointment) -> str:
        # Not the personal link: whoever knows plate and number sees the appointment, but may not cancel it.
        return case_page(appointment.case_uid)

    def request(self, draft: DraftView, offering: Offering, day: date, minute: int, *, keep: bool) -> None:
        case_id = _case_id(draft)
        try:
            requests.request_repair(
                draft_id=draft.id,
                case_id=case_id,
                offering=offering,
                day=day,
                minute=minute,
                language=draft.language,
                now=clock.now(),
                keep=keep,
            )
        except NotBookable:  # since the walk began; the page of the case says why
            abort(redirect(case_page(_about(draft).uid), 303))


def _about(draft: DraftView) -> CaseOutline:
    """The case of a repair's draft, read once a page."""
    if "case" not in g:
        g.case = cases.outline(_case_id(draft))
    case: CaseOutline = g.case
    return case


def _case_id(draft: DraftView) -> int:
    assert draft.case_id is not None, "the draft of a repair has a case"
    return draft.case_id


def _section(title: str, change_url: str | None, *rows: tuple[str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "change_url": change_url,
        "rows": [{"label": label, "value": value} for label, value in rows if value],
        "photos": [],
    }
