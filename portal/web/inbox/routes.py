"""The list of mails, one mail, and its parts."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request

from portal.domain.garage.profile import LANGUAGES
from portal.web.headers import MAIL_POLICY
from portal.web.inbox import maildir
from portal.web.inbox.maildir import Mail
from portal.wiring import wired

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")


@blueprint.before_request
def _speak() -> None:
    g.language = request.accept_languages.best_match(LANGUAGES) or "en"


@blueprint.after_request
def _personal(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/")
def show() -> str:
    return _page("list.html", mails=maildir.newest(_folder()))


@blueprint.get("/<key>/")
def mail(key: str) -> str:
    return _page("mail.html", mail=_find(key))


@blueprint.get("/<key>/html")
def html(key: str) -> Response:
    # Links open beside the inbox: inside the frame the portal's own pages refuse to appear.
    return Response(
        _find(key).html.replace("<head>", '<head><base target="_blank">', 1), mimetype="text/html"
    )


@blueprint.get("/<key>/files/<int:number>")
def file(key: str, number: int) -> Response:
    files = _find(key).files
    if number >= len(files):
        abort(404)
    wanted = files[number]
    response = Response(wanted.data, mimetype=wanted.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=wanted.name)
    return response


html.talisman_view_options = {"content_security_policy": MAIL_POLICY}  # type: ignore[attr-defined]


def _folder() -> Path:
    folder = wired().settings.inbox_dir
    assert folder is not None  # else this blueprint is not registered
    return folder


def _find(key: str) -> Mail:
    try:
        return maildir.find(_folder(), key)
    except maildir.NotThere:
        abort(404)


def _page(template: str, **context: Any) -> str:
    return render_template(f"inbox/{template}", language=g.language, **context)
