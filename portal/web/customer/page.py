"""What every customer page knows: the garage, whose looks it wears, and the language it speaks."""

from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from portal.core.dates import NATIVE_NAMES
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView, LocationView
from portal.web.customer.brand import logo_url, stylesheet_url


def init_blueprint(blueprint: Blueprint) -> None:
    """Find the garage an address names before any page of it is made."""

    @blueprint.url_value_preprocessor
    def _find_garage(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "garage" in values:
            enter(garages.find(values.pop("garage")))

    @blueprint.url_defaults
    def _same_garage(_endpoint: str, values: dict[str, Any]) -> None:
        values.setdefault("garage", g.garage.slug)

    @blueprint.after_request
    def _personal(response: Response) -> Response:
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def enter(garage: GarageView) -> None:
    """Wear the looks of `garage` from here on, in the language the browser asks for."""
    g.garage, g.place = garage, garage.locations[0]
    g.at_location = False
    g.language = _asked_language(garage)


def look_like(location: LocationView | None) -> None:
    """Wear the looks of one location, if there is one."""
    if location is not None:
        g.place, g.at_location = location, True


def speak(language: str) -> None:
    """Speak `language` on this page, if the garage does."""
    if language in g.garage.languages:
        g.language = language


def asked_explicitly() -> str | None:
    """The language chosen in the address, if the garage speaks it."""
    chosen = request.args.get("lang", "")
    return chosen if chosen in g.garage.languages else None


def render(template: str, *, status: int = 200, here: str = "", **context: Any) -> Response:
    """A customer page. `here` is where a language link leads if this address cannot simply be opened again."""
    return make_response(render_template(f"customer/{template}", **frame(here), **context), status)


def frame(here: str = "") -> dict[str, Any]:
    """What the frame around every customer page shows."""
    place: LocationView = g.place
    # Below a garage's own address the garage speaks; a chosen location speaks for itself.
    shown = place if g.at_location else g.garage.locations[0]
    looks, contact = shown.brand, shown.contact
    slug = place.slug if g.at_location else None
    return {
        "garage": g.garage,
        "brand": {
            "name": looks.name,
            "logo_url": logo_url(looks.logo_key),
            "css_url": stylesheet_url(looks.accent, slug),
            "phone": contact.phone,
            "phone_href": f"tel:{contact.phone_href}" if contact.phone_href else None,
            "mail": contact.mail,
            "website": looks.website,
        },
        "language": g.language,
        "languages": [
            {"code": code, "name": NATIVE_NAMES[code], "url": f"{here}?lang={code}"}
            for code in g.garage.languages
        ]
        if len(g.garage.languages) > 1
        else [],
        "home_url": home_url(),
        "privacy_url": url_for("customer.front.privacy", location=slug, lang=g.language),
    }


def home_url() -> str:
    """The portal page this visit belongs to."""
    slug = g.place.slug if g.at_location else None
    return url_for("customer.front.show", location=slug, lang=g.language)


def _asked_language(garage: GarageView) -> str:
    chosen = request.args.get("lang", "")
    if chosen in garage.languages:
        return chosen
    return request.accept_languages.best_match(garage.languages) or garage.languages[0]
