"""Words of the garage's own in letters that write themselves."""

from functools import lru_cache
from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import Field
from wtforms.fields.core import UnboundField

from portal import clock
from portal.domain.garage.errors import Overtaken
from portal.domain.garage.profile import ADDED_TO
from portal.domain.team.rights import Right
from portal.letters import draft
from portal.letters.values import Value
from portal.web.fields import Lines, at_most
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.letters import preview, words
from portal.web.staff.letters.forms import known_tags
from portal.web.staff.letters.templates import blueprint
from portal.web.staff.parts import PartForm
from portal.web.words import gettext as _
from portal.web.words import lazy_gettext

FIELDS = ("added_words",)
LONGEST = 1000
LETTERS: dict[str, Any] = {
    "booked": lazy_gettext("Booked"),
    "moved": lazy_gettext("Moved"),
    "cancelled": lazy_gettext("Cancelled by the customer"),
    "reminder": lazy_gettext("Reminder"),
}


@blueprint.route("/added", methods=["GET", "POST"])
@needs(Right.OWN)
def added() -> Response:
    garage = parts.whole_garage()
    form = _form(tuple(garage.languages))()
    if not form.is_submitted():
        form = _filled(garage)
        form.expected.data = parts.fingerprint(garage, FIELDS)
        return _page(form)
    if not form.validate():
        return _page(form)
    before = garage.profile.added_words
    stored = {
        letter: parts.keep_unspoken(
            dict(before.get(letter, {})), parts.typed(form, f"words_{letter}"), garage.languages
        )
        for letter in ADDED_TO
    }
    told = {letter: kept for letter, kept in stored.items() if kept}
    try:
        parts.save(form, garage, {"added_words": told}, about="letter")
    except Overtaken:
        return _page(form, parts.overtaken(form, garage, FIELDS, _filled))
    flash(_("Saved."))
    return redirect(url_for(".added"), 303)


@lru_cache(maxsize=64)
def _form(languages: tuple[str, ...]) -> type[PartForm]:
    """The form for a garage that speaks these."""

    def paragraph(_code: str, language: str) -> UnboundField:
        full = _("Your words, %(language)s", language=language)
        return Lines(language, [at_most(LONGEST), known_tags, _no_address], description=full)

    return parts.in_languages(PartForm, languages, **{f"words_{letter}": paragraph for letter in ADDED_TO})


def _filled(of: parts.PartOf) -> PartForm:
    told = getattr(of.profile, "added_words", {})
    data: dict[str, str] = {}
    for letter, kept in told.items():
        data |= parts.spread(f"words_{letter}", kept)
    return _form(tuple(g.desk.garage.languages))(formdata=None, **data)


def _page(form: PartForm, newer: list[parts.Newer] | None = None) -> Response:
    return page.render(
        "letters/added.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        letters=LETTERS,
        codes=g.desk.garage.languages,
        newer=newer,
        meanings={tag: words.MEANINGS[tag] for tag in Value},
        samples=preview.about("", g.language, clock.now()).values,
    )


def _no_address(_form: PartForm, field: Field) -> None:
    """No tag that stands for an address: these letters bring their own."""
    said = _("[%(tag)s] is for letters you send yourself: this one brings its own links.", tag="{tag}")
    field.errors = [*field.errors, *(said.format(tag=tag) for tag in draft.addresses_in(field.data or ""))]
