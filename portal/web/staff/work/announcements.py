"""Announcements: a few plain words where a flow begins, or where a time is picked."""

from datetime import date
from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core.dates import NATIVE_NAMES
from portal.domain.garage.errors import Overtaken
from portal.domain.garage.profile import FLOWS, Announcement
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.work.forms import FLOW_NAMES, AnnouncementsForm, announcements_form
from portal.web.staff.work.routes import blueprint
from portal.web.words import gettext as _

FIELDS = ("announcements",)


@blueprint.route("/announcements", methods=["GET", "POST"])
@blueprint.route("/announcements/<location>", methods=["GET", "POST"])
@needs(Right.PLAN)
def announcements(location: str | None = None) -> Response:
    of = parts.of_address(location)
    form = announcements_form(tuple(g.desk.garage.languages))()
    if not form.is_submitted():
        form = _filled(of)
        form.expected.data = parts.fingerprint(of, FIELDS)
        return _page(form, of)
    if not (form.validate() and _complete(form)):
        return _page(form, of)
    try:
        parts.save(form, of, {"announcements": _stored(form, of)}, about="announcements")
    except Overtaken:
        return _page(form, of, parts.overtaken(form, of, FIELDS, _filled))
    flash(_("Saved. Customers read this from now on."))
    return redirect(url_for(".announcements", location=location), 303)


def _complete(form: AnnouncementsForm) -> bool:
    """Whether every announcement can be read by everybody and is shown somewhere."""
    first = g.desk.garage.languages[0]
    for flow in FLOWS:
        words = parts.typed(form, f"words_{flow}")
        if words and first not in words:
            field = form[f"words_{flow}_{first}"]
            field.errors = [
                _(
                    "Write it in %(language)s too: whose language is missing reads that one.",
                    language=NATIVE_NAMES[first],
                )
            ]
        elif words and not _where(form, flow):
            form[f"first_{flow}"].errors = [_("Tick where customers read this announcement.")]
        first_day, last_day = _days(form, flow)
        if first_day and last_day and last_day < first_day:
            form[f"valid_until_{flow}"].errors = [_("The last day lies before the first.")]
    return not form.errors


def _where(form: AnnouncementsForm, flow: str) -> dict[str, bool]:
    """The pages an announcement is ticked for; nothing if it is for none."""
    ticked = {
        name: f"{name}_{flow}" in form and form[f"{name}_{flow}"].data for name in ("first", "timeslot")
    }
    return ticked if any(ticked.values()) else {}


def _days(form: AnnouncementsForm, flow: str) -> tuple[date | None, date | None]:
    return form[f"valid_from_{flow}"].data, form[f"valid_until_{flow}"].data


def _stored(form: AnnouncementsForm, of: parts.PartOf) -> dict[str, Any]:
    told = {flow: parts.typed(form, f"words_{flow}") for flow in FLOWS}
    days = {flow: [day.isoformat() if day else None for day in _days(form, flow)] for flow in FLOWS}
    return {
        flow: {
            "valid_from": days[flow][0],
            "valid_until": days[flow][1],
            "words": parts.keep_unspoken(
                before.words if (before := of.profile.announcements.get(flow)) else {},
                words,
                g.desk.garage.languages,
            ),
            **_where(form, flow),
        }
        for flow, words in told.items()
        if words
    }


def _filled(of: parts.PartOf) -> AnnouncementsForm:
    data: dict[str, Any] = {f"first_{flow}": True for flow in FLOWS}
    for flow, announcement in of.profile.announcements.items():
        data |= {f"first_{flow}": announcement.first, f"timeslot_{flow}": announcement.timeslot}
        data |= {
            f"valid_from_{flow}": announcement.valid_from,
            f"valid_until_{flow}": announcement.valid_until,
        }
        data |= parts.spread(f"words_{flow}", announcement.words)
    return announcements_form(tuple(g.desk.garage.languages))(formdata=None, **data)


def _page(form: AnnouncementsForm, of: parts.PartOf, newer: list[parts.Newer] | None = None) -> Response:
    place = parts.as_place(of)
    garage, now = g.desk.garage, clock.now()
    today = (place or garage.locations[0]).today(now)
    return page.render(
        "work/announcements.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        place=place,
        flows=FLOW_NAMES,
        inherited={
            flow: garage.announcement(flow, "first", g.language, now)
            or garage.announcement(flow, "timeslot", g.language, now)
            for flow in FLOWS
        }
        if place
        else {},
        over={flow for flow, each in of.profile.announcements.items() if _is_over(each, today)},
        codes=garage.languages,
        newer=newer,
    )


def _is_over(announcement: Announcement, today: date) -> bool:
    return announcement.valid_until is not None and announcement.valid_until < today
