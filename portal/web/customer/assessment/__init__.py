"""Flow 1: a customer books an assessment, one thing a page, on a draft the server keeps."""

from typing import Any

from flask import Blueprint, abort, g, redirect, url_for

from portal import clock
from portal.domain.drafts import queries as drafts
from portal.web.customer import page
from portal.web.customer.assessment import steps

blueprint = Blueprint("assessment", __name__)

# What a draft that became a booking still answers; everything else leads to the booking.
AFTER_BOOKING = {
    f"customer.assessment.{name}" for name in ("sent", "state", "code", "again", "mend", "renew")
}


@blueprint.url_value_preprocessor
def _find_draft(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "draft" in values:
        g.draft = drafts.find(g.garage.id, values.pop("draft"), clock.now())
        page.speak(page.asked_explicitly() or g.draft.language)
        page.look_like(g.garage.by_id(g.draft.entry_location_id))
        g.place = steps.location(g.garage, g.draft) or g.place
        if g.draft.closed and endpoint not in AFTER_BOOKING:
            abort(redirect(url_for("customer.assessment.sent"), 303))


@blueprint.url_defaults
def _same_draft(endpoint: str, values: dict[str, Any]) -> None:
    if "draft" in g and not endpoint.endswith(".start"):
        values.setdefault("draft", g.draft.uid)
