"""The name and address of a location, its time zone and its holidays: what its owner says, checked as hours are."""

from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.domain.audit import queries as audit
from portal.domain.garage import sections
from portal.domain.garage.sections import WHEREABOUTS
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.web.staff.door import needs
from portal.web.staff.hours import saving
from portal.web.staff.hours.room import blueprint, render, the_place
from portal.web.staff.hours.whereabouts_form import WhereaboutsForm

TAB = "whereabouts"


@blueprint.get("/<place>/address/")
@needs(Right.OWN)
def whereabouts(place: str) -> Response:
    return _page(the_place(place))


@blueprint.post("/<place>/address/")
@needs(Right.OWN)
def save_whereabouts(place: str) -> Response:
    here = the_place(place)
    form = WhereaboutsForm(place=here)
    if not form.validate():
        return _page(here, form, status=422)

    def again(**more: Any) -> Response:
        return _page(here, form, **more)

    return saving.attempt(
        here,
        WHEREABOUTS,
        form.value,
        expected=request.form.get("fingerprint", ""),
        again=again,
        done_url=url_for(".whereabouts", place=here.slug),
    )


def _page(
    place: LocationView,
    form: WhereaboutsForm | None = None,
    *,
    status: int = 200,
    overtaken: bool = False,
    refused: bool = False,
) -> Response:
    part = sections.read(place, WHEREABOUTS)
    sent = request.form.get("fingerprint")
    theirs = WhereaboutsForm.stored(place, part.values)
    changes = (
        audit.of_subject(g.desk.garage.id, WHEREABOUTS.about, subject=place.slug, limit=1)
        if overtaken
        else []
    )
    return render(
        "whereabouts.html",
        place,
        TAB,
        status=status,
        form=form or theirs,
        fingerprint=part.fingerprint if overtaken or sent is None else sent,
        overtaken=overtaken,
        refused=refused,
        who=changes[0] if changes else None,
        theirs=_lines(theirs, form) if overtaken and form else [],
    )


def _lines(theirs: WhereaboutsForm, ours: WhereaboutsForm) -> list[str]:
    """What is saved now where it differs from what was typed."""
    return [
        f"{field.label.text}: {field.data or '–'}" for field in theirs if field.data != ours[field.name].data
    ]
