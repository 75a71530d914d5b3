"""The letters of a case: those that were sent, and sending one."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.core.dates import NATIVE_NAMES
from portal.core.normalise import case_numbers, phones
from portal.domain.cases import within
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.queries import CaseView
from portal.domain.correspondence import queries, service
from portal.domain.correspondence.errors import LetterUnknown, NoAddress, TooManyToday
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.correspondence.queries import Template
from portal.domain.mailing import queries as mailing
from portal.domain.team.rights import Right
from portal.letters import draft
from portal.web.staff import merged, page
from portal.web.staff.door import needs
from portal.web.staff.letters import preview as looks
from portal.web.staff.letters import words
from portal.web.staff.letters.forms import LetterForm
from portal.web.words import gettext as _

blueprint = Blueprint("case_letters", __name__, url_prefix="/cases/<path:number>/letters")


@blueprint.get("/")
@needs(Right.LOOK)
def show(number: str) -> Response:
    return _list(_case(number))


@blueprint.get("/new")
@needs(Right.WORK)
def choose(number: str) -> Response:
    view = _case(number)
    template = _find(request.args.get("letter", ""), request.args.get("language", ""))
    return redirect(_address(view, template), 303)


@blueprint.route("/new/<letter>/<language>/", methods=["GET", "POST"])
@needs(Right.WORK)
def write(number: str, letter: str, language: str) -> Response:
    view, template = _case(number), _find(letter, language)
    already = _already_sent(view, request.values.get("uid", ""))
    if already:
        return already
    if not view.customer.email:
        return _list(view, status=409 if request.method == "POST" else 200)
    if request.method == "GET":
        return _begin(view, template)
    form = LetterForm()
    told = looks.about(number, language, clock.now())
    if not form.validate() or form.refuse(_problems(form, told)):
        return _page(view, template, form)
    try:
        service.send(
            g.desk.reach,
            number,
            **form.written(letter, language),
            values=told.values,
            by=page.actor(),
            now=clock.now(),
        )
    except TooManyToday:
        form.refuse([words.too_many_today()])
        return _page(view, template, form)
    except NoAddress:  # it went meanwhile
        return _list(_case(number), status=409)
    flash(_("The letter is on its way to %(mail)s.", mail=view.customer.email))
    return redirect(url_for(".show", number=_key(view)), 303)


@blueprint.route("/new/<letter>/<language>/preview", methods=["GET", "POST"])
@needs(Right.WORK)
@looks.is_mail
def preview(number: str, letter: str, language: str) -> Response:
    _case(number)
    template = _find(letter, language)
    form = LetterForm() if request.method == "POST" else _filled(template)
    told = looks.about(number, language, clock.now())
    return looks.answer(looks.letter(form.subject.data or "", form.words.data or "", language, told))


@blueprint.post("/new/<letter>/<language>/test")
@needs(Right.WORK)
def try_out(number: str, letter: str, language: str) -> Response:
    view, template = _case(number), _find(letter, language)
    form = LetterForm()
    told = looks.about(number, language, clock.now())
    if not form.validate() or form.refuse(_problems(form, told)):
        return _page(view, template, form)
    try:
        service.try_out(
            g.desk.reach,
            number,
            **form.tested(letter, language),
            values=told.values,
            recipient=current_user.email,
            by=page.actor(),
            now=clock.now(),
        )
    except TooManyToday:
        form.refuse([words.too_many_today()])
        return _page(view, template, form)
    flash(_("A test is on its way to %(mail)s.", mail=current_user.email))
    return redirect(_address(view, template, uid=form.uid.data, draft=form.test_uid.data), 303)


@blueprint.get("/<uid>/")
@needs(Right.LOOK)
def read(number: str, uid: str) -> Response:
    view = _case(number)
    kept = _sent_one(view, uid)
    return page.render(
        "letters/read.html",
        **_frame(view),
        letter=kept,
        told=looks.again(kept, view),
        state=words.STATES[mailing.newest_state(kept.uid, service.FROM_CASE)],
    )


@blueprint.get("/<uid>/mail")
@needs(Right.LOOK)
@looks.is_mail
def mail(number: str, uid: str) -> Response:
    view = _case(number)
    return looks.answer(looks.again(_sent_one(view, uid), view))


def _case(number: str) -> CaseView:
    try:
        return queries.case(g.desk.reach, number)
    except CaseUnknown:
        abort(_instead(number) or 404)


def _instead(number: str) -> Response | None:
    """The way to the letters of the case that this one was merged into."""
    try:
        return merged.leads_on(within.find(g.desk.reach, number).case, "staff.case_letters.show")
    except CaseUnknown:
        return None


def _find(letter: str, language: str) -> Template:
    try:
        return queries.template(g.desk.garage, letter, language)
    except LetterUnknown:
        abort(404)


def _already_sent(view: CaseView, uid: str) -> Response | None:
    """The way to the letter that `uid` names, if it was sent."""
    if all(each.uid != uid for each in queries.sent(view.case.id)):
        return None
    flash(_("This letter was sent. It is not sent a second time."))
    return redirect(url_for(".read", number=_key(view), uid=uid), 303)


def _begin(view: CaseView, template: Template) -> Response:
    """The page to write on. Its address names the letter, so that Back in the browser leads to the same one."""
    form = _filled(template)
    if form.uid.data != request.args.get("uid"):
        return redirect(_address(view, template, uid=form.uid.data), 303)
    return _page(view, template, form)


def _sent_one(view: CaseView, uid: str) -> WrittenLetter:
    try:
        return queries.sent_one(view.case.id, uid)
    except LetterUnknown:
        abort(404)


def _key(view: CaseView) -> str:
    return case_numbers.key(view.case.number)


def _address(view: CaseView, template: Template, **more: Any) -> str:
    """Where a letter is written."""
    return url_for(".write", number=_key(view), letter=template.letter, language=template.language, **more)


def _filled(template: Template) -> LetterForm:
    """The words of the template, or as this member tried them out last."""
    tried = queries.last_test(g.desk.garage.id, current_user.id, request.args.get("draft", ""))
    source = tried if tried is not None else template
    uid = request.args.get("uid")
    return LetterForm(formdata=None, uid=uid, subject=source.subject, words=source.words)


def _problems(form: LetterForm, told: looks.About) -> list[Any]:
    """What keeps the letter from being sent about this case."""
    return [
        *(words.refused(no) for no in draft.refused(form.text, g.desk.garage, told.case)),
        *(words.empty(tag) for tag in draft.empty(form.text, told.values)),
    ]


def _frame(view: CaseView) -> dict[str, Any]:
    customer = view.customer
    return {
        "view": view,
        "number": _key(view),
        "case_url": url_for(".show", number=_key(view)).removesuffix("letters/"),
        "person": f"{customer.first_name} {customer.last_name}".strip(),
        "phone": phones.spoken(customer.phone) if customer.phone else "",
        "name": words.name,
        "spoken": {code: NATIVE_NAMES[code] for code in g.desk.garage.languages},
        "active": g.desk.garage.profile.active,
    }


def _list(view: CaseView, *, status: int = 200) -> Response:
    sent = queries.sent(view.case.id)
    lines = queries.lines(g.desk.garage)
    return page.render(
        "letters/case.html",
        status=status,
        **_frame(view),
        sent=[(each, words.STATES[mailing.newest_state(each.uid, service.FROM_CASE)]) for each in sent],
        names={line.letter: line.name for line in lines},
        lines=lines,
        fitting=queries.fitting(view, clock.now()),
        may_write=g.desk.may(Right.WORK),
    )


def _page(view: CaseView, template: Template, form: LetterForm) -> Response:
    told = looks.about(view.case.number, template.language, clock.now())
    return page.render(
        "letters/write.html",
        status=422 if form.errors else 200,
        **_frame(view),
        form=form,
        chosen=template,
        title=words.name(template.letter, template.name),
        meanings=words.MEANINGS,
        samples=told.values,
        problems=[] if form.errors else _problems(form, told),
        unsaved=(form.subject.data, form.words.data) != (template.subject, template.words),
    )
