"""The entrances that speak HTTP."""

import re

from flask import Flask, abort, g, has_request_context, redirect, request
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from portal.config import Settings
from portal.domain.garage.profile import LANGUAGES
from portal.web import assets, customer, errors, headers, health, limits, staff, words
from portal.web import inbox as inbox_pages

_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f]")


def init_app(app: Flask, settings: Settings, translations: str) -> None:
    """Register every page of the portal on `app`."""
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    app.url_value_preprocessor(_refuse_control_characters)
    Babel(app, default_translation_directories=translations, locale_selector=_language)
    words.init_app(app)
    headers.init_app(app, settings)
    limits.init_app(app, settings.redis_url)
    assets.init_app(app)
    errors.init_app(app)
    app.after_request(_stay_at_this_host)
    app.register_blueprint(health.blueprint)
    staff.init_app(app, settings)
    app.register_blueprint(customer.blueprint)
    if settings.inbox_dir:
        app.register_blueprint(inbox_pages.blueprint)


def _refuse_control_characters(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    # No address of ours has one, and databases and file systems take them ill.
    if _CONTROL_CHARACTER.search(request.path):
        abort(404)


def _stay_at_this_host(response: Response) -> Response:
    # Where a slash was missing, Werkzeug's redirect repeats whatever host the visitor claimed.
    location = response.location
    if location and location.startswith(request.host_url):
        return redirect("/" + location.removeprefix(request.host_url), response.status_code)
    return response


def _language() -> str:
    """The language of the page; where no garage is known yet, what the browser asks for."""
    if not has_request_context():
        return "en"
    return str(g.get("language") or request.accept_languages.best_match(LANGUAGES, "en"))
