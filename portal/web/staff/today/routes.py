"""Today: who comes, who still has to confirm."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking import desk
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.door import needs

blueprint = Blueprint("today", __name__)


@blueprint.get("/")
@needs(Right.LOOK)
def show() -> Response:
    now = clock.now()
    return page.render(
        "today/page.html",
        appointments=desk.of_today(g.desk.reach, now),
        waiting=desk.waiting(g.desk.reach, now),
        now=now,
    )
