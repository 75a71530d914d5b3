"""The page that asks for plate and case number, and leads on to what a flow does with the case."""

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.domain.cases import queries as cases
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import LocationView
from portal.letters.links import CASE
from portal.web import limits
from portal.web.customer import page
from portal.web.customer.lookup import pages
from portal.web.customer.lookup.forms import LookUpForm
from portal.wiring import wired

LEADS_TO = {"status": "customer.status.show", "repair": "customer.repair.case"}


def entrance(flow: Flow, location: str | None) -> Response:
    """The first page of `flow`, which is about a case, at one location or at any of the garage's."""
    place = _place(location)
    page.look_like(place)
    if not (place.takes(flow) if place else flow in g.garage.flows):
        return pages.not_offered(flow)
    if request.method != "POST":
        return pages.ask(flow, location, LookUpForm())
    form = LookUpForm()
    if "language" in request.form:  # the button asks for another language, not for the case
        page.speak(request.form["language"])
        return pages.ask(flow, location, form)
    if not form.validate():
        return pages.ask(flow, location, form, status=422)
    return _answer(flow, location, form)


def _answer(flow: Flow, location: str | None, form: LookUpForm) -> Response:
    try:
        uid = _find(form)
    except limits.TooOften:
        return pages.wait(flow, location, form, limits.seconds_left())
    if uid is None:
        limits.count_wrong_answer()
        return pages.ask(flow, location, form, status=422, unknown=True)
    token = wired().tokens.sign(CASE, uid)
    return redirect(url_for(LEADS_TO[flow], token=token, lang=g.language), 303)


@limits.limit_looking_up
def _find(form: LookUpForm) -> str | None:
    return cases.look_up(g.garage.id, form.plate.data, form.number.data)


def _place(slug: str | None) -> LocationView | None:
    if slug is None:
        return None
    return g.garage.by_slug(slug) or abort(404)
