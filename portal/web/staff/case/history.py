"""The history of a case in sentences."""

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import g

from portal.core import dates, zones
from portal.core.dates import NATIVE_NAMES
from portal.domain.booking import by_garage
from portal.domain.cases import activities, service
from portal.domain.cases.models import CaseEvent
from portal.domain.garage.views import LocationView
from portal.web.staff.case import words
from portal.web.words import gettext as _
from portal.web.words import ngettext

DAYS = {"vehicle_in", "ready", "planned_end", "finished", "collected"}
ACTIVITIES = "activities"


class Told(NamedTuple):
    """One line: when, who, what happened, and what belongs to it."""

    at: datetime
    who: str
    sentence: str
    more: list[str]


def told(events: list[CaseEvent], place: LocationView) -> list[Told]:
    """The history, the newest first."""
    newest = sorted(events, key=lambda event: (event.at, event.id), reverse=True)
    return [Told(event.at, _who(event), _sentence(event, place), _more(event, place)) for event in newest]


def _who(event: CaseEvent) -> str:
    if by := event.detail.get("by"):
        return str(by)
    known = {"customer": _("Customer"), "garage": _("Garage")}
    return known.get(event.actor, event.actor)


def _sentence(event: CaseEvent, place: LocationView) -> str:
    detail = event.detail
    flow = words.FLOWS.get(detail.get("flow", ""), "")
    match event.what:
        case "opened":
            return _("Case opened")
        case "changed":
            return _("Changed")
        case "booked":
            return _("%(flow)s booked: %(when)s", flow=flow, when=_moment(detail["starts_at"], place))
        case "moved":
            return _("%(flow)s moved to %(when)s", flow=flow, when=_moment(detail["new"], place))
        case "cancelled":
            return _("%(flow)s cancelled: %(when)s", flow=flow, when=_moment(detail["starts_at"], place))
        case by_garage.ASKED:
            return _(
                "%(flow)s: asked the customer for another time than %(when)s",
                flow=flow,
                when=_moment(detail["starts_at"], place),
            )
        case by_garage.KEPT:
            return _(
                "%(flow)s kept outside the hours: %(when)s",
                flow=flow,
                when=_moment(detail["starts_at"], place),
            )
        case service.ANSWERED:
            return _("Your own questions answered")
        case "photos_added":
            return ngettext("%(num)s photo added", "%(num)s photos added", detail["photos"])
        case "photo_removed":
            return _("A photo removed")
        case "letter":
            return _("Letter written to the customer")
        case "merged":
            return _("Case %(number)s became part of this one", number=detail["number"])
        case other:
            return str(other)


def _more(event: CaseEvent, place: LocationView) -> list[str]:
    detail = event.detail
    more = []
    for name, (before, after) in detail.get("fields", {}).items():
        more += _work(before, after) if name == ACTIVITIES else [_change(name, before, after)]
    if detail.get("elsewhere"):
        more.append(_("Confirmed with the link in the mail, in another browser than the one that asked."))
    if detail.get("requested"):
        more.append(_("The customer asked for it; it was confirmed at the desk."))
    more += [
        _("%(question)s “%(answer)s”", question=each["question"], answer=answer(each["answer"]))
        for each in detail.get("answers", ())
    ]
    if event.what == "moved":
        more.append(_("Before: %(moment)s", moment=_moment(detail["old"], place)))
    if reason := detail.get("reason"):
        more.append(_("Reason given: %(reason)s", reason=reason))
    return more


def answer(given: str) -> str:
    """An answer of yes or no in the language that is spoken, any other as it was typed."""
    return {"yes": _("Yes"), "no": _("No")}.get(given, given)


def _change(name: str, before: str, after: str) -> str:
    field, old, new = words.FIELDS.get(name, name), value(name, before), value(name, after)
    if not before:
        return _("%(field)s: %(new)s", field=field, new=new)
    if not after:
        return _("%(field)s: %(old)s, taken out", field=field, old=old)
    return _("%(field)s: %(new)s, before: %(old)s", field=field, new=new, old=old)


def _work(before: str, after: str) -> list[str]:
    """What changed among the activities."""
    try:
        old, new = ({piece.name: piece for piece in activities.listed(text)} for text in (before, after))
    except activities.PieceRefused:  # a name once taken that is not any more, or one erased
        return [_change(ACTIVITIES, before, after)]
    told = [_("Activity taken out: %(name)s", name=name) for name in old if name not in new]
    for name, piece in new.items():
        if name not in old:
            told.append(_("Activity added: %(name)s", name=_piece(piece)))
        elif piece != old[name] and piece.started_on:
            told.append(_piece(piece))
        elif piece != old[name]:
            told.append(_("%(name)s: not started after all", name=name))
    return told or [_("Activities in another order")]


def value(name: str, text: str) -> str:
    """The text of a field as people read it."""
    if not text:
        return _("nothing")
    try:
        return _spoken(name, text)
    except (ValueError, activities.PieceRefused):  # somebody's name was erased in it
        return text


def _spoken(name: str, text: str) -> str:
    if name in DAYS:
        return dates.long_day(date.fromisoformat(text), g.language)
    if name == "damage_zones":
        return ", ".join(str(words.ZONES[zone]) for zone in zones.listed(text))
    if name == ACTIVITIES:
        return _listed(text)
    return str(_NAMES[name](text)) if name in _NAMES else text


def _listed(text: str) -> str:
    try:
        return ", ".join(_piece(piece) for piece in activities.listed(text))
    except activities.PieceRefused:
        return text


def _piece(piece: activities.Piece) -> str:
    if piece.started_on is None:
        return piece.name
    day = dates.long_day(piece.started_on, g.language)
    return _("%(name)s (started on %(day)s)", name=piece.name, day=day)


def damage_flow(slug: str | None) -> str:
    """A damage flow as the garage calls it in the language that is spoken."""
    known = next((each for each in g.desk.garage.profile.damage_flows if each.slug == slug), None)
    if known is None:
        return slug or ""
    names: dict[str, str] = {str(spoken): name for spoken, name in known.name.items()}
    return names.get(g.language) or next(iter(names.values()), known.slug)


def _location(slug: str) -> str:
    place = g.desk.reach.place(slug)
    return place.name if place else slug


_NAMES: dict[str, Any] = {
    "damage_flow": damage_flow,
    "location": _location,
    "language": lambda code: NATIVE_NAMES.get(code, code),
}


def _moment(iso: str, place: LocationView) -> str:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:  # it was erased
        return iso
    return dates.local_moment(moment, place.zone, g.language)
