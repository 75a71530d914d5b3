"""The rooms of the desk as its menu shows them."""

from functools import lru_cache
from typing import Any, NamedTuple

from flask import request, url_for

from portal.domain.team.queries import Desk
from portal.domain.team.rights import Right
from portal.web.words import lazy_gettext as _


class Room(NamedTuple):
    """One line of the menu: the first page of a room, its name and drawing, and the right it asks for."""

    endpoint: str
    name: Any
    icon: str
    right: Right


# First what one works with all day, then what is set up once.
ROOMS = (
    Room("staff.today.show", _("Today"), "clock", Right.LOOK),
    Room("staff.cases.show", _("Cases"), "folder", Right.LOOK),
    Room("staff.hours.show", _("Hours"), "week", Right.LOOK),
    Room("staff.deliveries.show", _("Deliveries"), "mail", Right.LOOK),
    Room("staff.work.show", _("What we do"), "gear", Right.PLAN),
    Room("staff.letters.show", _("Letters"), "pen", Right.OWN),
    Room("staff.brand.show", _("Brand"), "palette", Right.OWN),
    Room("staff.embed.show", _("Embed"), "globe", Right.OWN),
    Room("staff.team.show", _("Team"), "people", Right.OWN),
    Room("staff.privacy.show", _("Privacy"), "shield", Right.OWN),
    Room("staff.log.show", _("Log"), "history", Right.OWN),
)

# Rooms without a line of their own: one gets there from the cases.
ABOUT_A_CASE = frozenset({"staff.case", "staff.case_letters", "staff.request"})


def rooms(desk: Desk) -> list[dict[str, Any]]:
    """The rooms a member may enter, in order; one of them is `here`."""
    blueprint = (request.endpoint or "").rpartition(".")[0]
    blueprint = "staff.cases" if blueprint in ABOUT_A_CASE else blueprint
    addresses = _addresses(desk.garage.slug, request.script_root)
    return [
        {
            "url": addresses[room.endpoint],
            "name": room.name,
            "icon": room.icon,
            "here": blueprint == room.endpoint.rpartition(".")[0],
        }
        for room in ROOMS
        if desk.may(room.right)
    ]


@lru_cache(maxsize=1024)
def _addresses(slug: str, _script_root: str) -> dict[str, str]:
    """Where the rooms of a garage are; they stand on every page."""
    return {room.endpoint: url_for(room.endpoint, garage=slug) for room in ROOMS}
