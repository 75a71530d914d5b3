"""All fields of a case in one form."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.cases import details, service, within
from portal.domain.cases.errors import DetailsRefused, Overtaken
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import history, words
from portal.web.staff.case.blueprint import blueprint
from portal.web.staff.case.forms import CaseForm
from portal.web.staff.door import needs


@blueprint.route("/edit", methods=["GET", "POST"])
@needs(Right.WORK)
def edit() -> Response:
    if request.method != "POST":
        kept = {name: details.plain(g.case.values[name]) for name in _names()}
        return _page(CaseForm(formdata=None, **kept, expected=_fingerprint()))
    form = CaseForm()
    if not form.validate():
        return _page(form, 422)
    try:
        changes = service.update(
            g.desk.garage,
            g.case.case.number,
            form.fields,
            clock.now(),
            by=page.actor(),
            expected=form.expected.data or "",
        )
    except DetailsRefused as refused:
        for each in refused.problems:
            form[each.field].errors = [words.problem(each)]
        return _page(form, 422)
    except Overtaken as overtaken:
        g.case = within.find(g.desk.reach, g.case.case.number)
        form.expected.data = _fingerprint()
        return _page(form, 409, theirs=_theirs(form, overtaken.current))
    flash(_("Saved.") if changes else _("Nothing was changed."))
    return redirect(url_for(".show"), 303)


def _theirs(form: CaseForm, current: dict[str, str]) -> list[dict[str, Any]]:
    """What is now, where it is not what was typed."""
    return [
        {"field": words.FIELDS[name], "id": form[name].id, "now": history.value(name, text)}
        for name, text in current.items()
        if text != (form[name].data or "")
    ]


def _names() -> list[str]:
    return [name for name in details.FIELDS if name in CaseForm.__dict__]


def _fingerprint() -> str:
    return details.fingerprint(g.case.values, _names())


def _page(form: CaseForm, status: int = 200, theirs: list[dict[str, Any]] | None = None) -> Response:
    return page.render(
        "case/edit.html", status=status, failed=status >= 400, form=form, theirs=theirs, case=g.case.case
    )
