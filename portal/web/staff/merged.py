"""The number of a case that was merged leads to the case that was kept."""

from flask import abort, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.domain.cases import within
from portal.domain.cases.models import Case
from portal.web.words import gettext as _


def leads_on(case: Case, endpoint: str) -> Response | None:
    """The way to `endpoint` of the case that was kept; None if `case` was not merged. 404 if it is out of reach."""
    if case.merged_into is None:
        return None
    kept = within.number_of(g.desk.reach, case.merged_into)
    if kept is None:
        abort(404)
    flash(_("%(old)s was merged into this case.", old=case.number))
    return redirect(url_for(endpoint, number=kept), 303)
