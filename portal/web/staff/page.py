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
from portal.web import words
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
    around = frame()
    made = words.template(f"staff/{template}", around["language"])
    return make_response(render_template(made, **around, **context), status)


def frame() -> dict[str, Any]:
    """What the frame around every page shows."""
    if "language" not in g:
        speak_to_visitor()
    desk = g.get("desk")
    member = current_user._get_current_object()  # what is asked of the proxy is looked up anew each time
    member = member if member.is_authenticated else None
    return {
        "language": g.language,
        "languages": [{"code": code, "name": NATIVE_NAMES[code]} for code in LANGUAGES],
        "member": member,
        "desk": desk,
        "rooms": menu.rooms(desk) if desk else [],
        "search_url": url_for("staff.cases.show") if desk and desk.may(Right.LOOK) else "",
        "other_garages": desk.elsewhere if desk else team.garages_of(member.id) if member else (),
    }


def actor() -> Actor:
    """Whoever is signed in, as the audit log names them."""
    return Actor(current_user.name, current_user.id)
