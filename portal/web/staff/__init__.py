"""The pages behind sign-in, all below `/staff/`: those of one garage below `/staff/<garage>/`, each in a room of its own."""

from flask import Blueprint, Flask

from portal.config import Settings
from portal.web.staff import account, brand, door, embed, filters, operator, security, sessions, work
from portal.web.staff.case import routes as case
from portal.web.staff.cases import routes as cases
from portal.web.staff.deliveries import routes as deliveries
from portal.web.staff.hours import routes as hours
from portal.web.staff.letters import cases as case_letters
from portal.web.staff.letters import routes as letters
from portal.web.staff.log import routes as log
from portal.web.staff.privacy import routes as privacy
from portal.web.staff.request import routes as request
from portal.web.staff.start import routes as start
from portal.web.staff.team import routes as team
from portal.web.staff.today import routes as today

# The rooms of a garage. `menu.py` says which of them stand in the menu.
ROOMS = (
    today,
    start,
    cases,
    case_letters,
    letters,
    team,
    hours,
    deliveries,
    privacy,
    log,
    work,
    brand,
    embed,
    case,
    request,
)

blueprint = door.guard_garage(Blueprint("staff", __name__, url_prefix="/staff/<garage>"))
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)


def init_app(app: Flask, settings: Settings) -> None:
    """Register sign-in and every room on `app`."""
    sessions.init_app(app, settings)
    security.init_app(app, settings)
    filters.init_app(app)
    for each in (account.blueprint, operator.blueprint, blueprint):
        app.register_blueprint(each)
