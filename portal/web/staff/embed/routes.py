"""Links to the portal, ready to be put somewhere."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from portal.core.dates import NATIVE_NAMES
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.embed.choice import Choice

blueprint = Blueprint("embed", __name__, url_prefix="/embed")


@blueprint.get("/")
@needs(Right.OWN)
def show() -> Response:
    garage = g.desk.garage
    return page.render(
        "embed/links.html",
        choice=Choice.asked(),
        flows=garage.flows,
        places=garage.locations if len(garage.locations) > 1 else (),
        spoken={code: NATIVE_NAMES[code] for code in garage.languages} if len(garage.languages) > 1 else {},
        sites=garage.profile.allowed_sites,
    )
