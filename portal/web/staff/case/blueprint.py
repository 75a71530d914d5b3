"""Where the pages of a case live: below its number, found within the reach of whoever asks."""

from typing import Any

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from portal.domain.cases import within
from portal.domain.cases.errors import CaseUnknown
from portal.web.staff import merged

blueprint = Blueprint("case", __name__, url_prefix="/cases/<path:number>")

UPLOAD = 150 * 1024 * 1024  # bytes of one form with photos


@blueprint.url_value_preprocessor
def _take_number(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.asked_number = values.pop("number") if values else ""
    if endpoint == "staff.case.add_photos":
        request.max_content_length = UPLOAD


@blueprint.url_defaults
def _same_case(_endpoint: str, values: dict[str, Any]) -> None:
    if "number" not in values and "case" in g:
        values["number"] = g.case.case.number


@blueprint.before_request
def _find() -> Response | None:
    try:
        g.case = within.find(g.desk.reach, g.asked_number)
    except CaseUnknown:
        abort(404)
    return merged.leads_on(g.case.case, "staff.case.show")
