"""What became of every letter, and seeing to those that did not arrive."""

from flask import Blueprint, abort, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking.errors import TooManyOpen
from portal.domain.deliveries import correcting, queries, rules, service
from portal.domain.deliveries.errors import DeliveryUnknown, NotCorrected, NotSentAgain, Overtaken
from portal.domain.deliveries.queries import Delivery
from portal.domain.mailing import parking
from portal.domain.team.rights import Right
from portal.web.staff import brief, page
from portal.web.staff.deliveries import words
from portal.web.staff.deliveries.forms import AddressForm, FilterForm
from portal.web.staff.door import needs
from portal.web.staff.paging import older_than
from portal.web.words import gettext as _

blueprint = Blueprint("deliveries", __name__, url_prefix="/deliveries")


@blueprint.get("/")
@needs(Right.LOOK)
def show() -> Response:
    """Those that need somebody."""
    reach, now = g.desk.reach, clock.now()
    return page.render(
        "deliveries/page.html",
        letters=queries.in_need(reach, now, team=_team()),
        stuck=queries.stuck(reach, now),
        parked=parking.parked() is not None,
        letter=words.letter,
        state=words.state,
        brief=brief.moment,
    )


@blueprint.get("/all")
@needs(Right.LOOK)
def every() -> Response:
    form = FilterForm.asked(team=_team())
    fits = form.validate()
    found, older = (
        queries.page(g.desk.reach, form.wanted(), team=_team(), before_id=older_than())
        if fits
        else ([], None)
    )
    return page.render(
        "deliveries/all.html",
        status=200 if fits else 422,
        form=form,
        letters=found,
        older=older,
        asked=form.asked_for(),
        letter=words.letter,
        state=words.state,
        brief=brief.moment,
    )


@blueprint.get("/<uid>")
@needs(Right.LOOK)
def one(uid: str) -> Response:
    return _one(_delivery(uid))


@blueprint.post("/<uid>/again")
@needs(Right.WORK)
def send_again(uid: str) -> Response:
    delivery = _delivery(uid)
    try:
        service.send_again(g.desk.reach, uid, team=_team(), by=page.actor(), now=clock.now())
    except NotSentAgain as no:
        return _one(delivery, sentence=str(words.REASONS[no.reason]), status=409)
    flash(_("The letter is on its way again."))
    return redirect(url_for(".one", uid=uid), 303)


@blueprint.post("/<uid>/seen-to")
@needs(Right.WORK)
def see_to(uid: str) -> Response:
    delivery = _delivery(uid)
    service.see_to(g.desk.reach, delivery.uid, team=_team(), by=page.actor(), now=clock.now())
    return redirect(url_for(".one", uid=uid), 303)


@blueprint.post("/<uid>/open")
@needs(Right.WORK)
def leave_open(uid: str) -> Response:
    delivery = _delivery(uid)
    service.leave_open(g.desk.reach, delivery.uid, team=_team(), by=page.actor(), now=clock.now())
    return redirect(url_for(".one", uid=uid), 303)


@blueprint.post("/<uid>/address")
@needs(Right.WORK)
def correct(uid: str) -> Response:
    delivery, form = _delivery(uid), AddressForm()
    if not form.validate():
        return _one(delivery, form, status=422)
    if form.email.data == form.expected.data:
        form.email.errors = [_("This is the address the letters go to already.")]
        return _one(delivery, form, status=422)
    try:
        reason = correcting.correct(
            g.desk.reach,
            uid,
            form.email.data,
            expected=form.expected.data,
            by=page.actor(),
            now=clock.now(),
        )
    except Overtaken as other:
        form.expected.data = other.current
        sentence = _("Somebody changed the address meanwhile: it is %(mail)s now.", mail=other.current)
        form.email.errors = [sentence]
        return _one(_delivery(uid), form, status=409)
    except NotSentAgain as no:
        return _one(delivery, form, sentence=str(words.REASONS[no.reason]), status=409)
    except TooManyOpen:
        form.email.errors = [_("This address has as many coming appointments as your garage allows.")]
        return _one(delivery, form, status=409)
    except NotCorrected:
        return _one(delivery, sentence=_not_here(), status=409)
    flash(_("Letters go to %(mail)s from now on.", mail=form.email.data))
    if reason is not None:
        flash(str(words.REASONS[reason]), "todo")
    return redirect(url_for(".one", uid=uid), 303)


def _team() -> bool:
    """Whether letters to colleagues are this member's matter."""
    return bool(g.desk.may(Right.OWN))


def _not_here() -> str:
    return _("The address of this letter is not corrected here.")


def _delivery(uid: str) -> Delivery:
    try:
        return queries.one(g.desk.reach, uid, team=_team())
    except DeliveryUnknown:
        abort(404)


def _one(
    delivery: Delivery, form: AddressForm | None = None, *, sentence: str = "", status: int = 200
) -> Response:
    reach, now = g.desk.reach, clock.now()
    address = correcting.address(reach, delivery, now)
    works = g.desk.may(Right.WORK)
    if form is None and address is not None:
        form = AddressForm(formdata=None, email=address, expected=address)
    reason = rules.refusal(delivery.purpose, delivery.about, now)
    return page.render(
        "deliveries/letter.html",
        status=status,
        delivery=delivery,
        others=[each for each in queries.siblings(reach, delivery, team=_team()) if each.uid != delivery.uid],
        address=address,
        form=form if works and address is not None else None,
        reason=words.REASONS[reason] if reason else "",
        works=works,
        sentence=sentence,
        letter=words.letter,
        state=words.state,
        brief=brief.moment,
    )
