"""The words of the garage's letters: which there are, changing, trying out, restoring, duplicating."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.core.dates import NATIVE_NAMES
from portal.domain.cases.errors import CaseUnknown
from portal.domain.correspondence import queries, service, templates
from portal.domain.correspondence.errors import LetterUnknown, NotOurs, TooManyToday, WordsOvertaken
from portal.domain.correspondence.queries import Template
from portal.domain.team.rights import Right
from portal.letters import draft
from portal.web.fields import choices
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.letters import preview as looks
from portal.web.staff.letters import words
from portal.web.staff.letters.forms import MAX_NAME, OwnTemplateForm, TemplateForm
from portal.web.words import gettext as _

NEWEST = 12  # cases to look at a letter with

blueprint = Blueprint("letters", __name__, url_prefix="/letters")


@blueprint.get("/")
@needs(Right.OWN)
def show() -> Response:
    garage = g.desk.garage
    return page.render(
        "letters/page.html",
        lines=queries.lines(garage),
        spoken=_spoken(),
        name=words.name,
        purposes=words.PURPOSES,
        fixed=words.FIXED,
        active=garage.profile.active,
    )


@blueprint.route("/<letter>/<language>/", methods=["GET", "POST"])
@needs(Right.OWN)
def edit(letter: str, language: str) -> Response:
    template = _find(letter, language)
    if request.method == "GET":
        return _page(template, _filled(template))
    form = _form(template)
    if not form.validate():
        return _page(template, form)
    try:
        templates.save(
            g.desk.garage,
            letter,
            language,
            subject=form.subject.data,
            words=form.words.data,
            name=form.name.data if isinstance(form, OwnTemplateForm) else "",
            expected=form.expected.data,
            by=page.actor(),
            now=clock.now(),
        )
    except WordsOvertaken:
        theirs = _find(letter, language)
        form.expected.data = theirs.fingerprint
        return _page(template, form, status=409, theirs=theirs)
    flash(_("Saved."))
    return redirect(url_for(".edit", letter=letter, language=language, case=form.case.data or None), 303)


@blueprint.route("/<letter>/<language>/preview", methods=["GET", "POST"])
@needs(Right.OWN)
@looks.is_mail
def preview(letter: str, language: str) -> Response:
    template = _find(letter, language)
    form = _form(template) if request.method == "POST" else _filled(template)
    told = _about(form, language)
    return looks.answer(looks.letter(form.subject.data or "", form.words.data or "", language, told))


@blueprint.post("/<letter>/<language>/test")
@needs(Right.OWN)
def try_out(letter: str, language: str) -> Response:
    template = _find(letter, language)
    form = _form(template)
    if not form.validate():
        return _page(template, form)
    told = _about(form, language)
    if form.refuse(words.refused(no) for no in draft.refused(form.text, g.desk.garage, told.case)):
        return _page(template, form)
    try:
        service.try_out(
            g.desk.reach,
            form.case.data or None,
            **form.written(letter, language),
            values=told.values,
            recipient=current_user.email,
            by=page.actor(),
            now=clock.now(),
        )
    except TooManyToday:
        form.refuse([words.too_many_today()])
        return _page(template, form)
    flash(_("A test is on its way to %(mail)s.", mail=current_user.email))
    way_back = {"draft": form.uid.data, "case": form.case.data or None}
    return redirect(url_for(".edit", letter=letter, language=language, **way_back), 303)


@blueprint.post("/<letter>/<language>/restore")
@needs(Right.OWN)
def restore(letter: str, language: str) -> Response:
    _find(letter, language)
    templates.restore(g.desk.garage, letter, language, by=page.actor(), now=clock.now())
    flash(_("The ready-made words are back. Yours are kept: you can take them back below."))
    return redirect(url_for(".edit", letter=letter, language=language), 303)


@blueprint.post("/<letter>/<language>/take-back")
@needs(Right.OWN)
def take_back(letter: str, language: str) -> Response:
    _find(letter, language)
    templates.take_back(g.desk.garage, letter, language, by=page.actor(), now=clock.now())
    flash(_("Your own words are back."))
    return redirect(url_for(".edit", letter=letter, language=language), 303)


@blueprint.post("/<letter>/duplicate")
@needs(Right.OWN)
def duplicate(letter: str) -> Response:
    language = g.desk.garage.languages[0]
    known = _find(letter, language)
    name = _("Copy of %(name)s", name=words.name(letter, known.name))
    new = templates.duplicate(g.desk.garage, letter, name=name[:MAX_NAME], by=page.actor(), now=clock.now())
    flash(_("This is the copy. Give it a name of its own."))
    return redirect(url_for(".edit", letter=new, language=language), 303)


@blueprint.post("/<letter>/remove")
@needs(Right.OWN)
def remove(letter: str) -> Response:
    try:
        templates.remove(g.desk.garage, letter, by=page.actor(), now=clock.now())
    except (LetterUnknown, NotOurs):
        abort(404)
    flash(_("The letter is removed. Those that were sent can still be read at their cases."))
    return redirect(url_for(".show"), 303)


def _find(letter: str, language: str) -> Template:
    try:
        return queries.template(g.desk.garage, letter, language)
    except LetterUnknown:
        abort(404)


def _about(form: TemplateForm, language: str) -> looks.About:
    try:
        return looks.about(form.case.data or "", language, clock.now())
    except CaseUnknown:
        abort(404)


def _form(template: Template, **given: Any) -> TemplateForm:
    form = OwnTemplateForm(**given) if template.ours else TemplateForm(**given)
    form.case.choices = choices({"": _("a made-up case")} | _newest())
    return form


def _filled(template: Template) -> TemplateForm:
    """The words as they hold, or as this member tried them out last."""
    tried = queries.last_test(g.desk.garage.id, current_user.id, request.args.get("draft", ""))
    source = tried if tried is not None else template
    return _form(
        template,
        formdata=None,
        subject=source.subject,
        words=source.words,
        name=template.name,
        expected=template.fingerprint,
        case=request.args.get("case", ""),
    )


def _newest() -> dict[str, str]:
    return {
        each.case.number: " · ".join(
            part
            for part in (
                each.case.number,
                each.vehicle.plate,
                f"{each.customer.first_name} {each.customer.last_name}".strip(),
            )
            if part
        )
        for each in queries.newest_cases(g.desk.reach, NEWEST)
    }


def _spoken() -> dict[str, str]:
    return {code: NATIVE_NAMES[code] for code in g.desk.garage.languages}


def _page(template: Template, form: TemplateForm, *, status: int = 200, **more: Any) -> Response:
    typed = (form.subject.data, form.words.data)
    needed = words.NEEDED[template.purpose]
    return page.render(
        "letters/edit.html",
        status=422 if form.errors else status,
        form=form,
        chosen=template,
        title=words.name(template.letter, template.name),
        spoken=_spoken(),
        meanings=words.MEANINGS,
        samples=looks.about("", template.language, clock.now()).values,
        unsaved=typed != (template.subject, template.words),
        missing=needed if needed not in draft.addresses_in(form.words.data or "") else None,
        active=g.desk.garage.profile.active,
        **more,
    )
