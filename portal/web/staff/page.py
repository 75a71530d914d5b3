"""What every page of the desk knows: who is there, at which garage, in which language, and the rooms in the menu."""

from typing import Any

from flask import g, make_response, render_template, request, url_for
from flask_babel import refresh
from flask_security import current_user
from werkzeug.wrappers import Response

from portal.core.dates import NATIVE_NAMES
from portal.domain.audit.service import Actor
from portal.domain.garage.profile import LANGUAGES
from portal.domain.team import queries as team
from portal.domain.team.rights import Right
from portal.web.staff import menu


def speak_to_visitor() -> None:
    """Speak the language of whoever is signed in, else what the browser asks for."""
    chosen = request.args.get("lang", "")
    own = current_user.language if current_user.is_authenticated else None
    g.language = (
        chosen if chosen in LANGUAGES else own or request.accept_languages.best_match(LANGUAGES, "en")
    )
    refresh()


def render(template: str, *, status: int = 200, **context: Any) -> Response:
    """A page of the desk."""
    return make_response(render_template(f"staff/{template}", **frame(), **context), status)


def frame() -> dict[str, Any]:
    """What the frame around every page shows."""
    if "language" not in g:
        speak_to_visitor()
    desk = g.get("desk")
    member = current_user if current_user.is_authenticated else None
    return {
        "language": g.language,
        "languages": [{"code": code, "name": NATIVE_NAMES[code]} for code in LANGUAGES],
        "member": member,
        "desk": desk,
        "rooms": menu.rooms(desk) if desk else [],
        "search_url": url_for("staff.cases.show") if desk and desk.may(Right.LOOK) else "",
        "other_garages": _others(desk) if member else [],
    }


def actor() -> Actor:
    """Whoever is signed in, as the audit log names them."""
    return Actor(current_user.name, current_user.id)


def _others(desk: team.Desk | None) -> list[Any]:
    return list(team.garages_of(current_user.id, but=desk.garage.id if desk else None))
