"""The damage flows: names, length, order, and which one is for cases that name none."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking import damage_flows as used
from portal.domain.booking.damage_flows import Uses
from portal.domain.booking.errors import DamageFlowIsDefault, DamageFlowUsed
from portal.domain.garage import damage_flows
from portal.domain.garage.damage_flows import FIELDS
from portal.domain.garage.errors import Overtaken
from portal.domain.garage.profile import DamageFlow
from portal.domain.garage.views import GarageView
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.work.forms import FlowForm, flow_form
from portal.web.words import gettext as _
from portal.web.words import ngettext

blueprint = Blueprint("work", __name__, url_prefix="/work")


@blueprint.get("/")
@needs(Right.PLAN)
def show() -> Response:
    return _list()


@blueprint.route("/flows/new", methods=["GET", "POST"])
@needs(Right.PLAN)
def add() -> Response:
    garage, form = parts.whole_garage(), _form()
    if not form.is_submitted():
        form.expected.data = parts.fingerprint(garage, FIELDS)
        return _one(form)
    if not form.validate():
        return _one(form)
    try:
        damage_flows.add(garage, form.told, expected=form.expected.data, by=page.actor(), now=clock.now())
    except Overtaken:  # it comes after whatever the others made of the list
        form.expected.data = parts.fingerprint(parts.fresh(garage), FIELDS)
        return _one(form, newer=[])
    flash(_("Saved. Say at which hours cars come in for it, and customers can book it."))
    return redirect(url_for(".show"), 303)


@blueprint.route("/flows/<slug>", methods=["GET", "POST"])
@needs(Right.PLAN)
def change(slug: str) -> Response:
    garage, form = parts.whole_garage(), _form()
    flow = _known(garage, slug)
    if flow is None:
        return _gone(form) if form.is_submitted() else abort(404)
    if not form.is_submitted():
        form = _filled(flow)
        form.expected.data = parts.fingerprint(garage, FIELDS)
        return _one(form, flow)
    if not form.validate():
        return _one(form, flow)
    try:
        damage_flows.change(
            garage, slug, form.told, expected=form.expected.data, by=page.actor(), now=clock.now()
        )
    except Overtaken:
        now = _known(parts.fresh(garage), slug)
        if now is None:
            return _gone(form)
        return _one(form, flow, newer=parts.overtaken(form, garage, FIELDS, lambda _of: _filled(now)))
    flash(_("Saved."))
    return redirect(url_for(".show"), 303)


@blueprint.post("/flows/<slug>/up")
@needs(Right.PLAN)
def up(slug: str) -> Response:
    return _press(damage_flows.move, slug, -1, way="up")


@blueprint.post("/flows/<slug>/down")
@needs(Right.PLAN)
def down(slug: str) -> Response:
    return _press(damage_flows.move, slug, 1, way="down")


@blueprint.post("/flows/<slug>/default")
@needs(Right.PLAN)
def make_default(slug: str) -> Response:
    return _press(damage_flows.make_default, slug)


@blueprint.post("/flows/<slug>/remove")
@needs(Right.PLAN)
def remove(slug: str) -> Response:
    try:
        return _press(used.remove, slug)
    except DamageFlowIsDefault:
        return _list(
            refused=_("Cases that name no damage flow need this one. Make another one the default first.")
        )
    except DamageFlowUsed:
        name = _name(_find(slug))
        return _list(
            refused=_(
                "%(name)s stays: it is used by %(uses)s.",
                name=name,
                uses=where_used(used.uses(g.desk.garage, slug)),
            )
        )


def _gone(form: FlowForm) -> Response:
    """Somebody removed what was edited: what was typed can be saved as a new one."""
    form.expected.data = parts.fingerprint(parts.fresh(g.desk.garage), FIELDS)
    return _one(form, newer=[parts.Newer(_("Damage flow"), _("removed"))], send_url=url_for(".add"))


def _press(change: Any, slug: str, *more: Any, way: str | None = None) -> Response:
    garage = parts.whole_garage()
    _find(slug)
    expected = request.form.get("expected", "")
    try:
        change(garage, slug, *more, expected=expected, by=page.actor(), now=clock.now())
    except Overtaken:
        return _list(
            refused=_("Somebody else changed the list meanwhile. This is how it is now: please press again.")
        )
    return redirect(url_for(".show", moved=slug if way else None, way=way), 303)


def where_used(uses: Uses) -> str:
    """What uses a damage flow, as part of a sentence."""
    told = [
        ngettext("%(num)d case", "%(num)d cases", uses.cases) if uses.cases else "",
        ngettext("%(num)d appointment", "%(num)d appointments", uses.bookings) if uses.bookings else "",
        _("the hours of %(places)s", places=", ".join(uses.places)) if uses.places else "",
    ]
    return ", ".join(filter(None, told))


def _list(*, refused: str = "") -> Response:
    garage = parts.fresh(g.desk.garage) if refused else g.desk.garage
    assert isinstance(garage, GarageView)
    return page.render(
        "work/flows.html",
        status=409 if refused else 200,
        refused=refused,
        flows=[
            {
                "slug": flow.slug,
                "name": _name(flow),
                "flow": flow,
                "used": where_used(used.uses(garage, flow.slug)),
            }
            for flow in garage.profile.damage_flows
        ],
        expected=parts.fingerprint(garage, FIELDS),
        whole=g.desk.reach.whole,
        moved=request.args.get("moved"),
        way=request.args.get("way"),
    )


def _one(
    form: FlowForm,
    flow: DamageFlow | None = None,
    *,
    newer: list[parts.Newer] | None = None,
    send_url: str | None = None,
) -> Response:
    return page.render(
        "work/flow.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        name=_name(flow) if flow else None,
        send_url=send_url,
        codes=g.desk.garage.languages,
        newer=newer,
    )


def _form() -> FlowForm:
    return flow_form(tuple(g.desk.garage.languages))()


def _filled(flow: DamageFlow) -> FlowForm:
    return flow_form(tuple(g.desk.garage.languages))(
        formdata=None,
        length=str(flow.days or flow.hours),
        unit="days" if flow.days else "hours",
        **parts.spread("name", flow.name),
    )


def _find(slug: str) -> DamageFlow:
    return _known(g.desk.garage, slug) or abort(404)


def _known(of: parts.PartOf, slug: str) -> DamageFlow | None:
    assert isinstance(of, GarageView)
    return next((each for each in of.profile.damage_flows if each.slug == slug), None)


def _name(flow: DamageFlow) -> str:
    """As whoever sits at the desk reads it."""
    return flow.name.get(g.language) or flow.name[g.desk.garage.languages[0]]
