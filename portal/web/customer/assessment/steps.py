"""Which steps a draft has, which come next, and what was answered."""

from typing import Any

from portal.domain.drafts.models import Draft
from portal.domain.garage.views import GarageView, LocationView

CHECK = "check"


def of(garage: GarageView, draft: Draft | None, entry: LocationView | None = None) -> list[str]:
    """The steps in order. The location is asked only where there is a choice and none was made by the address."""
    entry = entry or (_entry(garage, draft) if draft else None)
    choice = len(garage.assessment_locations) > 1 and entry is None
    return ["you", "car", "photos", *(["location"] if choice else []), "timeslot", CHECK]


def typed(draft: Draft, step: str) -> dict[str, Any]:
    """What was typed at a step so far."""
    return draft.answers.get(step, {}).get("typed", {})


def is_done(draft: Draft, step: str) -> bool:
    """Whether a step was answered rightly."""
    return bool(draft.answers.get(step, {}).get("done"))


def was_sent(draft: Draft, step: str) -> bool:
    """Whether the customer held a step for finished, rightly or not."""
    return bool(draft.answers.get(step, {}).get("sent"))


def next_open(garage: GarageView, draft: Draft) -> str:
    """The first step that still needs an answer; the check when none does."""
    homeless = {"location", "timeslot"} if location(garage, draft) is None else set()
    return next(
        step for step in of(garage, draft) if step == CHECK or step in homeless or not is_done(draft, step)
    )


def location(garage: GarageView, draft: Draft) -> LocationView | None:
    """The location of the draft: the one of its address, the chosen one, or the only one."""
    places = garage.assessment_locations
    chosen = next((place for place in places if place.slug == typed(draft, "location").get("location")), None)
    return _entry(garage, draft) or chosen or (places[0] if len(places) == 1 else None)


def _entry(garage: GarageView, draft: Draft) -> LocationView | None:
    """The location of the address the draft began at, if it still takes assessments."""
    return next((place for place in garage.assessment_locations if place.id == draft.entry_location_id), None)
