"""The way into booking a repair: by plate and number, or by the signed link of a case that asks nothing."""

from typing import Any

from flask import Blueprint, abort, g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core.normalise import emails
from portal.domain.booking import changes, requests
from portal.domain.booking import queries as bookings
from portal.domain.booking.errors import Cancelled, RequestUnknown, TooManyLetters
from portal.domain.cases import queries as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.queries import CaseView
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.garage.views import LocationView
from portal.web.customer import page
from portal.web.customer.appointments import card_of
from portal.web.customer.lookup import CaseLink, case_link, entrance, not_offered, unknown
from portal.web.customer.repair.walk import RepairWalk
from portal.web.customer.walk import register
from portal.web.limits import START, limit_sending, limiter

blueprint = Blueprint("repair", __name__)
register(blueprint, RepairWalk())


@blueprint.route("/repair/", methods=["GET", "POST"])
@blueprint.route("/<location>/repair/", methods=["GET", "POST"])
def start(location: str | None = None) -> Response:
    return entrance("repair", location)


@blueprint.get("/repair/case/<token>")
def case(token: str) -> Response:
    """What is next for the repair of a case."""
    link, view, place = _look(token)
    return _page(token, view, place, test=link.test)


@blueprint.post("/repair/case/<token>")
@limiter.limit(START)
def begin(token: str) -> Response:
    view, _place = _read(token)
    if _stage(view, _booked(view)) != "bookable":
        return redirect(url_for(".case", token=token), 303)
    now = clock.now()
    uid = drafts.begin_repair(garage_id=g.garage.id, case_id=view.case.id, language=g.language, now=now)
    return redirect(url_for(".timeslot", draft=uid), 303)


@blueprint.post("/repair/case/<token>/links")
@limit_sending
def links(token: str) -> Response:
    """The personal links once more, to the address on the case: nobody else may change or cancel."""
    view, place = _read(token)
    booked = _booked(view)
    if booked is None:
        return redirect(url_for(".case", token=token), 303)
    try:
        changes.send_links_again(booked, clock.now())
    except TooManyLetters:
        return _page(token, view, place, status=429, sent_often=True)
    except (RequestUnknown, Cancelled):  # this moment; the page says so
        return redirect(url_for(".case", token=token), 303)
    return redirect(url_for(".case", token=token, sent=1, lang=page.asked_explicitly()), 303)


def _page(token: str, view: CaseView, place: LocationView, *, status: int = 200, **more: Any) -> Response:
    booked = _booked(view)
    damage_flow = place.damage_flow(view.case.damage_flow)
    return page.render(
        "repair/case.html",
        status=status,
        here=url_for(".case", token=token),
        stage=_stage(view, booked),
        car=f"{view.vehicle.make} {view.vehicle.model}".strip(),
        plate=view.vehicle.plate,
        number=view.case.number,
        place=place.profile,
        damage_flow=damage_flow,
        damage_flow_name=damage_flow
        and (damage_flow.name.get(g.language) or damage_flow.name[g.garage.languages[0]]),
        appointment=card_of(bookings.appointment(booked)) if booked else None,
        address=emails.masked(view.customer.email) if view.customer.email else None,
        begin_url=url_for(".begin", token=token, lang=page.asked_explicitly()),
        links_url=url_for(".links", token=token, lang=page.asked_explicitly()),
        announcement=page.announcement("repair"),
        status_url=url_for("customer.status.show", token=token) if place.takes("status") else None,
        **more,
    )


def _booked(view: CaseView) -> str | None:
    return bookings.coming_repair(view.case.id, clock.now())


def _stage(view: CaseView, booked: str | None) -> str:
    """What can be done about the repair of a case now."""
    case = view.case
    if requests.is_here(case):
        return "back" if case.collected_on else "ready" if case.finished_on else "here"
    if booked:
        return "booked"
    return "bookable" if view.customer.email else "unreachable"


def _read(token: str) -> tuple[CaseView, LocationView]:
    """The case whose customer pressed a button; the page of a test letter has none, and is shown once more."""
    link, view, place = _look(token)
    if link.test:
        abort(redirect(url_for(".case", token=token), 303))
    return view, place


def _look(token: str) -> tuple[CaseLink, CaseView, LocationView]:
    try:
        link = case_link(token)
        view = cases.by_uid(g.garage.id, link.uid)
    except CaseUnknown:
        abort(unknown("repair"))
    place = garages.location(g.garage, view.case.location_id)
    page.look_like(place)
    if page.asked_explicitly() is None:
        page.speak(view.case.language)
    if not place.takes("repair"):
        abort(not_offered("repair"))
    return link, view, place
