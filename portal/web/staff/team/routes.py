"""The team of a garage: invitations, roles, leaving."""

from contextlib import suppress

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.team import invitations, queries, service
from portal.domain.team.errors import AlreadyMember, InvitationUnknown, LastOwner
from portal.domain.team.queries import Colleague
from portal.domain.team.rights import Right, Role
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.team.forms import ROLE_NAMES, InviteForm, RoleForm
from portal.web.words import gettext as _

blueprint = Blueprint("team", __name__, url_prefix="/team")


@blueprint.get("/")
@needs(Right.OWN)
def show() -> Response:
    return _page(InviteForm(formdata=None))


@blueprint.post("/")
@needs(Right.OWN)
def invite() -> Response:
    form = InviteForm()
    if not form.validate():
        return _page(form)
    try:
        invitations.invite(
            g.desk.garage,
            email=form.email.data,
            role=Role(form.role.data),
            locations=form.reach,
            language=form.language.data,
            by=page.actor(),
            now=clock.now(),
        )
    except AlreadyMember:
        form.email.errors = [_("Whoever has this address is in the team already.")]
        return _page(form)
    flash(_("The invitation is on its way to %(mail)s.", mail=form.email.data))
    return redirect(url_for(".show"), 303)


@blueprint.post("/invitations/<uid>/withdraw")
@needs(Right.OWN)
def withdraw(uid: str) -> Response:
    with suppress(InvitationUnknown):  # it ended by itself; the page shows what is left
        invitations.withdraw(g.desk.garage, uid, by=page.actor(), now=clock.now())
        flash(_("The invitation is withdrawn; its link leads nowhere any more."))
    return redirect(url_for(".show"), 303)


@blueprint.route("/<int:member_id>", methods=["GET", "POST"])
@needs(Right.OWN)
def change(member_id: int) -> Response:
    colleague = queries.colleague(g.desk.garage.id, member_id)
    form = RoleForm()
    if not form.is_submitted():
        return _one(colleague, RoleForm(role=colleague.role, locations=colleague.locations or []))
    if not form.validate():
        return _one(colleague, form)
    try:
        service.give_role(
            g.desk.garage,
            member_id,
            role=Role(form.role.data),
            locations=form.reach,
            by=page.actor(),
            now=clock.now(),
        )
    except LastOwner:
        form.role.errors = [_last_owner()]
        return _one(colleague, form)
    flash(_("Saved."))
    return redirect(url_for(".show"), 303)


@blueprint.post("/<int:member_id>/remove")
@needs(Right.OWN)
def remove(member_id: int) -> Response:
    colleague = queries.colleague(g.desk.garage.id, member_id)
    try:
        service.remove(g.desk.garage, member_id, by=page.actor(), now=clock.now())
    except LastOwner:
        form = RoleForm(formdata=None, role=colleague.role, locations=colleague.locations or [])
        form.role.errors = [_last_owner()]
        return _one(colleague, form)
    flash(_("%(name)s is no longer in the team.", name=colleague.member.name))
    return redirect(url_for(".show"), 303)


def _last_owner() -> str:
    return _("A garage needs an owner. Make somebody else owner first.")


def _page(form: InviteForm) -> Response:
    garage = g.desk.garage
    return page.render(
        "team/page.html",
        status=422 if form.errors else 200,
        form=form,
        colleagues=queries.colleagues(garage.id),
        invitations=queries.open_invitations(garage.id, clock.now()),
        roles=ROLE_NAMES,
        place_names={place.id: place.name for place in g.desk.reach.locations},
    )


def _one(colleague: Colleague, form: RoleForm) -> Response:
    return page.render("team/member.html", status=422 if form.errors else 200, form=form, colleague=colleague)
