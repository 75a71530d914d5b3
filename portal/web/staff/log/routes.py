"""The audit log: who changed what, when, from what to what."""

from flask import Blueprint, Response, g, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.audit import search
from portal.domain.audit.search import Scope
from portal.domain.team.rights import Right
from portal.web.staff import brief, page
from portal.web.staff.door import needs
from portal.web.staff.log import changes, sheet, values, words
from portal.web.staff.log.forms import SearchForm
from portal.web.staff.paging import older_than

blueprint = Blueprint("log", __name__, url_prefix="/log")


@blueprint.get("/")
@needs(Right.OWN)
def show() -> AnyResponse:
    scope, form = _scope(), SearchForm.asked(_scope())
    fits = form.validate()
    found, more = search.page(scope, form.search(_zone()), before_id=older_than()) if fits else ([], False)
    return page.render(
        "log/page.html",
        status=200 if fits else 422,
        form=form,
        entries=[(entry, changes.told(entry)) for entry in found],
        older=found[-1].id if more else None,
        asked=form.asked_for(),
        kind=words.kind,
        deed=words.deed,
        brief=brief.moment,
        nothing=values.NOTHING,
        subject=changes.subject,
    )


@blueprint.get("/log.csv")
@needs(Right.OWN)
def export() -> AnyResponse:
    """All that fits the search, as a file."""
    form = SearchForm.asked(_scope())
    if not form.validate():
        return show()
    lines = sheet.lines(search.every(_scope(), form.search(_zone())), _zone())
    name = f"log-{g.desk.garage.slug}-{clock.now():%Y-%m-%d}.csv"
    return Response(
        stream_with_context(lines),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _scope() -> Scope:
    reach = g.desk.reach
    return Scope(reach.garage_id, None if reach.whole else reach.location_ids)


def _zone() -> str:
    return str(g.desk.garage.locations[0].zone)
