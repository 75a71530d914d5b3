"""What every customer page knows: the garage, whose looks it wears, and the language it speaks."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from flask_babel import refresh

from portal.domain.garage import queries as garages
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import GarageView, LocationView
from portal.web.customer import frame as frames


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
    refresh()  # the words follow the language from here on; kept parts of pages must never mix two


def look_like(location: LocationView | None) -> None:
    """Wear the looks of one location, if there is one."""
    if location is not None:
        g.place, g.at_location = location, True


def speak(language: str) -> None:
    """Speak `language` on this page, if the garage does."""
    if language in g.garage.languages:
        g.language = language
        refresh()


def asked_explicitly() -> str | None:
    """The language chosen in the address, if the garage speaks it."""
    chosen = request.args.get("lang", "")
    return chosen if chosen in g.garage.languages else None


def render(template: str, *, status: int = 200, here: str = "", **context: Any) -> Response:
    """A customer page. `here` is where a language link leads if this address cannot simply be opened again."""
    return make_response(render_template(f"customer/{template}", **frame(here), **context), status)


def frame(here: str = "") -> dict[str, Any]:
    """What the frame around every customer page shows, and the two parts of it that are kept."""
    shown = _shown()
    return {
        **frames.looks(*shown),
        "header": partial(frames.header, *shown, here),
        "footer": partial(frames.footer, *shown),
    }


def announcement(flow: Flow) -> str:
    """What the garage tells whoever begins this flow, at the location of the address or the only one."""
    one = g.at_location or len(g.garage.locations) == 1
    speaker: GarageView | LocationView = g.place if one else g.garage
    return speaker.announcement(flow, "first", g.language)


def home_url() -> str:
    """The portal page this visit belongs to."""
    return str(frames.looks(*_shown())["home_url"])


def _shown() -> tuple[GarageView, LocationView | None, str, str]:
    return g.garage, g.place if g.at_location else None, g.language, request.script_root


def _asked_language(garage: GarageView) -> str:
    chosen = request.args.get("lang", "")
    if chosen in garage.languages:
        return chosen
    return request.accept_languages.best_match(garage.languages) or garage.languages[0]
