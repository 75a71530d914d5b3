"""What the garage itself asks before an assessment, at all locations or at one."""

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.normalise import slugs
from portal.domain.garage.errors import Overtaken
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.work.forms import MOST_QUESTIONS, QuestionsForm, questions_form
from portal.web.staff.work.routes import blueprint
from portal.web.words import gettext as _

FIELDS = ("questions",)
MOVE, UP, DOWN = "move", "up", "down"


@blueprint.route("/questions", methods=["GET", "POST"])
@blueprint.route("/questions/<location>", methods=["GET", "POST"])
@needs(Right.PLAN)
def questions(location: str | None = None) -> Response:
    of = parts.of_address(location)
    form = questions_form(tuple(g.desk.garage.languages))()
    if not form.is_submitted():
        form = _filled(of)
        form.expected.data = parts.fingerprint(of, FIELDS)
        return _page(form, of)
    if MOVE in request.form:
        return _page(form, of, moved=_moved(form, request.form[MOVE]))
    if not (form.inherits(of) or (form.validate() and _complete(form))):
        return _page(form, of)
    try:
        parts.save(form, of, {"questions": _stored(form, of)}, about="questions")
    except Overtaken:
        return _page(form, of, parts.overtaken(form, of, FIELDS, _filled))
    flash(_("Saved. Customers are asked this from now on."))
    return redirect(url_for(".questions", location=location), 303)


def _complete(form: QuestionsForm) -> bool:
    """Whether every question that is there is there in every language."""
    for at in range(MOST_QUESTIONS):
        words = parts.typed(form, f"words_{at}")
        for code in g.desk.garage.languages if words else ():
            if code not in words:
                field = form[f"words_{at}_{code}"]
                field.errors = [
                    _("Write this question in this language too: %(language)s.", language=field.label.text)
                ]
    return not form.errors


def _stored(form: QuestionsForm, of: parts.PartOf) -> list[dict[str, Any]] | None:
    if form.inherits(of):
        return None
    languages = g.desk.garage.languages
    before = {each.slug: each for each, _words in of.questions(g.language)}
    taken = list(before)
    stored = []
    for at in range(MOST_QUESTIONS):
        words = parts.typed(form, f"words_{at}")
        if not words:
            continue
        old = before.pop(form[f"slug_{at}"].data or "", None)  # no two are the same one
        slug = old.slug if old else slugs.slug(words[languages[0]], taken, otherwise="question")
        taken.append(slug)
        stored.append(
            {
                "slug": slug,
                "words": parts.keep_unspoken(dict(old.words) if old else {}, words, languages),
                "kind": form[f"kind_{at}"].data,
                "required": form[f"required_{at}"].data,
            }
        )
    return stored


def _filled(of: parts.PartOf) -> QuestionsForm:
    data: dict[str, Any] = {"as_garage": of.profile.questions is None}
    for at, (question, _words) in enumerate(of.questions(g.language)):
        data |= {f"slug_{at}": question.slug}
        data |= {f"kind_{at}": question.kind, f"required_{at}": question.required}
        data |= parts.spread(f"words_{at}", question.words)
    return questions_form(tuple(g.desk.garage.languages))(formdata=None, **data)


def _moved(form: QuestionsForm, press: str) -> tuple[int, str]:
    """Change places with the question before or after it, in the form only; where it is now, and which way it went."""
    way, _, number = press.partition("-")
    at = int(number) if number.isdecimal() and len(number) < 3 else -1
    to = at + {UP: -1, DOWN: 1}.get(way, MOST_QUESTIONS)
    if not (0 <= at < MOST_QUESTIONS and 0 <= to < MOST_QUESTIONS):
        abort(404)
    for field in form:
        name, _, place = field.name.partition(f"_{at}")
        other = f"{name}_{to}{place}"
        if field.name.startswith(f"{name}_{at}") and other in form:
            field.data, form[other].data = form[other].data, field.data
    return to, way


def _page(
    form: QuestionsForm,
    of: parts.PartOf,
    newer: list[parts.Newer] | None = None,
    *,
    moved: tuple[int, str] | None = None,
) -> Response:
    filled = [at for at in range(MOST_QUESTIONS) if parts.typed(form, f"words_{at}")]
    return page.render(
        "work/questions.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        place=parts.as_place(of),
        inherited=[words for _question, words in g.desk.garage.questions(g.language)],
        shown=min(MOST_QUESTIONS, max(filled, default=-1) + 2),
        filled=filled,
        most=MOST_QUESTIONS,
        moved=moved,
        codes=g.desk.garage.languages,
        newer=newer,
        elsewhere=[each.name for each in g.desk.reach.listed if each.profile.questions is not None],
    )
