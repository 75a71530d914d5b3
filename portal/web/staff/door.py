"""The door of the desk: who may see which page. A page without a rule is shown to nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, redirect, request, session, url_for
from flask_login import logout_user
from flask_security import current_user
from werkzeug.wrappers import Response

from portal.db import apart
from portal.domain.team import queries as team
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.sessions import csrf

View = TypeVar("View", bound=Callable[..., Any])

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Rule:
    """What a page asks of its visitor; one of these stands on every view below `/staff/`."""

    ANYBODY = "anybody"  # also who is not signed in
    MEMBER = "member"  # whoever is signed in
    OPERATOR = "operator"  # who looks after all garages


def needs(rule: Right | str) -> Callable[[View], View]:
    """The view is for members whose role at the garage has this right, or for whom a `Rule` names."""

    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(endpoint: str) -> Right | str | None:
    """The rule on a view, if it has one."""
    return getattr(current_app.view_functions[endpoint], "rule", None)


def guard(blueprint: Blueprint) -> Blueprint:
    """The blueprint with a door: only those come in whom the rule of a view lets in."""
    blueprint.before_request(_admit)
    blueprint.after_request(_private)
    return blueprint


def guard_garage(blueprint: Blueprint) -> Blueprint:
    """The same for the rooms of one garage, whose name is in their address."""

    @blueprint.url_value_preprocessor
    def _take_garage(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.asked_garage = values.pop("garage") if values else None

    @blueprint.url_defaults
    def _same_garage(_endpoint: str, values: dict[str, Any]) -> None:
        desk = g.get("desk")
        if desk is not None:
            values.setdefault("garage", desk.garage.slug)

    return guard(blueprint)


def sign_out() -> None:
    """Forget who was signed in with this browser."""
    logout_user()
    session.clear()


def _admit() -> Response | None:
    page.speak_to_visitor()
    rule = rule_of(request.endpoint or "")
    if rule is None:
        raise RuntimeError(f"{request.endpoint} has no rule")
    desk = _desk() if isinstance(rule, Right) else None
    if desk is None and rule != Rule.ANYBODY and not is_here():  # before anything of a form is read
        return redirect(url_for("security.login", next=_way_back()))
    if request.method not in READING:
        csrf.protect()
    if rule == Rule.ANYBODY:
        return None
    if rule == Rule.OPERATOR:
        # Whoever is no operator learns nothing, not even that there is such a page.
        return None if current_user.operator else abort(404)
    if rule == Rule.MEMBER:
        return None
    if desk is None:
        abort(404)
    g.desk = desk
    apart.serve(desk.garage.id)
    return None if desk.may(Right(rule)) else abort(403)


def _desk() -> team.Desk | None:
    """The desk of whoever is signed in, at the garage of the address."""
    if not current_user.is_authenticated:
        return None
    return team.desk(current_user.id, session.get("sign_in", ""), g.asked_garage)


def is_here() -> bool:
    """Whether somebody is signed in with this browser, and nobody ended that from another one."""
    if not current_user.is_authenticated:
        return False
    if not team.is_signed_in(current_user.id, session.get("sign_in", "")):
        sign_out()  # it was ended from another browser
        return False
    return True


def _way_back() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _private(response: Response) -> Response:
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
