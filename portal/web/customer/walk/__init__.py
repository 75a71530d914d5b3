"""What the flows that book have in common: one thing a page, on a draft the server keeps.

A flow says which steps there are and what is asked for (`Walk`); the walk brings the pages that pick a time, check, send
and wait.
"""

from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, url_for

from portal import clock
from portal.domain.drafts import queries as drafts
from portal.domain.drafts.errors import DraftUnknown
from portal.web.customer import page
from portal.web.customer.walk import check, sent, timeslot
from portal.web.customer.walk.contract import Walk


def register(blueprint: Blueprint, walk: Walk, of_case: Walk | None = None) -> None:
    """Give `blueprint` the pages of a walk, below `/<flow>/<draft>/`; `of_case`: what a draft about a case walks instead."""
    prefix = f"customer.{blueprint.name}"
    # What a draft that became a booking still answers; everything else leads to the booking.
    after_booking = {f"{prefix}.{name}" for name in ("sent", "state", "code", "again", "mend", "renew")}

    @blueprint.url_value_preprocessor
    def _find_draft(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.walk = walk
        if values and "draft" in values:
            uid = values.pop("draft")
            draft = drafts.find(g.garage.id, uid, clock.now())
            if draft.flow != walk.flow:
                raise DraftUnknown(uid)
            g.draft = draft
            known = draft.case_id is not None
            g.walk = of_case if of_case and known else walk
            page.speak(page.asked_explicitly() or draft.language)
            offering = g.walk.offering(draft)
            place = offering.location if offering else None
            # A known case is at a location, whose looks its links and mails wear; else the address says whose are worn.
            page.look_like(place if known else g.garage.by_id(draft.entry_location_id))
            g.place = place or g.place
            if draft.closed and endpoint not in after_booking:
                abort(redirect(url_for(".sent"), 303))

    @blueprint.url_defaults
    def _same_draft(endpoint: str, values: dict[str, Any]) -> None:
        if "draft" in g and current_app.url_map.is_endpoint_expecting(endpoint, "draft"):
            values.setdefault("draft", g.draft.uid)

    for name, view, methods in (
        ("timeslot", timeslot.timeslot, ["GET", "POST"]),
        ("check", check.check, ["GET", "POST"]),
        ("sent", sent.sent, ["GET"]),
        ("state", sent.state, ["GET"]),
        ("code", sent.code, ["POST"]),
        ("again", sent.again, ["POST"]),
        ("mend", sent.mend, ["POST"]),
        ("renew", sent.renew, ["POST"]),
    ):
        blueprint.add_url_rule(f"/{walk.flow}/<draft>/{name}", name, view, methods=methods)
