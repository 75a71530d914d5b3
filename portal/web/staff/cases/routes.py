"""The list of cases, a case by hand, and cases as a file."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response

from portal import clock
from portal.core.normalise import plates
from portal.domain.booking.finding import queries, service
from portal.domain.booking.finding.search import Search
from portal.domain.cases import service as cases
from portal.domain.cases.errors import DetailsRefused
from portal.domain.team.rights import Right
from portal.web import words as spoken
from portal.web.staff import page
from portal.web.staff.cases import asked, files, words
from portal.web.staff.cases.forms import CaseForm
from portal.web.staff.door import needs
from portal.web.words import gettext as _

blueprint = Blueprint("cases", __name__)

RESULTS = "results"  # the part of the list that changes while somebody types
FILES = {
    "csv": (files.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (files.write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def addresses() -> Callable[[str], str]:
    """What makes of a case number the address of the page of that case."""
    root = url_for("staff.cases.show")
    return lambda number: f"{root}{quote(number, safe='')}/"


@blueprint.get("/cases/")
@needs(Right.LOOK)
def show() -> Response:
    now, search = clock.now(), _search()
    found = queries.find(g.desk.reach, search, now, request.args.get("after", ""))
    today = _today(now)
    shown = {
        "search": search,
        "found": found,
        "begun": "after" in request.args,
        "conditions": asked.conditions(search, g.desk.reach, today),
        "first_url": asked.address(search),
        "next_url": asked.address(search, after=found.after) if found.after else None,
        "rows": words.rows(found.lines, today, addresses()),
        "several": len(g.desk.reach.locations) > 1,
        "may_work": g.desk.may(Right.WORK),
        "plausible": plates.plausible(search.words),
        "today": today,
        "said": words.said(g.language),
    }
    if request.args.get("part") == RESULTS:
        part = spoken.template("staff/cases/results.html", g.language)
        return make_response(render_template(part, desk=g.desk, **shown))
    return page.render(
        "cases/page.html",
        **shown,
        places=[(place.slug, place.name) for place in g.desk.reach.locations],
        flows=[(flow.slug, words.flow_name(flow)) for flow in g.desk.garage.profile.damage_flows],
    )


@blueprint.post("/cases/")
@needs(Right.WORK)
def export() -> Response:
    kind = request.form.get("as", "")
    if kind not in FILES:
        abort(400)
    write, mimetype = FILES[kind]
    now, search = clock.now(), _search()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sent
    how_many = write(file, queries.every(g.desk.reach, search, now))
    service.note_export(g.desk.reach, how_many, kind, by=page.actor(), now=now)
    file.seek(0)
    name = f"{g.desk.garage.slug}-{_('cases')}-{_today(now).isoformat()}.{kind}"
    return send_file(file, mimetype, as_attachment=True, download_name=name)


@blueprint.route("/new-case/", methods=["GET", "POST"])
@needs(Right.WORK)
def new() -> Response:
    form = CaseForm()
    if not form.is_submitted():
        return _form(CaseForm(plate=request.args.get("plate", "")))
    if not form.validate():
        return _form(form, 422)
    now = clock.now()
    if not form.anyway.data and (others := queries.open_with_plate(g.desk.reach, form.plate.data, now)):
        return _form(form, 409, others)
    try:
        number = cases.create(g.desk.garage, form.given, now, by=page.actor(), within=g.desk.reach)
    except DetailsRefused as refused:
        form.refuse(list(refused.problems))
        return _form(form, 422)
    flash(_("Case %(number)s is open.", number=number))
    return redirect(addresses()(number), 303)


def _form(form: CaseForm, status: int = 200, others: list[str] | None = None) -> Response:
    return page.render(
        "cases/new.html", status=status, form=form, others=others or [], address_of=addresses()
    )


def _search() -> Search:
    try:
        return asked.read(request.args, g.desk.reach)
    except asked.NoPlace:
        abort(404)


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(g.desk.garage.locations[0].zone)).date()
