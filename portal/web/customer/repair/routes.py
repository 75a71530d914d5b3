"""Book a repair: the case is found by plate and case number, or named by a signed link."""

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.web.customer.case import CaseWalk, add_pages
from portal.web.customer.lookup import entrance
from portal.web.customer.walk import register

blueprint = Blueprint("repair", __name__)
walk = CaseWalk("repair")
register(blueprint, walk)
add_pages(blueprint, walk)


@blueprint.route("/repair/", methods=["GET", "POST"])
@blueprint.route("/<location>/repair/", methods=["GET", "POST"])
def start(location: str | None = None) -> Response:
    return entrance("repair", location)
