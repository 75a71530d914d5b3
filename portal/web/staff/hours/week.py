"""The week of one kind of work."""

from typing import Any
from urllib.parse import urlencode

from flask import abort, g, redirect, request
from werkzeug.wrappers import Response

from portal.domain.audit import queries as audit
from portal.domain.garage import sections
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.web.staff.door import needs
from portal.web.staff.hours import picture, saving, told
from portal.web.staff.hours.room import Work, blueprint, render, the_place, the_work, works
from portal.web.staff.hours.week_form import WeekForm
from portal.web.staff.hours.words import weekdays


@blueprint.get("/<place>/assessment/")
@needs(Right.LOOK)
def assessment(place: str) -> Response:
    return _show(the_work(the_place(place), "assessment"))


@blueprint.post("/<place>/assessment/")
@needs(Right.PLAN)
def save_assessment(place: str) -> Response:
    return _save(the_work(the_place(place), "assessment"))


@blueprint.get("/<place>/repair/<flow>/")
@needs(Right.LOOK)
def repair(place: str, flow: str) -> Response:
    return _show(the_work(the_place(place), f"repair.{flow}"))


@blueprint.post("/<place>/repair/<flow>/")
@needs(Right.PLAN)
def save_repair(place: str, flow: str) -> Response:
    return _save(the_work(the_place(place), f"repair.{flow}"))


@blueprint.get("/<place>/copy/")
@needs(Right.PLAN)
def copy(place: str) -> Response:
    """Open another week with the hours of this one; nothing is saved."""
    here, target = the_place(place), _work_at(request.args.get("to", ""))
    if target is None:
        abort(404)
    source = the_work(here, request.args.get("from", ""))
    return redirect(f"{target.url}?{urlencode({'from': f'{here.slug}.{source.key}'})}")


def _show(work: Work) -> Response:
    source = _source()
    hours = sections.work_hours(*_key(source or work))
    return _page(work, WeekForm.of(hours, work.flow), source=source)


def _save(work: Work) -> Response:
    form = WeekForm.typed(request.form, work.flow)
    hours = sections.work_hours(*_key(work))

    def again(**more: Any) -> Response:
        return _page(work, form, **more)

    if not form.validate():
        return again(status=422)
    return saving.attempt(
        work.place,
        sections.week(work.flow, work.damage_flow),
        form.values(hours),
        expected=request.form.get("fingerprint", ""),
        again=again,
        done_url=work.url,
    )


def _page(
    work: Work,
    form: WeekForm,
    *,
    status: int = 200,
    overtaken: bool = False,
    refused: bool = False,
    source: Work | None = None,
) -> Response:
    place = work.place
    stored = sections.work_hours(*_key(work))
    section = sections.week(work.flow, work.damage_flow)
    part = sections.read(place, section)
    sent = request.form.get("fingerprint")
    changes = (
        audit.of_subject(g.desk.garage.id, sections.HOURS, subject=place.slug, limit=1) if overtaken else []
    )
    return render(
        "week.html",
        place,
        work.key,
        status=status,
        work=work,
        form=form,
        # Whoever was told what the others saved may save over it; before that, nobody may.
        fingerprint=part.fingerprint if overtaken or sent is None else sent,
        overtaken=overtaken,
        theirs=told.work_lines(stored.model_dump(mode="json")) if overtaken else [],
        who=changes[0] if changes else None,
        refused=refused,
        source=source,
        lines=told.work_lines(stored.model_dump(mode="json")),
        picture=picture.of(form.windows),
        weekdays=weekdays(),
        weekday_names=weekdays("wide"),
        others=[each for each in _everywhere() if (each.place.slug, each.key) != (place.slug, work.key)],
    )


def _source() -> Work | None:
    """The week that is to be copied, if the address names one."""
    return _work_at(request.args.get("from", ""))


def _work_at(named: str) -> Work | None:
    """The work that `leuven.assessment` or `leuven.repair.classic` names, within reach."""
    slug, _, key = named.partition(".")
    place: LocationView | None = g.desk.reach.place(slug)
    if place is None or not place.listed:
        return None
    return next((each for each in works(place) if each.key == key), None)


def _everywhere() -> list[Work]:
    return [each for place in g.desk.reach.listed for each in works(place)]


def _key(work: Work) -> tuple[LocationView, Any, str]:
    return work.place, work.flow, work.damage_flow
