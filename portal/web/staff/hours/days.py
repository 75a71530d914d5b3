"""Days that differ from the week: closures, public holidays, exceptions; and the limit of a day."""

from datetime import date
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.garage import rest_days, sections
from portal.domain.garage.sections import Section
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.web import asked
from portal.web.staff.door import needs
from portal.web.staff.hours import saving, words
from portal.web.staff.hours.days_forms import ClosureForm, ExceptionForm, WholeDayForm
from portal.web.staff.hours.room import Work, blueprint, render, the_place, the_work, works
from portal.web.words import gettext as _

TAB = "days"


@blueprint.get("/<place>/days/")
@needs(Right.LOOK)
def days(place: str) -> Response:
    return _page(the_place(place))


@blueprint.post("/<place>/days/closures")
@needs(Right.PLAN)
def close(place: str) -> Response:
    here, form = the_place(place), ClosureForm()
    if not form.validate():
        return _page(here, closure=form, status=422)
    closures = _stored(here, sections.CLOSURES)["closures"]
    if form.value not in closures:
        closures = sorted([*closures, form.value], key=lambda each: each["first"])
    return _attempt(here, sections.CLOSURES, {"closures": closures}, closure=form)


@blueprint.post("/<place>/days/closures/remove")
@needs(Right.PLAN)
def reopen(place: str) -> Response:
    here = the_place(place)
    gone = {"first": request.form.get("first"), "last": request.form.get("last")}
    kept = [each for each in _stored(here, sections.CLOSURES)["closures"] if each != gone]
    return _attempt(here, sections.CLOSURES, {"closures": kept})


@blueprint.post("/<place>/days/exceptions")
@needs(Right.PLAN)
def make_exception(place: str) -> Response:
    here = the_place(place)
    form = ExceptionForm(works=works(here))
    work = next((each for each in works(here) if each.key == form.work.data), works(here)[0])
    if not form.check(sections.work_hours(here, work.flow, work.damage_flow)):
        return _page(here, exception=form, status=422)
    return _replace(work, form.value["day"], [form.value], exception=form)


@blueprint.post("/<place>/days/exceptions/remove")
@needs(Right.PLAN)
def end_exception(place: str) -> Response:
    here = the_place(place)
    work = the_work(here, request.form.get("work", ""))
    return _replace(work, request.form.get("day", ""), [], removing=True)


@blueprint.post("/<place>/days/")
@needs(Right.PLAN)
def save_days(place: str) -> Response:
    here = the_place(place)
    form = WholeDayForm(place=here)
    if not form.validate():
        return _page(here, whole=form, status=422)
    expected = request.form.get("fingerprint", "")
    return _attempt(here, sections.WHOLE_DAY, form.value, expected=expected, whole=form)


def _replace(work: Work, day: str, exceptions: list[dict[str, Any]], **form: Any) -> Response:
    """Put `exceptions`, one or none, in the place of what the page showed for this day."""
    section, values = sections.exception(work.flow, work.damage_flow, day), {"exceptions": exceptions}
    part = sections.read(work.place, section)
    # What is there already takes nothing away from anybody.
    expected = part.fingerprint if part.values == values else _seen(work, day)
    now = [_told(work, each) for each in part.values["exceptions"]]
    theirs = now or [_("The exception of this day was removed.")]
    return _attempt(work.place, section, values, expected=expected, theirs=theirs, **form)


def _attempt(
    place: LocationView, section: Section, values: dict[str, Any], *, expected: str | None = None, **form: Any
) -> Response:
    # One closure more or less is put into what is there now, so nobody is overtaken by looking long at the page.
    def again(**more: Any) -> Response:
        return _page(place, **form, **more)

    return saving.attempt(
        place,
        section,
        values,
        expected=sections.read(place, section).fingerprint if expected is None else expected,
        again=again,
        done_url=url_for(".days", place=place.slug),
    )


def _page(
    place: LocationView,
    *,
    status: int = 200,
    overtaken: bool = False,
    refused: bool = False,
    theirs: list[str] | None = None,
    removing: bool = False,
    closure: ClosureForm | None = None,
    exception: ExceptionForm | None = None,
    whole: WholeDayForm | None = None,
) -> Response:
    today = place.today(clock.now())
    part = sections.read(place, sections.WHOLE_DAY)
    sent = request.form.get("fingerprint")
    everything = works(place)
    return render(
        "days.html",
        place,
        TAB,
        status=status,
        overtaken=overtaken,
        refused=refused,
        theirs=theirs or [],
        removing=removing,
        closure=closure or _new_closure(),
        exception=exception or _new_exception(everything),
        whole=whole or WholeDayForm(formdata=None, place=place, **part.values),
        fingerprint=part.fingerprint if overtaken or sent is None else sent,
        stored=part.values,
        closures=_stored(place, sections.CLOSURES)["closures"],
        exceptions=[
            (work, each, _told(work, each), _mark(work, each))
            for work in everything
            for each in _exceptions(work)
        ],
        # Whoever was told what is there now may replace it; before that, nobody may.
        shown=_marks(everything) if overtaken or exception is None else request.form.get("shown", ""),
        holidays=_holidays(place, today, everything),
        today=today.isoformat(),
        words=words,
    )


def _new_closure() -> ClosureForm:
    """Filled in with the days that were chosen in the picture of the weeks."""
    return ClosureForm(formdata=None, first=asked.day(), last=asked.day("last"))


def _new_exception(everything: list[Work]) -> ExceptionForm:
    """Filled in with what holds on the day that was chosen in the picture of the weeks."""
    day = asked.day()
    work = next((each for each in everything if each.key == request.args.get("work")), None)
    form = ExceptionForm(formdata=None, works=everything, work=work and work.key, day=day)
    if work and day:
        form.fill(sections.work_hours(work.place, work.flow, work.damage_flow).as_exception(day))
    return form


def _holidays(place: LocationView, today: date, everything: list[Work]) -> list[tuple[date, str, list[Work]]]:
    """Each coming holiday with the work that is open on it all the same."""
    return [
        (
            day,
            name,
            [
                work
                for work in everything
                if any(each["day"] == day.isoformat() and each["open"] for each in _exceptions(work))
            ],
        )
        for day, name in rest_days.coming(place, today, g.language)
    ]


def _exceptions(work: Work) -> list[dict[str, Any]]:
    return list(_stored(work.place, sections.exceptions(work.flow, work.damage_flow))["exceptions"])


def _told(work: Work, exception: dict[str, Any]) -> str:
    hours = sections.work_hours(work.place, work.flow, work.damage_flow)
    return words.exception(exception, hours.model_dump())


def _marks(everything: list[Work]) -> str:
    """What the page shows of every exception, which the form sends along."""
    return " ".join(_mark(work, each) for work in everything for each in _exceptions(work))


def _mark(work: Work, exception: dict[str, Any]) -> str:
    return f"{work.key}:{exception['day']}:{sections.fingerprint({'exceptions': [exception]})}"


def _seen(work: Work, day: str) -> str:
    """The fingerprint of what the page showed of this day when the form was sent."""
    seen = dict(mark.rpartition(":")[::2] for mark in request.form.get("shown", "").split())
    return seen.get(f"{work.key}:{day}", sections.fingerprint({"exceptions": []}))


def _stored(place: LocationView, section: Section) -> dict[str, Any]:
    return sections.read(place, section).values
