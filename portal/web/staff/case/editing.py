"""All fields of a case in one form."""

import json
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.cases import details, service
from portal.domain.cases.errors import DetailsRefused, Overtaken
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import history, words
from portal.web.staff.case.blueprint import blueprint
from portal.web.staff.case.forms import CaseForm
from portal.web.staff.door import needs
from portal.web.words import gettext as _


@blueprint.route("/edit", methods=["GET", "POST"])
@needs(Right.WORK)
def edit() -> Response:
    if request.method != "POST":
        return _page(CaseForm.stored(g.case.values))
    form = CaseForm()
    if not form.validate():
        return _page(form, 422)
    try:
        changes = service.update(
            g.desk.garage,
            g.case.case.number,
            form.given,
            clock.now(),
            by=page.actor(),
            expected=details.fingerprint(form.before, form.given),
        )
    except DetailsRefused as refused:
        for each in refused.problems:
            form[each.field].errors = [words.problem(each)]
        return _page(form, 422)
    except Overtaken as overtaken:
        theirs = _theirs(form, overtaken.current)
        form.shown.data = json.dumps(form.before | overtaken.current)
        return _page(form, 409, theirs=theirs)
    flash(_("Saved.") if changes else _("Nothing was changed."))
    return redirect(url_for(".show", number=form.given.get("number", g.case.case.number)), 303)


def _theirs(form: CaseForm, current: dict[str, str]) -> list[dict[str, Any]]:
    """What somebody else made of fields that were changed here too."""
    before = form.before
    return [
        {"field": words.FIELDS[name], "id": form[name].id, "now": history.value(name, text)}
        for name, text in current.items()
        if text != before[name]
    ]


def _page(form: CaseForm, status: int = 200, theirs: list[dict[str, Any]] | None = None) -> Response:
    return page.render(
        "case/edit.html", status=status, failed=status >= 400, form=form, theirs=theirs, case=g.case.case
    )
