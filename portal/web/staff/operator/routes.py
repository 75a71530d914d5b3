"""All garages: making one, opening and closing its portal."""

from contextlib import suppress

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.garage import beginning, editing, locations, queries
from portal.domain.garage.errors import GarageUnknown, LastLocation, SlugTaken
from portal.domain.garage.views import GarageView
from portal.domain.team import invitations
from portal.domain.team.errors import AlreadyMember
from portal.domain.team.rights import Role
from portal.web.staff import page
from portal.web.staff.door import Rule, guard, needs
from portal.web.staff.operator.forms import GarageForm, LocationForm
from portal.web.words import gettext as _

blueprint = guard(Blueprint("operator", __name__, url_prefix="/staff/operator"))


@blueprint.get("/")
@needs(Rule.OPERATOR)
def show() -> Response:
    garages = [(garage, queries.every_location(garage)) for garage in queries.every()]
    return page.render("operator/page.html", garages=garages)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Rule.OPERATOR)
def create() -> Response:
    form = GarageForm()
    if not form.is_submitted() or not form.validate():
        return _form(form)
    try:
        slug = editing.create(beginning.document(**form.beginning()), by=page.actor(), now=clock.now())
    except SlugTaken:
        form.slug.errors = [_("Another garage has this address.")]
        return _form(form)
    _invite_owner(_garage(slug), form.owner.data, form.language.data)
    flash(_("The garage is there. Its owner has been invited; the portal stays closed until you open it."))
    return redirect(url_for(".show"), 303)


@blueprint.route("/<slug>/locations/new", methods=["GET", "POST"])
@needs(Rule.OPERATOR)
def add_location(slug: str) -> Response:
    garage, form = _garage(slug), LocationForm()
    if not form.is_submitted() or not form.validate():
        return _location_form(garage, form)
    default = garage.locations[0].damage_flow(None)
    document = beginning.location(**form.told(), damage_flow=default.slug if default else None)
    try:
        locations.add(garage, document, by=page.actor(), now=clock.now())
    except SlugTaken:
        form.slug.errors = [_("Another location has this address.")]
        return _location_form(garage, form)
    flash(_("The location is there, with usual hours. Customers see it from now on."))
    return redirect(url_for(".show"), 303)


@blueprint.post("/<slug>/locations/<location>/listed")
@needs(Rule.OPERATOR)
def show_location(slug: str, location: str) -> Response:
    return _show(slug, location, listed=True)


@blueprint.post("/<slug>/locations/<location>/unlisted")
@needs(Rule.OPERATOR)
def hide_location(slug: str, location: str) -> Response:
    return _show(slug, location, listed=False)


@blueprint.post("/<slug>/active")
@needs(Rule.OPERATOR)
def activate(slug: str) -> Response:
    return _set_active(slug, active=True)


@blueprint.post("/<slug>/inactive")
@needs(Rule.OPERATOR)
def deactivate(slug: str) -> Response:
    return _set_active(slug, active=False)


def _set_active(slug: str, *, active: bool) -> Response:
    editing.set_active(_garage(slug), active=active, by=page.actor(), now=clock.now())
    return redirect(url_for(".show"), 303)


def _show(slug: str, location: str, *, listed: bool) -> Response:
    garage = _garage(slug)
    if all(place.slug != location for place in queries.every_location(garage)):
        abort(404)
    try:
        locations.show_to_customers(garage, location, listed=listed, by=page.actor(), now=clock.now())
    except LastLocation:
        flash(_("A garage needs at least one location that customers see."), "todo")
    return redirect(url_for(".show"), 303)


def _invite_owner(garage: GarageView, email: str, language: str) -> None:
    with suppress(AlreadyMember):
        invitations.invite(
            garage,
            email=email,
            role=Role.OWNER,
            locations=None,
            language=language,
            by=page.actor(),
            now=clock.now(),
        )


def _garage(slug: str) -> GarageView:
    garage = queries.known(slug)
    if garage is None:
        raise GarageUnknown(slug)
    return garage


def _location_form(garage: GarageView, form: LocationForm) -> Response:
    return page.render("operator/location.html", status=422 if form.errors else 200, form=form, garage=garage)


def _form(form: GarageForm) -> Response:
    return page.render("operator/new.html", status=422 if form.errors else 200, form=form)
