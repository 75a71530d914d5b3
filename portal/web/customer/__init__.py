"""The pages a customer sees, all below `/<garage>/`."""

from flask import Blueprint

from portal.web.customer import page
from portal.web.customer.assessment import check, photos, routes, sent, timeslot
from portal.web.customer.confirmation import routes as confirmation
from portal.web.customer.front import routes as front

blueprint = Blueprint("customer", __name__, url_prefix="/<garage>")
page.init_blueprint(blueprint)
for room in (front, routes, confirmation):
    blueprint.register_blueprint(room.blueprint)

__all__ = [
    "blueprint",
    "check",
    "photos",
    "sent",
    "timeslot",
]  # the last four add their pages to the assessment
