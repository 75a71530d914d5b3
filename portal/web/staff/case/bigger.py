"""The two steps that cannot be taken back: two cases made one, and a case erased. Each has a page of its own."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking import queries as bookings
from portal.domain.cases.errors import CaseUnknown
from portal.domain.casework import letters, merging
from portal.domain.casework.errors import Hindrance, NotMerged
from portal.domain.casework.merging import Preview
from portal.domain.mailing.models import State as Mail
from portal.domain.photos import queries as photos
from portal.domain.privacy import case_erasing
from portal.domain.privacy.errors import StillComing
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import history, words
from portal.web.staff.case.blueprint import blueprint
from portal.web.staff.case.forms import EraseForm
from portal.web.staff.door import needs
from portal.web.words import gettext as _
from portal.wiring import wired


@blueprint.route("/merge", methods=["GET", "POST"])
@needs(Right.WORK)
def merge() -> Response:
    """Another case of the same car becomes part of this one: choose it, look at what happens, do it."""
    other = request.values.get("other", "")
    if not other:
        return _merging_page(None)
    try:
        seen = merging.preview(g.desk.reach, g.case.case.number, other, clock.now())
        if request.method != "POST":
            return _merging_page(seen)
        merging.merge(g.desk.reach, g.case.case.number, other, by=page.actor(), now=clock.now())
    except CaseUnknown:
        return _merging_page(None, 404, _("There is no such case of this car."))
    except NotMerged as no:
        return _merging_page(seen, 409, _hindrance(no.hindrance))
    flash(_("Case %(number)s is part of this one now.", number=other))
    return redirect(url_for(".show"), 303)


@blueprint.route("/erase", methods=["GET", "POST"])
@needs(Right.OWN)
def erase() -> Response:
    """The case with its customer and car, for ever; other cases of the customer stay."""
    form = EraseForm()
    if request.method != "POST":
        return _erasing_page(form)
    if form.validate() and not form.is_right():
        form.plate.errors = [_("That is not the plate of this case.")]
    if form.errors:
        return _erasing_page(form, 422)
    try:
        case_erasing.erase_case(
            wired().storage,
            wired().tokens,
            g.desk.reach,
            g.case.case.number,
            by=page.actor(),
            now=clock.now(),
        )
    except StillComing:
        form.plate.errors = [_still_coming()]
        return _erasing_page(form, 409)
    flash(_("The case is gone."))
    return redirect(f"/staff/{g.desk.garage.slug}/cases/", 303)


def _merging_page(seen: Preview | None, status: int = 200, refused: str = "") -> Response:
    if seen is not None and seen.hindrance is not None:
        refused = refused or _hindrance(seen.hindrance)
    return page.render(
        "case/merge.html",
        status=status,
        failed=status >= 400,
        refused=refused,
        seen=seen,
        filled=_facts(seen.filled if seen else {}),
        given_up=_facts(seen.given_up if seen else {}),
        twins=merging.candidates(g.desk.reach, g.case.case.number),
        case=g.case.case,
        vehicle=g.case.vehicle,
    )


def _facts(values: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"field": words.FIELDS[name], "value": history.value(name, text)} for name, text in values.items()
    ]


def _still_coming() -> str:
    return _("This case has a coming appointment. Cancel it first, so that the customer knows.")


def _erasing_page(form: EraseForm, status: int = 200) -> Response:
    now = clock.now()
    waiting = [each for each in letters.of_case(g.case.case) if each.state in (Mail.QUEUED, Mail.SENDING)]
    return page.render(
        "case/erase.html",
        status=status,
        failed=status >= 400,
        form=form,
        photos=len(photos.of_case(g.case.case.id)),
        waiting=len(waiting),
        coming=_still_coming() if any(each.ends_at > now for each in bookings.booked(g.case.case.id)) else "",
        case=g.case.case,
        vehicle=g.case.vehicle,
    )


def _hindrance(hindrance: Hindrance) -> str:
    match hindrance:
        case Hindrance.ANOTHER_CAR:
            return _("These cases are about two cars: neither plate nor chassis number is the same.")
        case Hindrance.TWO_REPAIRS:
            return _("Both cases have a coming repair, and a case has one. Cancel one of them first.")
        case Hindrance.OPEN_REQUEST:
            return _(
                "A customer is just confirming an appointment of one of these cases. Try again in half an hour."
            )
