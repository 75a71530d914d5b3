"""The way of every change: look at it, decide about the bookings it leaves outside, save."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking import planning
from portal.domain.booking.errors import Undecided
from portal.domain.booking.outside import Outside
from portal.domain.booking.planning import Choice, Preview
from portal.domain.garage import sections
from portal.domain.garage.errors import Overtaken, PartRefused
from portal.domain.garage.sections import Section
from portal.domain.garage.views import LocationView
from portal.web.staff import page
from portal.web.staff.hours import review
from portal.web.words import gettext as _
from portal.web.words import ngettext

Again = Callable[..., Response]


def attempt(
    place: LocationView,
    section: Section,
    values: Mapping[str, Any],
    *,
    expected: str,
    again: Again,
    done_url: str,
) -> Response:
    """Save `values` of a section, if nothing stands in the way.

    `again(status=…, overtaken=…, refused=…)` is the form once more, with what was typed; `overtaken` when somebody
    else saved the section meanwhile, `refused` when the garage as a whole would break a rule.
    """
    now = clock.now()
    if review.EDIT in request.form:
        return again()
    if sections.read(place, section).fingerprint != expected:
        return again(status=409, overtaken=True)
    try:
        preview = planning.preview(g.desk.garage, place, section, values, now)
    except PartRefused:
        return again(status=422, refused=True)
    waits = any(not each.held for each in preview.outside) and review.REVIEWED not in request.form
    if review.PREVIEW in request.form or waits:
        return review.page_of(place, section, preview, now, status=409 if waits else 200)
    return _save(place, section, values, preview, expected=expected, again=again, done_url=done_url)


def choices(outside: list[Outside]) -> dict[str, Choice]:
    """What was chosen for each of these bookings that were listed; nothing for those who are still to be phoned."""
    listed = [each for each in outside if f"choice-{each.uid}" in request.form]
    return {each.uid: _choice(each) for each in listed if each.email or request.form[f"choice-{each.uid}"]}


def tell_to_phone(outside: list[Outside], chosen: Mapping[str, Choice]) -> bool:
    """Say how many customers must be phoned because no mail reaches them; whether there are any."""
    silent = [
        each for each in outside if not each.held and not each.email and chosen.get(each.uid) is Choice.KEEP
    ]
    if silent:
        flash(
            ngettext(
                "%(num)s customer has no mail address: please phone.",
                "%(num)s customers have no mail address: please phone.",
                len(silent),
            ),
            "todo",
        )
    return bool(silent)


def _choice(each: Outside) -> Choice:
    own, common = request.form[f"choice-{each.uid}"], request.form.get("choice", "")
    # What is chosen for all goes by mail, so it says nothing about those whom no mail reaches.
    asked = own or (common if each.email else "")
    return Choice(asked) if asked in set(Choice) else Choice.KEEP


def _save(
    place: LocationView,
    section: Section,
    values: Mapping[str, Any],
    preview: Preview,
    *,
    expected: str,
    again: Again,
    done_url: str,
) -> Response:
    now, chosen = clock.now(), choices(preview.outside)
    try:
        planning.save(
            g.desk.garage,
            place,
            section,
            values,
            expected=expected,
            choices=chosen,
            by=page.actor(),
            now=now,
        )
    except Overtaken:
        return again(status=409, overtaken=True)
    except PartRefused:
        return again(status=422, refused=True)
    except Undecided:  # somebody booked meanwhile
        return review.page_of(place, section, preview, now, status=409)
    flash(_("Saved."))
    if tell_to_phone(preview.outside, chosen):
        done_url = url_for("staff.hours.outside", place=place.slug)
    return redirect(done_url, 303)
