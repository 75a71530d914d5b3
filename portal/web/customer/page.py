"""What every customer page knows: the garage, whose looks it wears, and the language it speaks."""

from functools import lru_cache, partial
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from flask_babel import refresh
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from portal import clock
from portal.db import apart
from portal.domain.garage import queries as garages
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import GarageView, LocationView
from portal.web import words
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
    """Wear the looks of `garage`, in the language the browser asks for. No word of the page was said before."""
    here = _here()
    apart.serve(garage.id)
    here.garage, here.place = garage, garage.locations[0]
    here.at_location = False
    here.language = _asked_language(garage)


def look_like(location: LocationView | None) -> None:
    """Wear the looks of one location, if there is one."""
    if location is not None:
        here = _here()
        here.place, here.at_location = location, True


def speak(language: str) -> None:
    """Speak `language` on this page, if the garage does."""
    here = _here()
    if language != here.language and language in here.garage.languages:
        here.language = language
        refresh()  # the words follow the language from here on; kept parts of pages must never mix two


def asked_explicitly() -> str | None:
    """The language chosen in the address, if the garage speaks it."""
    return _asked_in_address(g.garage)


def render(template: str, *, status: int = 200, here: str = "", **context: Any) -> Response:
    """A customer page. `here` is where a language link leads if this address cannot simply be opened again."""
    made = words.template(f"customer/{template}", g.language)
    return make_response(render_template(made, **frame(here), **context), status)


def frame(here: str = "") -> dict[str, Any]:
    """What the frame around every customer page shows, and the parts of it that are kept."""
    shown = _shown()
    return {
        **frames.looks(*shown),
        "header": partial(frames.header, *shown, here),
        "footer": partial(frames.footer, *shown),
        "contact_card": partial(frames.contact_card, *shown),
    }


def announcement(flow: Flow) -> str:
    """What the garage tells whoever begins this flow, at the location of the address or the only one."""
    one = g.at_location or len(g.garage.locations) == 1
    speaker: GarageView | LocationView = g.place if one else g.garage
    return speaker.announcement(flow, "first", g.language, clock.now())


def home_url() -> str:
    """The portal page this visit belongs to."""
    return str(frames.looks(*_shown())["home_url"])


def _shown() -> tuple[GarageView, LocationView | None, str, str]:
    here = _here()
    return here.garage, here.place if here.at_location else None, here.language, request.script_root


def _here() -> Any:
    # Every name that is asked of the proxy costs more than a few lines of Python; this is asked on every page.
    return g._get_current_object()


def _asked_language(garage: GarageView) -> str:
    return _asked_in_address(garage) or _best_match(request.headers.get("Accept-Language", ""), garage)


def _asked_in_address(garage: GarageView) -> str | None:
    args = request.args
    chosen = args["lang"] if "lang" in args else None  # noqa: SIM401 - a miss of get() is dear
    return chosen if chosen in garage.languages else None


# Browsers say one of few things, and reading it takes as long as asking the database something.
@lru_cache(maxsize=1024)
def _best_match(accepted: str, garage: GarageView) -> str:
    languages = garage.languages
    return parse_accept_header(accepted, LanguageAccept).best_match(languages) or languages[0]
