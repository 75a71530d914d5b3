"""The portal page of a garage or of one location, and what belongs to its looks."""

import re
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.adapters.storage import NotStored
from portal.domain.garage.views import LocationView
from portal.web.assets import FOR_EVER
from portal.web.customer import brand, page
from portal.web.words import gettext as _
from portal.wiring import wired

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@blueprint.get("/<location>/")
def show(location: str | None = None) -> AnyResponse:
    garage = g.garage
    place = _place(location)
    if place is not None and len(garage.locations) == 1:
        return redirect(url_for(".show", lang=page.asked_explicitly()))
    page.look_like(place)
    response = page.render("front/page.html", **shown(place, page.asked_explicitly()))
    response.headers["Cache-Control"] = "no-cache"
    return response


def shown(place: LocationView | None, lang: str | None) -> dict[str, Any]:
    """What the portal page of the garage shows, or that of one location."""
    slug = place.slug if place else None
    return {
        "flows": [
            {"name": flow, "url": url_for(f"customer.{flow}.start", location=slug, lang=lang)}
            for flow in (place or g.garage).flows
        ],
        "location": _card(place, lang) if place else None,
        "locations": [_card(each, lang) for each in g.garage.locations],
        "contact": None,
    }


@blueprint.get("/privacy")
@blueprint.get("/<location>/privacy")
def privacy(location: str | None = None) -> Response:
    words = _entered(location).privacy(g.language)
    return _legal(_("Privacy"), words, _("Questions about your data? Ask us."))


@blueprint.get("/imprint")
@blueprint.get("/<location>/imprint")
def imprint(location: str | None = None) -> Response:
    """Who answers for these pages, where the garage says so."""
    words = _entered(location).imprint(g.language)
    return _legal(_("Legal notice"), words) if words else abort(404)


def _entered(slug: str | None) -> LocationView:
    """The location whose words are asked for, or the first, which says those of the garage."""
    place = _place(slug)
    page.look_like(place)
    return place or g.garage.locations[0]


def _legal(title: str, words: str, invitation: str = "") -> Response:
    """A page of the garage's own words: an empty line begins a new paragraph, a line that begins with # is a heading."""
    apart = re.sub(r"^#+\s*(.+)$", r"\n\n# \1\n\n", words, flags=re.MULTILINE)
    parts = [part.strip() for part in re.split(r"\n\s*\n", apart) if part.strip()]
    return page.render("legal.html", title=title, parts=parts, invitation=invitation)


@blueprint.get("/brand.css")
@blueprint.get("/<location>/brand.css")
def brand_css(location: str | None = None) -> Response:
    place = _place(location) or g.garage.locations[0]
    accent = place.brand.accent if location else g.garage.profile.brand.accent
    return _kept(Response(brand.stylesheet(accent), mimetype="text/css"), for_ever="v" in request.args)


@blueprint.get("/logo/<name>")
def logo(name: str) -> Response:
    if not re.fullmatch(r"[0-9a-f]{32}\.png", name):
        abort(404)
    try:
        picture = wired().storage.get(f"logos/{name}")
    except NotStored:
        abort(404)
    return _kept(Response(picture, mimetype="image/png"), for_ever=True)


def _place(slug: str | None) -> LocationView | None:
    if slug is None:
        return None
    return g.garage.by_slug(slug) or abort(404)


def _card(place: LocationView, lang: str | None) -> dict[str, str | None]:
    return {
        "name": place.name,
        "street": place.profile.street,
        "city": f"{place.profile.postcode} {place.profile.city}",
        "phone": place.contact.phone,
        "url": url_for("customer.front.show", location=place.slug, lang=lang),
    }


def _kept(response: Response, *, for_ever: bool) -> Response:
    response.headers["Cache-Control"] = FOR_EVER if for_ever else "no-cache"
    return response
