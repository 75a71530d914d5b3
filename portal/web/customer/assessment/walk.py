"""What the walk to an assessment is about."""

from datetime import date
from typing import Any

from flask import g

from portal import clock
from portal.domain.booking import requests
from portal.domain.booking.queries import Appointment
from portal.domain.drafts.queries import DraftView
from portal.domain.garage.offerings import Offering, assessments
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import Asker, LocationView
from portal.web.customer import page
from portal.web.customer.assessment import checked
from portal.web.customer.confirmation.pages import link
from portal.web.customer.walk.steps import CHECK, typed


class AssessmentWalk:
    """Six things to answer at most, at the location of the address, the chosen one, or the only one."""

    flow: Flow = "assessment"

    def way_in(self, draft: DraftView | None) -> str:
        return page.home_url()

    def steps(self, draft: DraftView | None) -> list[str]:
        """The location is asked only where there is a choice and none was made by the address."""
        choice = len(g.garage.assessment_locations) > 1 and _entry(draft) is None
        return ["you", "car", "photos", *(["location"] if choice else []), "timeslot", CHECK]

    def offering(self, draft: DraftView) -> Offering | None:
        place = _location(draft)
        return assessments(place) if place else None

    def asker(self, draft: DraftView | None) -> Asker:
        return _location(draft) or g.garage

    def offers_anything(self) -> bool:
        return bool(g.garage.assessment_locations)

    def holds(self, draft: DraftView, step: str) -> bool:
        return checked.holds(draft, step)

    def sections(self, draft: DraftView, offering: Offering, day: date, minute: int) -> list[dict[str, Any]]:
        asked_where = "location" in self.steps(draft)
        return checked.sections(draft, offering.location if asked_where else None, day, minute)

    def booked_url(self, appointment: Appointment) -> str:
        return link(appointment)

    def request(self, draft: DraftView, offering: Offering, day: date, minute: int, *, keep: bool) -> None:
        requests.request(
            draft_id=draft.id,
            garage_id=draft.garage_id,
            offering=offering,
            day=day,
            minute=minute,
            answers=checked.answers(draft, offering.location),
            now=clock.now(),
            keep=keep,
        )


def _location(draft: DraftView | None) -> LocationView | None:
    places = g.garage.assessment_locations
    wanted = typed(draft, "location").get("location") if draft else None
    chosen = next((place for place in places if place.slug == wanted), None)
    return _entry(draft) or chosen or (places[0] if len(places) == 1 else None)


def _entry(draft: DraftView | None) -> LocationView | None:
    """The location of the address the draft began or is to begin at, if it still takes assessments."""
    if draft is None:
        entry: LocationView | None = g.get("entry")
        return entry
    return next(
        (place for place in g.garage.assessment_locations if place.id == draft.entry_location_id), None
    )
