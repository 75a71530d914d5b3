"""Today: who comes, who still has to confirm, how full the week is, and what needs somebody."""

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.today import pages

blueprint = Blueprint("today", __name__)


@blueprint.get("/")
@needs(Right.LOOK)
def show() -> Response:
    now = clock.now()
    shown = pages.context(now)
    # To be decided is what changed hours left behind, so an open page need not ask for it again and again.
    return page.render(
        "today/page.html", version=pages.version(shown), to_decide=pages.to_decide(now), **shown
    )


@blueprint.get("/news")
@needs(Right.LOOK)
def news() -> Response:
    """What an open page asks again and again: is there anything new?"""
    version = pages.version(pages.context(clock.now()))
    response = jsonify(version=version)
    response.set_etag(version)
    return response.make_conditional(request)
