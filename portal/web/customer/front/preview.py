"""The portal page of a garage that is not stored like this: what its owner is about to make of it."""

from functools import partial
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from portal.core.dates import NATIVE_NAMES
from portal.domain.garage.views import GarageView, LocationView
from portal.web import words
from portal.web.customer import frame, page
from portal.web.customer.front.routes import shown


def as_if(
    garage: GarageView,
    place: LocationView | None,
    language: str,
    *,
    logo_url: str | None,
    css_url: str,
) -> Response:
    """The page of `garage`, or of its location `place`, with a logo and colours that customers cannot open yet."""
    page.enter(garage)
    page.speak(language)
    page.look_like(place)
    # Past what is kept of frames: a preview is seen once.
    looks = frame.looks.__wrapped__(garage, place, language, request.script_root)
    looks["brand"] |= {"logo_url": logo_url, "css_url": css_url}
    languages = [{"code": code, "name": NATIVE_NAMES[code], "url": "#main"} for code in garage.languages]
    context = {
        **looks,
        "header": partial(_macro(frame.TEMPLATE, "header", language), looks, languages),
        "footer": partial(_macro(frame.TEMPLATE, "footer", language), looks),
        "contact_card": partial(_macro("macros/contact.html", "contact_card", language), looks["brand"]),
        **shown(place, None),
    }
    return make_response(render_template(words.template("customer/front/preview.html", language), **context))


def _macro(template: str, name: str, language: str) -> Any:
    return getattr(words.macros(template, language), name)
