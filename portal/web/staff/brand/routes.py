"""Looks and contact: of the garage, or of one location, which inherits what is empty."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask_babel import format_decimal
from werkzeug.wrappers import Response

from portal.core import colours
from portal.domain.garage.errors import Overtaken, PartRefused
from portal.domain.garage.views import GarageView
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.brand.forms import GARAGE_FIELDS, PLACE_FIELDS, PlaceForm, filled_looks, looks_form
from portal.web.staff.door import needs
from portal.web.words import gettext as _

blueprint = Blueprint("brand", __name__, url_prefix="/brand")


@blueprint.route("/", methods=["GET", "POST"])
@blueprint.route("/at/<location>", methods=["GET", "POST"])
@needs(Right.OWN)
def show(location: str | None = None) -> Response:
    of = parts.part_of(location)
    form = looks_form(of)()
    if not form.is_submitted():
        form = filled_looks(of)
        form.expected.data = parts.fingerprint(of, fields_of(of))
        return looks_page(form, of)
    if not form.validate():
        return looks_page(form, of)
    try:
        parts.save(form, of, form.changes(of), about="brand")
    except Overtaken:
        return looks_page(form, of, parts.overtaken(form, of, fields_of(of), filled_looks))
    except PartRefused as refused:
        parts.complain(form, refused, {("brand", "website"): form.website}, form.accent)
        return looks_page(form, of)
    flash(_("Saved. Your portal and your letters look like this from now on."))
    return redirect(url_for(".show", location=location), 303)


@blueprint.get("/tones")
@needs(Right.OWN)
def tones() -> Response:
    """What becomes of an accent, as a piece of the page."""
    accent = request.args.get("accent", "")
    if colours.parse(accent) is None:
        abort(404)
    return page.render("brand/tones.html", fits=fits(accent))


def fields_of(of: parts.PartOf) -> tuple[str, ...]:
    """The fields of the document that the form is over."""
    return GARAGE_FIELDS if isinstance(of, GarageView) else PLACE_FIELDS


def looks_page(
    form: PlaceForm,
    of: parts.PartOf,
    newer: list[parts.Newer] | None = None,
    *,
    logo_errors: list[str] | None = None,
) -> Response:
    """The form beside the portal as it would look."""
    garage, place = g.desk.garage, parts.as_place(of)
    accent = form.accent.data if colours.parse(form.accent.data or "") else None
    key = of.profile.brand.logo
    return page.render(
        "brand/looks.html",
        status=422 if form.errors or logo_errors else 200 if newer is None else 409,
        form=form,
        place=place,
        general=filled_looks(garage) if place else None,
        newer=newer,
        logo_url=picture_url(key or garage.profile.brand.logo),
        own_logo=bool(key),
        logo_errors=logo_errors or [],
        logo_expected=parts.fingerprint(parts.fresh(of), ("brand",)),
        fits=fits(accent or (place or garage.locations[0]).brand.accent),
    )


def picture_url(key: str | None) -> str | None:
    """Where the desk shows a logo; the portal's own address answers only once the portal is open."""
    return url_for("staff.brand.picture", name=key.removeprefix("logos/")) if key else None


def fits(accent: str) -> list[dict[str, Any]]:
    """What becomes of an accent in the light and in the dark, with ratios as people read them."""
    found = []
    for dark in (False, True):
        fit = colours.fit(accent, dark=dark)
        ratios = {name: _ratio(getattr(fit, name)) for name in ("chosen", "button", "text")}
        found.append({"dark": dark, "fit": fit, "page": _page_colour(dark), **ratios})
    return found


def _page_colour(dark: bool) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(colours.DARK_PAGE if dark else colours.WHITE))


def _ratio(value: float) -> str:
    # Rounded down: what is told as 4.5 is at least that.
    return str(format_decimal(int(value * 10) / 10, format="0.0"))
