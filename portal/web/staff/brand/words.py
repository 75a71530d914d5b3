"""What to bring, the privacy words and the legal notice: of the garage, or of one location."""

from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.domain.garage.errors import Overtaken
from portal.domain.garage.views import GarageView
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.brand.forms import WORD_FIELDS, WordsForm, filled_words, words_form
from portal.web.staff.brand.routes import blueprint
from portal.web.staff.door import needs
from portal.web.words import gettext as _


@blueprint.route("/words", methods=["GET", "POST"])
@blueprint.route("/words/<location>", methods=["GET", "POST"])
@needs(Right.OWN)
def words(location: str | None = None) -> Response:
    of = parts.part_of(location)
    form = words_form(tuple(g.desk.garage.languages), isinstance(of, GarageView))()
    if not form.is_submitted():
        form = filled_words(of)
        form.expected.data = parts.fingerprint(of, WORD_FIELDS)
        return _page(form, of)
    if not form.validate():
        return _page(form, of)
    try:
        parts.save(form, of, _changes(form, of), about="words")
    except Overtaken:
        return _page(form, of, parts.overtaken(form, of, WORD_FIELDS, filled_words))
    flash(_("Saved."))
    return redirect(url_for(".words", location=location), 303)


def _changes(form: WordsForm, of: parts.PartOf) -> dict[str, Any]:
    spoken = g.desk.garage.languages
    return {
        "bring": parts.keep_unspoken(dict(of.profile.bring), form.bring(), spoken),
        "privacy": parts.keep_unspoken(dict(of.profile.privacy), parts.typed(form, "privacy"), spoken),
        "imprint": parts.keep_unspoken(dict(of.profile.imprint), parts.typed(form, "imprint"), spoken),
    }


def _page(form: WordsForm, of: parts.PartOf, newer: list[parts.Newer] | None = None) -> Response:
    place = parts.as_place(of)
    return page.render(
        "brand/words.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        place=place,
        general=filled_words(g.desk.garage) if place else None,
        codes=g.desk.garage.languages,
        newer=newer,
    )
