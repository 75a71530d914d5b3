"""The languages of the garage: one more with the words it needs, one less, and which comes first."""

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core.dates import NATIVE_NAMES
from portal.domain.garage import languages as spoken
from portal.domain.garage.beginning import DAMAGE_FLOW
from portal.domain.garage.errors import LastLanguage, Overtaken
from portal.domain.garage.profile import Language
from portal.domain.garage.views import GarageView
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.brand.forms import LanguageForm, language_form
from portal.web.staff.brand.routes import blueprint
from portal.web.staff.door import needs
from portal.web.words import gettext as _


@blueprint.get("/languages")
@needs(Right.OWN)
def languages() -> Response:
    return _list(parts.whole_garage())


@blueprint.route("/languages/<code>/add", methods=["GET", "POST"])
@needs(Right.OWN)
def add_language(code: str) -> Response:
    garage = parts.whole_garage()
    language = next((each for each in spoken.unspoken(garage) if each == code), None) or abort(404)
    form = language_form(_flow_names(garage))()
    if not form.is_submitted():
        form = _filled(garage, language)
        form.expected.data = parts.fingerprint(garage, spoken.NEEDED)
        return _one(form, language)
    if not form.validate():
        return _one(form, language)
    try:
        spoken.add(
            garage,
            language,
            privacy=form.privacy.data,
            flow_names={slug: form[f"flow_{slug}"].data for slug in _flow_names(garage)},
            expected=form.expected.data,
            by=page.actor(),
            now=clock.now(),
        )
    except Overtaken:
        form.expected.data = parts.fingerprint(parts.fresh(garage), spoken.NEEDED)
        return _one(form, language, newer=[])
    flash(_("Your portal speaks %(language)s from now on.", language=NATIVE_NAMES[language]))
    return redirect(url_for(".languages"), 303)


@blueprint.post("/languages/<code>/remove")
@needs(Right.OWN)
def remove_language(code: str) -> Response:
    try:
        return _press(spoken.remove, code)
    except LastLanguage:
        return _list(g.desk.garage, refused=_("Your portal needs a language. Add another one first."))


@blueprint.post("/languages/<code>/first")
@needs(Right.OWN)
def first_language(code: str) -> Response:
    return _press(spoken.put_first, code)


def _press(change: Any, code: str) -> Response:
    garage = parts.whole_garage()
    if code not in garage.languages:
        return redirect(url_for(".languages"), 303)  # somebody pressed before; the page shows what is left
    try:
        change(garage, code, expected=request.form.get("expected", ""), by=page.actor(), now=clock.now())
    except Overtaken:
        sentence = _(
            "Somebody else changed the languages meanwhile. This is how they are now: please press again."
        )
        return _list(parts.fresh(garage), refused=sentence)
    return redirect(url_for(".languages"), 303)


def _flow_names(garage: GarageView) -> dict[str, str]:
    """The damage flows by slug, as whoever sits at the desk reads them."""
    return {
        flow.slug: flow.name.get(g.language) or flow.name[garage.languages[0]]
        for flow in garage.profile.damage_flows
    }


def _filled(garage: GarageView, language: Language) -> LanguageForm:
    data = {
        f"flow_{flow.slug}": flow.name.get(language)
        or (DAMAGE_FLOW[language] if flow.slug == "classic" else "")
        for flow in garage.profile.damage_flows
    }
    privacy = spoken.privacy_to_start_from(garage, language)
    return language_form(_flow_names(garage))(formdata=None, privacy=privacy, **data)


def _list(garage: parts.PartOf, *, refused: str = "") -> Response:
    assert isinstance(garage, GarageView)
    return page.render(
        "brand/languages.html",
        status=409 if refused else 200,
        refused=refused,
        spoken=garage.languages,
        unspoken=spoken.unspoken(garage),
        names=NATIVE_NAMES,
        expected=parts.fingerprint(garage, spoken.FIELDS),
    )


def _one(form: LanguageForm, language: Language, newer: list[parts.Newer] | None = None) -> Response:
    garage = g.desk.garage
    return page.render(
        "brand/language.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        code=language,
        name=NATIVE_NAMES[language],
        flows=_flow_names(garage),
        first_words=garage.profile.privacy[garage.languages[0]],
        newer=newer,
    )
