"""The page of the retention times: set them, and see before what they would remove tonight."""

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.garage import editing
from portal.domain.garage.errors import Overtaken
from portal.domain.garage.limits import Retention
from portal.domain.privacy import retention
from portal.domain.privacy.retention import Due
from portal.web.staff import page
from portal.web.staff.privacy import words
from portal.web.staff.privacy.forms import RetentionForm

FIELDS = ("retention",)
SHOWN = 50


def answer() -> Response:
    """Show the times, try others (`?case_months=…`), or keep them."""
    if request.method == "POST":
        return _save(RetentionForm())
    part = editing.part(g.desk.garage, FIELDS)
    if "case_months" in request.args:  # only looking, before anything is kept
        form = RetentionForm(formdata=request.args)
        form.validate()
        form.expected.data = part.fingerprint
        return _page(form)
    return _page(RetentionForm(formdata=None, expected=part.fingerprint, **part.values["retention"]))


def _save(form: RetentionForm) -> Response:
    if not form.validate():
        return _page(form)
    wanted, garage = form.retention(), g.desk.garage
    if "look" in request.form:
        return redirect(url_for(".retention", **wanted.model_dump()), 303)
    due = retention.tonight(garage, wanted, clock.now())
    already = retention.tonight(garage, garage.profile.retention, clock.now())
    if any(due.counts[name] > already.counts[name] for name in due.counts) and not form.sure.data:
        form.sure.errors = [_("More would go tonight than with the present times. Look at the list first.")]
        return _page(form, due)
    try:
        editing.save(
            garage,
            {"retention": wanted.model_dump()},
            expected=form.expected.data,
            by=page.actor(),
            now=clock.now(),
            about="retention",
        )
    except Overtaken as other:
        form.expected.data = editing.part(g.desk.garage, FIELDS).fingerprint
        return _page(form, due, theirs=other.current["retention"], status=409)
    flash(_("Saved. What is older goes every night from now on."))
    return redirect(url_for(".retention"), 303)


def _page(
    form: RetentionForm, due: Due | None = None, *, theirs: dict | None = None, status: int = 200
) -> Response:
    fits = not {name for name in form.errors if name != "sure"}
    if due is None:
        due = retention.tonight(g.desk.garage, form.retention(), clock.now()) if fits else Due((), (), ())
    return page.render(
        "privacy/retention.html",
        status=422 if form.errors and status == 200 else status,
        form=form,
        due=due,
        shown=due.cases[:SHOWN],
        more=max(0, len(due.cases) - SHOWN),
        fits=fits,
        theirs=words.times(Retention.model_validate(theirs)) if theirs else [],
    )
