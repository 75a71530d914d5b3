"""Why is this time (not) offered? For any time, any work, and the repair of any case."""

from typing import Any

from flask import g, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import SelectField

from portal import clock
from portal.domain.booking import explaining
from portal.domain.booking.explaining import Answer, Hindrance
from portal.domain.cases import queries as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.queries import CaseView
from portal.domain.garage.offerings import Offering
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.web.fields import Form, Line, at_most, choices
from portal.web.staff.door import needs
from portal.web.staff.hours.fields import Day, TimeOfDay, needed
from portal.web.staff.hours.room import blueprint, render, the_place, the_work, works
from portal.web.staff.hours.words import REFUSALS, SHORT_REFUSALS
from portal.web.words import lazy_gettext as _

HINDRANCES = {
    Hindrance.NOT_ACTIVE: _("The portal of this garage is not open, so customers see nothing at all."),
    Hindrance.HIDDEN: _("Customers do not see this work at this location: it is hidden."),
    Hindrance.CAR_IS_HERE: _("The car of this case came already, so there is nothing left to book."),
    Hindrance.NO_ADDRESS: _("The case has no mail address, so nobody could confirm."),
    Hindrance.TOO_LATE: _("The repair is booked, and so soon that its customer must call to change it."),
}


class WhyForm(Form):
    """A time of some work, or of the repair of a case."""

    work = SelectField(_("Work"))
    day = Day(_("Day"), [needed(_("Which day?"))])
    time = TimeOfDay(_("Time"), [needed(_("Which time? Write it like 09:00."))])
    case = Line(_("Case number"), [at_most(60)])

    def __init__(self, place: LocationView, typed: MultiDict[str, str] | None) -> None:
        super().__init__(formdata=typed)
        self.work.choices = choices({work.key: work.name for work in works(place)})


@blueprint.get("/<place>/why/")
@needs(Right.LOOK)
def why(place: str) -> Response:
    here = the_place(place)
    form = WhyForm(here, request.args if "day" in request.args else None)
    answer = _answer(here, form) if "day" in request.args and form.validate() else None
    return render(
        "why.html",
        here,
        "why",
        status=422 if form.errors else 200,
        form=form,
        answer=answer,
        work=_name(answer.offering) if answer else "",
        hindrance=HINDRANCES.get(answer.hindrance) if answer and answer.hindrance else None,
        sentence=REFUSALS.get(answer.refusal) if answer and answer.refusal else None,
        reasons=SHORT_REFUSALS,
    )


def _answer(place: LocationView, form: WhyForm) -> Answer | None:
    garage, now = g.desk.garage, clock.now()
    asked: tuple[Any, ...] = now, form.day.data, form.time.data
    work, number = the_work(place, form.work.data), form.case.data
    found = _case(number) if number else None
    if number and not found:
        form.case.errors = [_("There is no case with this number.")]
        return None
    if found and work.flow == "repair":
        return explaining.explain_for(garage, *found, *asked)
    return explaining.explain(garage, work.offering, *asked)


def _case(number: str) -> tuple[LocationView, CaseView] | None:
    """The case with this number and where it is, if there is one within reach."""
    try:
        case = cases.by_number(g.desk.garage.id, number)
    except CaseUnknown:
        return None
    where = g.desk.reach.by_id(case.case.location_id)
    return (where, case) if where else None


def _name(offering: Offering) -> str:
    """What planners call the work of an answer, which for a case may be done at another location."""
    names = {work.offering: work.name for work in works(offering.location)}
    return names.get(offering) or str(_("Repair"))
