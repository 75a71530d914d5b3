"""The last step: look at every answer, then send the request."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.booking import service as booking
from portal.domain.booking.errors import AlreadyBooked, NoPlace
from portal.domain.garage.views import LocationView
from portal.domain.photos import queries as photos
from portal.web.customer.appointments import card
from portal.web.customer.assessment import blueprint, checked, steps, times, walk
from portal.web.customer.confirmation.pages import taken_page
from portal.web.limits import limit_sending


@blueprint.route("/assessment/<draft>/check", methods=["GET", "POST"])
@limit_sending
def check() -> Response:
    open_step = steps.next_open(g.garage, g.draft)
    if open_step != steps.CHECK:
        return redirect(url_for(f".{open_step}"), 303)
    if request.method != "POST":
        return _page()
    if walk.wants_language():
        return walk.switch_language(steps.CHECK)
    wrong = checked.first_wrong(g.draft)
    if wrong is not None:
        walk.keep(wrong, steps.typed(g.draft, wrong), done=False)
        return walk.onwards()
    return _send(*_place_and_time())


def _send(place: LocationView, chosen: times.Chosen) -> Response:
    try:
        booking.request(
            draft_id=g.draft.id,
            garage_id=g.garage.id,
            location=place,
            day=chosen.day,
            minute=chosen.minute,
            answers=checked.answers(g.draft, place),
            now=clock.now(),
        )
    except NoPlace:
        walk.keep("timeslot", steps.typed(g.draft, "timeslot"), done=False)
        return taken_page(place, g.draft.uid)
    except AlreadyBooked:
        pass  # the next page says so
    return redirect(url_for(".sent"), 303)


def _page() -> Response:
    place, chosen = _place_and_time()
    return walk.step_page(
        "check",
        appointment=card(place, chosen.day, chosen.minute),
        sections=checked.sections(g.draft, g.garage, place, chosen, photos.of_draft(g.draft.id)),
    )


def _place_and_time() -> tuple[LocationView, times.Chosen]:
    place = steps.location(g.garage, g.draft)
    chosen = times.Chosen.parse(steps.typed(g.draft, "timeslot")["timeslot"])
    assert place is not None and chosen is not None, "every step is done"
    return place, chosen
