"""All garages: making one, opening and closing its portal."""

from contextlib import suppress

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.garage import beginning, editing, queries
from portal.domain.garage.errors import GarageUnknown, SlugTaken
from portal.domain.garage.views import GarageView
from portal.domain.team import invitations
from portal.domain.team.errors import AlreadyMember
from portal.domain.team.rights import Role
from portal.web.staff import page
from portal.web.staff.door import Rule, guard, needs
from portal.web.staff.operator.forms import GarageForm
from portal.web.words import gettext as _

blueprint = guard(Blueprint("operator", __name__, url_prefix="/staff/operator"))


@blueprint.get("/")
@needs(Rule.OPERATOR)
def show() -> Response:
    return page.render("operator/page.html", garages=queries.every())


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
    flash(_("The garage is there. Its owner has been invited; the portal opens when you activate it."))
    return redirect(url_for(".show"), 303)


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


def _form(form: GarageForm) -> Response:
    return page.render("operator/new.html", status=422 if form.errors else 200, form=form)
