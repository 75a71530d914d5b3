"""The member's own pages, and the page behind an invitation."""

from flask import Blueprint, flash, g, redirect, session, url_for
from flask_security import current_user, login_user
from werkzeug.wrappers import Response

from portal import clock
from portal.adapters.tokens import Forged
from portal.db import db
from portal.domain.garage import queries as garages
from portal.domain.team import invitations, queries, service, sign_ins
from portal.domain.team.errors import InvitationUnknown
from portal.domain.team.models import Invitation, Member
from portal.letters.links import INVITATION
from portal.web.staff import page
from portal.web.staff.account.forms import JoinForm, NameForm
from portal.web.staff.door import Rule, guard, needs
from portal.web.words import gettext as _
from portal.wiring import wired

blueprint = guard(Blueprint("account", __name__, url_prefix="/staff"))


@blueprint.get("/")
@needs(Rule.MEMBER)
def home() -> Response:
    """The garage one works for; a choice where there are several."""
    mine = queries.garages_of(current_user.id)
    if len(mine) == 1:
        return redirect(url_for("staff.today.show", garage=mine[0].slug))
    if not mine and current_user.operator:
        return redirect(url_for("operator.show"))
    return page.render("account/garages.html", garages=mine)


@blueprint.route("/account/", methods=["GET", "POST"])
@needs(Rule.MEMBER)
def show() -> Response:
    form = NameForm()
    if not form.is_submitted():
        return _page(NameForm.filled())
    if not form.validate():
        return _page(form)
    service.rename(current_user.id, name=form.name.data, language=form.language.data)
    flash(_("Saved."))
    return redirect(url_for(".show"), 303)


@blueprint.post("/account/sign-ins/<uid>/end")
@needs(Rule.MEMBER)
def end(uid: str) -> Response:
    sign_ins.end(current_user.id, uid, clock.now())
    return redirect(url_for(".show"), 303)


@blueprint.post("/account/sign-ins/end")
@needs(Rule.MEMBER)
def end_all() -> Response:
    """Everywhere else; this browser stays."""
    sign_ins.end_every(current_user.id, clock.now(), but=session["sign_in"])
    flash(_("You are signed out everywhere else."))
    return redirect(url_for(".show"), 303)


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@needs(Rule.ANYBODY)
def join(token: str) -> Response:
    try:
        (uid,) = wired().tokens.read(INVITATION, token)
        invitation = queries.invitation(uid, clock.now())
    except (Forged, InvitationUnknown, ValueError):
        return _over()
    known = queries.by_address(invitation.email)
    form = JoinForm()
    if known is not None:
        del form.name, form.language, form.password
    if not form.is_submitted():
        form = form if known else JoinForm(language=g.language)
        return _join_page(invitation, known, form)
    if not form.validate():
        return _join_page(invitation, known, form)
    try:
        return _joined(invitation, known, form)
    except InvitationUnknown:  # pressed twice, or withdrawn this moment
        return _over()


def _joined(invitation: Invitation, known: Member | None, form: JoinForm) -> Response:
    garage = garages.by_id(invitation.garage_id)
    member_id = invitations.accept(
        invitation.uid,
        name=known.name if known else form.name.data,
        password_hash=None if known else form.password_hash(),
        language=known.language if known else form.language.data,
        now=clock.now(),
    )
    desk = url_for("staff.today.show", garage=garage.slug)
    if known is None:
        login_user(db.session.get_one(Member, member_id))
    elif not current_user.is_authenticated or current_user.id != member_id:
        # the mail proves the address; it does not replace password and second factor
        return redirect(url_for("security.login", next=desk), 303)
    return redirect(desk, 303)


def _over() -> Response:
    return page.render("account/no_invitation.html", status=404)


def _join_page(invitation: Invitation, known: Member | None, form: JoinForm) -> Response:
    return page.render(
        "account/join.html",
        status=422 if form.errors else 200,
        form=form,
        known=known is not None,
        invitation=invitation,
        garage=garages.by_id(invitation.garage_id),
    )


def _page(form: NameForm) -> Response:
    return page.render(
        "account/page.html",
        status=422 if form.errors else 200,
        form=form,
        sign_ins=queries.sign_ins(current_user.id),
        here=session["sign_in"],
        zone=_zone(),
    )


def _zone() -> str | None:
    """Whose clock tells when somebody signed in: that of the garage they work for; operators may have none."""
    mine = queries.garages_of(current_user.id)
    return mine[0].locations[0].zone if mine else None
