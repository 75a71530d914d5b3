"""Every no as a page a person understands, in the garage's looks where the garage is known."""

import logging
from contextlib import suppress
from typing import Any

from flask import Flask, g, jsonify, make_response, render_template, request, url_for
from flask_babel import get_locale, refresh
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.adapters.storage import StorageUnavailable
from portal.db.apart import OfAnotherGarage
from portal.domain.booking.errors import RequestUnknown
from portal.domain.cases.errors import CaseUnknown
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.garage import queries as garages
from portal.domain.garage.errors import GarageUnknown
from portal.domain.privacy.errors import PersonUnknown
from portal.domain.team.errors import MemberUnknown
from portal.web import limits, words
from portal.web.customer import page
from portal.web.staff import page as staff_page
from portal.web.staff import sessions
from portal.web.words import gettext as _

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 10


def init_app(app: Flask) -> None:
    """Answer every error of `app` with a page, or with one sentence where a script asked."""
    app.register_error_handler(HTTPException, _http)
    for unknown in (GarageUnknown, MemberUnknown, CaseUnknown, RequestUnknown, PersonUnknown):
        app.register_error_handler(unknown, lambda _error: _answer(404))
    app.register_error_handler(OfAnotherGarage, _of_another_garage)
    app.register_error_handler(DraftUnknown, _gone)
    for busy in (OperationalError, InterfaceError, TimeoutError):
        app.register_error_handler(busy, _database_busy)
    app.register_error_handler(StorageUnavailable, lambda _error: _answer(503))
    app.register_error_handler(Exception, _unforeseen)


def _http(error: HTTPException) -> Response:
    if isinstance(error.response, Response):  # abort() was given a page
        return error.response
    return _answer(error.code or 500)


def _gone(_error: DraftUnknown) -> Response:
    return _answer(410) if _asked_by_script() else page.render("walk/gone.html", status=410)


def _of_another_garage(error: OfAnotherGarage) -> Response:
    log.error("%s asked for a %s of another garage", request.endpoint, error)
    return _answer(404)


def _database_busy(error: Exception) -> Response:
    log.error("the database did not answer: %s", type(error).__name__)
    return _answer(503)


def _unforeseen(error: Exception) -> Response:
    log.exception("unforeseen error at %s", request.endpoint)
    return _answer(500)


def _answer(status: int) -> Response:
    title, sentence = _words(status)
    if _asked_by_script():
        response: Response = jsonify(error=sentence)
    else:
        response = make_response(_page(title=title, sentence=sentence, **_again(status)))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status in {429, 503}:
        response.headers["Retry-After"] = str(limits.seconds_left() if status == 429 else RETRY_AFTER_SECONDS)
    return response


def _page(**told: Any) -> str:
    if sessions.is_desk(request.path):
        around = _desk_frame()
        return render_template(words.template("staff/error.html", around["language"]), **around, **told)
    frame = _frame()
    return render_template(words.template("errors/error.html", frame["language"]), **frame, **told)


def _again(status: int) -> dict[str, Any]:
    """How to try again: by the form as it was sent, which then is not lost, else by a link."""
    if status not in {429, 500, 503}:
        return {}
    # Whoever asked for mail too often goes back to the page that says how things stand.
    leads_back = status == 429 and "draft" in g
    if not leads_back and (sent := _sent()) is not None:
        return {"again_url": request.full_path.rstrip("?"), "sent": sent}
    return {"retry_url": _retry_url()}


def _sent() -> list[tuple[str, str]] | None:
    """The fields of the form that was sent, if a page may hold them: no files, no passwords."""
    if request.method != "POST" or "security" in request.blueprints:
        return None
    with suppress(HTTPException):  # of a form too large or cut short nothing is left
        fields = list(request.form.items(multi=True))
        files = any(file.filename for file in request.files.values())
        if not files and not any("password" in name for name, _value in fields):
            return fields
    return None


def _retry_url() -> str:
    """This address if it can be looked at, else the page its form stood on."""
    if request.url_rule is None or "GET" in (request.url_rule.methods or ()):
        return request.full_path.rstrip("?")
    if sessions.is_desk(request.path):
        return url_for("account.home")
    return url_for(f"customer.{g.draft.flow}.sent") if "draft" in g else page.home_url()


def _asked_by_script() -> bool:
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _desk_frame() -> dict[str, Any]:
    try:
        return staff_page.frame()
    except SQLAlchemyError:  # who is there is not known while the database does not answer
        return {"language": str(get_locale()), "languages": [], "member": None, "desk": None, "rooms": []}


def _frame() -> dict[str, Any]:
    if "garage" not in g:  # an address that is none may still begin with a garage's
        with suppress(GarageUnknown, SQLAlchemyError):
            page.enter(garages.find(request.path.lstrip("/").partition("/")[0]))
            refresh()  # what went wrong was said in the language of the browser
    if "garage" in g:
        return page.frame()
    return {"garage": None, "brand": None, "language": str(get_locale()), "languages": []}


def _words(status: int) -> tuple[str, str]:
    match status:
        case 403:
            return _("Not for your role"), _("Your role at this garage does not include this. Ask an owner.")
        case 404:
            return _("Page not found"), _(
                "This page does not exist. Perhaps a piece of the address is missing."
            )
        case 410:
            return _("Please start again"), _(
                "We keep unfinished answers for one day, and yours are no longer here."
            )
        case 413:
            return _("That was too much at once"), _(
                "This is more than we can take. Send a smaller file, or fewer files at a time."
            )
        case 429 if request.endpoint == "security.login":
            return _("One moment, please"), _(
                "Sign-in was tried too often with something wrong. Wait a while, sign in with a passkey, or have "
                "a link to a new password sent to you: with the new one you get in at once."
            )
        case 429:
            return _("One moment, please"), _(
                "You asked very often in a short time. Please try again a little later."
            )
        case 500:
            return _("Something went wrong on our side"), _("We are sorry. Nothing you typed before is lost.")
        case 503:
            return _("One moment, please"), _(
                "We are very busy. Nothing is lost: please try again in a few seconds."
            )
        case _:
            return _("That did not work"), _(
                "We could not understand what your browser sent. Please go back and try again."
            )
