"""The pages of a look-up. Every wrong answer is told in the same words."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.domain.garage.profile import Flow
from portal.web.customer import page
from portal.web.customer.lookup.forms import LookUpForm


def ask(
    flow: Flow,
    location: str | None,
    form: LookUpForm,
    *,
    status: int = 200,
    unknown: bool = False,
    wait_until: str | None = None,
) -> Response:
    """The form, with what was typed."""
    response = page.render(
        "lookup/entrance.html",
        status=status,
        flow=flow,
        form=form,
        unknown=unknown,
        wait_until=wait_until,
        announcement=page.announcement(flow),
        send_url=url_for(f"customer.{flow}.start", location=location, lang=g.language),
        back_url=page.home_url(),
    )
    if request.method == "GET":
        response.headers["Cache-Control"] = "private, no-cache"  # nothing personal yet
    return response


def wait(flow: Flow, location: str | None, form: LookUpForm, seconds: int) -> Response:
    """Too many wrong answers: the form again, and when it will be listened to."""
    response = ask(flow, location, form, status=429, wait_until=_clock(seconds))
    response.headers["Retry-After"] = str(seconds)
    return response


def not_offered(flow: Flow) -> Response:
    """What a hidden flow answers, whatever link led here."""
    return page.render("lookup/not_offered.html", status=404, flow=flow)


def unknown(flow: Flow) -> Response:
    """A link that is none. Who would book an assessment is not looked up: without a link that begins anew."""
    shown = flow != "assessment" and flow in g.garage.flows
    look_up_url = url_for(f"customer.{flow}.start", location=None, lang=g.language) if shown else None
    return page.render("lookup/unknown.html", status=404, look_up_url=look_up_url)


def _clock(seconds: int) -> str:
    """The first full minute after so many seconds, with its day if that is another."""
    now = clock.now()
    zone = ZoneInfo(g.place.zone)
    then = now + timedelta(seconds=seconds + 59)
    if then.astimezone(zone).date() == now.astimezone(zone).date():
        return dates.local_clock(then, g.place.zone)
    return dates.local_moment(then, g.place.zone, g.language)
