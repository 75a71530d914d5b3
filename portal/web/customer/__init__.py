"""The pages a customer sees, all below `/<garage>/`."""

from flask import Blueprint

from portal.web.customer import page
from portal.web.customer.assessment import photos
from portal.web.customer.assessment import routes as assessment
from portal.web.customer.booking import routes as booking
from portal.web.customer.confirmation import routes as confirmation
from portal.web.customer.front import routes as front
from portal.web.customer.repair import routes as repair
from portal.web.customer.status import routes as status
from portal.web.customer.unasked import routes as unasked

blueprint = Blueprint("customer", __name__, url_prefix="/<garage>")
page.init_blueprint(blueprint)
for room in (front, assessment, repair, status, confirmation, booking, unasked):
    blueprint.register_blueprint(room.blueprint)

__all__ = ["blueprint", "photos"]  # the photos add their pages to the assessment
