"""What the walk to an appointment for a known case is about: a time, and for an assessment some photos."""

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
from portal.domain.garage.offerings import Offering, assessments, repairs
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import LocationView
from portal.web.customer.confirmation.pages import case_page
from portal.web.customer.walk import answers
from portal.web.customer.walk.steps import CHECK
from portal.web.words import gettext as _


class CaseWalk:
    """Nothing the case says is asked again; the mail goes to the address on the case."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def way_in(self, draft: DraftView | None) -> str:
        assert draft is not None, "a case has a draft from its first step on"
        return case_page(self.flow, _about(draft).uid)

    def steps(self, draft: DraftView | None) -> list[str]:
        return [*(["photos"] if self.flow == "assessment" else []), "timeslot", CHECK]

    def offering(self, draft: DraftView) -> Offering:
        place = self.asker(draft)
        return assessments(place) if self.flow == "assessment" else repairs(place, _about(draft).damage_flow)

    def asker(self, draft: DraftView | None) -> LocationView:
        assert draft is not None, "a case has a draft from its first step on"
        return garages.location(g.garage, _about(draft).location_id)

    def offers_anything(self) -> bool:
        return True

    def holds(self, draft: DraftView, step: str) -> bool:
        return step != "photos" or not answers.photos_missing(draft)

    def sections(self, draft: DraftView, offering: Offering, day: date, minute: int) -> list[dict[str, Any]]:
        view = cases.by_id(_case_id(draft))
        car = f"{view.vehicle.make} {view.vehicle.model}".strip()
        photos = [answers.photos(draft)] if "photos" in self.steps(draft) else []
        return [
            answers.section(
                _("Your repair") if self.flow == "repair" else _("Your car"),
                (_("Car"), car),
                (_("Licence plate"), view.vehicle.plate),
                (_("Case number"), view.case.number),
            ),
            *photos,
            answers.section(
                _("Your appointment"),
                (_("Day"), dates.long_day(day, g.language)),
                (_("Time"), dates.clock_time(minute)),
                change_url=url_for(".timeslot"),
            ),
            answers.section(
                _("Where the mail goes"), (_("Mail address"), emails.masked(view.customer.email))
            ),
        ]

    def booked_url(self, appointment: Appointment) -> str:
        # Not the personal link: whoever knows plate and number sees the appointment, but may not cancel it.
        return case_page(self.flow, appointment.case_uid)

    def request(self, draft: DraftView, offering: Offering, day: date, minute: int, *, keep: bool) -> None:
        case_id = _case_id(draft)
        try:
            requests.request_for_case(
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
            abort(redirect(self.way_in(draft), 303))


def _about(draft: DraftView) -> CaseOutline:
    """The case of a draft, read once a page."""
    if "case" not in g:
        g.case = cases.outline(_case_id(draft))
    case: CaseOutline = g.case
    return case


def _case_id(draft: DraftView) -> int:
    assert draft.case_id is not None, "this walk is only walked for a case"
    return draft.case_id
