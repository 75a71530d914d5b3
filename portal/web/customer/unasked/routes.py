"""This was not me: the link shows, the press gives the place back and ends such mails for a while."""

from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.adapters.tokens import Forged
from portal.core import dates
from portal.domain.booking import unwanted
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.unwanted import Letter
from portal.letters.links import UNASKED
from portal.web.customer import page
from portal.web.customer.appointments import card_of
from portal.web.customer.confirmation.pages import personal_links
from portal.web.customer.unasked.forms import UnaskedForm
from portal.wiring import wired

blueprint = Blueprint("unasked", __name__)


@blueprint.route("/unasked/<token>", methods=["GET", "POST"])
def show(token: str) -> Response:
    uid, letter = _read(token)
    form = UnaskedForm()
    if request.method != "POST":
        return _page(letter, form)
    if "language" in request.form:
        page.speak(request.form["language"])
        return redirect(url_for(".show", token=token, lang=g.language), 303)
    if not form.validate():
        return _page(letter, form, status=422)
    unwanted.stop(uid, clock.now())
    return redirect(url_for(".show", token=token, lang=page.asked_explicitly()), 303)


def _page(letter: Letter, form: UnaskedForm, *, status: int = 200) -> Response:
    asked = letter.appointment
    until = letter.quiet_until and letter.quiet_until.astimezone(ZoneInfo(asked.location.zone))
    return page.render(
        "unasked.html",
        status=status,
        form=form,
        appointment=card_of(asked),
        quiet_until=dates.long_day(until.date(), g.language) if until else None,
    )


def _read(token: str) -> tuple[str, Letter]:
    try:
        (uid,) = wired().tokens.read(UNASKED, token)
        letter = unwanted.letter(uid, clock.now())
    except (Forged, RequestUnknown, ValueError):
        abort(page.render("confirmation/unknown.html", newer=False, status=404))
    asked = letter.appointment
    if asked.garage.id != g.garage.id:
        abort(page.render("confirmation/unknown.html", newer=False, status=404))
    page.look_like(asked.location)
    if page.asked_explicitly() is None:
        page.speak(letter.language)
    if (
        asked.is_booked or asked.is_cancelled
    ):  # whoever reads this mailbox confirmed it; here it can be cancelled
        abort(redirect(personal_links(asked).booking, 303))
    return uid, letter
