"""Track a repair: found by plate and case number, or opened by a signed link."""

from flask import Blueprint, abort, g, jsonify, request
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.cases import timeline as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.garage import queries as garages
from portal.web.customer import page
from portal.web.customer.lookup import case_link, entrance, not_offered, unknown
from portal.web.customer.status import pages

blueprint = Blueprint("status", __name__)


@blueprint.route("/status/", methods=["GET", "POST"])
@blueprint.route("/<location>/status/", methods=["GET", "POST"])
def start(location: str | None = None) -> Response:
    return entrance("status", location)


@blueprint.get("/status/<token>")
def show(token: str) -> Response:
    try:
        link = case_link(token)
        progress = cases.progress(g.garage.id, link.uid)
    except CaseUnknown:
        abort(unknown("status"))
    place = garages.location(g.garage, progress.location_id)
    page.look_like(place)
    if page.asked_explicitly() is None:
        page.speak(progress.language)
    if not place.takes("status"):
        return not_offered("status")
    return pages.show(progress, place, token, clock.now(), test=link.test)


@blueprint.get("/status/<token>/state")
def state(token: str) -> Response:
    """What an open page asks again and again: is there news? Answered without a word while there is none."""
    try:
        changed_at, location_id = cases.changed(g.garage.id, case_link(token).uid)
    except CaseUnknown:
        abort(404)
    version = pages.version(changed_at, garages.location(g.garage, location_id), clock.now())
    response = jsonify(version=version)
    response.set_etag(version)
    return response.make_conditional(request)
