"""The page of a case in a flow that books: what is next, and the way to a time."""

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
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import LocationView
from portal.web.customer import page
from portal.web.customer.appointments import card_of
from portal.web.customer.lookup import CaseLink, case_link, not_offered, unknown
from portal.web.customer.walk.contract import Walk
from portal.web.limits import START, limit_sending, limiter


def add_pages(blueprint: Blueprint, walk: Walk) -> None:
    """Give `blueprint` the page of a case, below `/<flow>/case/`, from which `walk` begins."""
    flow = walk.flow

    @blueprint.get(f"/{flow}/case/<token>")
    def case(token: str) -> Response:
        """What is next for a case."""
        link, view, place = _look(flow, token)
        return _page(flow, token, view, place, test=link.test)

    @blueprint.post(f"/{flow}/case/<token>")
    @limiter.limit(START)
    def begin(token: str) -> Response:
        view, _place = _read(flow, token)
        if _stage(view, _booked(flow, view), _repair_instead(flow, view)) != "bookable":
            return redirect(url_for(".case", token=token), 303)
        now = clock.now()
        uid = drafts.begin_for_case(
            flow=flow, garage_id=g.garage.id, case_id=view.case.id, language=g.language, now=now
        )
        return redirect(url_for(f".{walk.steps(None)[0]}", draft=uid), 303)

    @blueprint.post(f"/{flow}/case/<token>/links")
    @limit_sending
    def links(token: str) -> Response:
        """The personal links once more, to the address on the case: nobody else may change or cancel."""
        view, place = _read(flow, token)
        booked = _booked(flow, view)
        if booked is None:
            return redirect(url_for(".case", token=token), 303)
        try:
            changes.send_links_again(booked, clock.now())
        except TooManyLetters:
            return _page(flow, token, view, place, status=429, sent_often=True)
        except (RequestUnknown, Cancelled):  # this moment; the page says so
            return redirect(url_for(".case", token=token), 303)
        return redirect(url_for(".case", token=token, sent=1, lang=page.asked_explicitly()), 303)


def _page(
    flow: Flow, token: str, view: CaseView, place: LocationView, *, status: int = 200, **more: Any
) -> Response:
    booked, repair = _booked(flow, view), _repair_instead(flow, view)
    shown = booked or repair
    return page.render(
        "case/page.html",
        status=status,
        here=url_for(".case", token=token),
        flow=flow,
        stage=_stage(view, booked, repair),
        car=f"{view.vehicle.make} {view.vehicle.model}".strip(),
        plate=view.vehicle.plate,
        number=view.case.number,
        place=place.profile,
        work=_work(view, place) if flow == "repair" else None,
        appointment=card_of(bookings.appointment(shown)) if shown else None,
        address=emails.masked(view.customer.email) if view.customer.email else None,
        begin_url=url_for(".begin", token=token, lang=page.asked_explicitly()),
        links_url=url_for(".links", token=token, lang=page.asked_explicitly()),
        announcement=page.announcement(flow),
        repair_url=url_for("customer.repair.case", token=token, lang=page.asked_explicitly())
        if repair and place.takes("repair")
        else None,
        status_url=url_for("customer.status.show", token=token) if place.takes("status") else None,
        **more,
    )


def _work(view: CaseView, place: LocationView) -> dict[str, Any] | None:
    """What is done in a repair, and how long it takes, where the garage says so."""
    damage_flow = place.damage_flow(view.case.damage_flow)
    if damage_flow is None:
        return None
    name = damage_flow.name.get(g.language) or damage_flow.name[g.garage.languages[0]]
    return {"name": name, "days": damage_flow.days, "hours": damage_flow.hours}


def _booked(flow: Flow, view: CaseView) -> str | None:
    return bookings.coming(view.case.id, flow, clock.now())


def _repair_instead(flow: Flow, view: CaseView) -> str | None:
    """The coming repair of a case, which leaves no assessment to book."""
    return bookings.coming(view.case.id, "repair", clock.now()) if flow == "assessment" else None


def _stage(view: CaseView, booked: str | None, repair: str | None) -> str:
    """What can be done about a case now."""
    case = view.case
    if requests.is_here(case):
        return "back" if case.collected_on else "ready" if case.finished_on else "here"
    if booked:
        return "booked"
    if repair:
        return "repair_booked"
    return "bookable" if view.customer.email else "unreachable"


def _read(flow: Flow, token: str) -> tuple[CaseView, LocationView]:
    """The case whose customer pressed a button; the page of a test letter has none, and is shown once more."""
    link, view, place = _look(flow, token)
    if link.test:
        abort(redirect(url_for(".case", token=token), 303))
    return view, place


def _look(flow: Flow, token: str) -> tuple[CaseLink, CaseView, LocationView]:
    try:
        link = case_link(token)
        view = cases.by_uid(g.garage.id, link.uid)
    except CaseUnknown:
        abort(unknown(flow))
    place = garages.location(g.garage, view.case.location_id)
    page.look_like(place)
    if page.asked_explicitly() is None:
        page.speak(view.case.language)
    if not place.takes(flow):
        abort(not_offered(flow))
    return link, view, place
