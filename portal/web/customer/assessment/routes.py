"""The steps that ask for words: about you, your car, the location."""

from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import codes, dates
from portal.domain.booking import offers
from portal.domain.customers.service import CONSENT_VERSION
from portal.domain.drafts import queries, service
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.garage.offerings import assessments
from portal.domain.garage.views import LocationView
from portal.web.customer import page
from portal.web.customer.assessment.forms import (
    MAKES,
    FirstYouForm,
    LocationForm,
    YouForm,
    car_form,
    plate_countries,
    question_fields,
)
from portal.web.customer.assessment.walk import AssessmentWalk
from portal.web.customer.case import CaseWalk, add_pages
from portal.web.customer.walk import register, steps
from portal.web.limits import START, limiter
from portal.web.words import gettext as _

blueprint = Blueprint("assessment", __name__)
of_case = CaseWalk("assessment")
register(blueprint, AssessmentWalk(), of_case)
add_pages(blueprint, of_case)


@blueprint.route("/assessment/", methods=["GET", "POST"])
@blueprint.route("/<location>/assessment/", methods=["GET", "POST"])
@limiter.limit(START, methods=["POST"])
def start(location: str | None = None) -> Response:
    """The first step before there is a draft: looking at it writes nothing, sending it begins the draft."""
    g.entry = entry = _entry(location)
    page.look_like(entry)
    if not (entry.takes("assessment") if entry else g.garage.assessment_locations):
        return page.render("front/page.html", flows=[], location=None, locations=[], contact=None, status=404)
    form = FirstYouForm()
    form.consent.label.text = _consent_words()
    if request.method != "POST":
        form.draft.data = codes.uid()
        response = _you_page(form, send_url=_send_url(form.draft.data, location))
        # Nothing personal yet: Back finds this very page, with the draft's id and what was typed.
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    return _begin(form, entry)


def _send_url(uid: str, location: str | None) -> str:
    # Not the address of the page itself: browsers forget their copy of what a form was sent to, and Back would
    # bring a fresh page that knows nothing of the draft.
    return url_for(".start", location=location, lang=g.language, begin=uid)


def _begin(form: FirstYouForm, entry: LocationView | None) -> Response:
    form.draft.data = form.draft.data if form.draft.validate(form) and form.draft.data else codes.uid()
    right = not steps.wants_language() and form.validate()
    now = clock.now()
    sent = not steps.wants_language() or _was_sent(form.draft.data)
    service.begin(
        form.draft.data,
        garage_id=g.garage.id,
        entry_location_id=entry.id if entry else None,
        language=g.language,
        step="you",
        answered=steps.judged(_with_consent(form.answers()), right, sent=sent),
        now=now,
    )
    g.draft = queries.find(g.garage.id, form.draft.data, now)
    if steps.wants_language():
        return steps.switch_language("you")
    return steps.onwards() if right else steps.look_again("you", form) or _you_page(form)


def _was_sent(uid: str) -> bool:
    try:
        return steps.was_sent(queries.find(g.garage.id, uid, clock.now()), "you")
    except DraftUnknown:
        return False


@blueprint.route("/assessment/<draft>/you", methods=["GET", "POST"])
def you() -> Response:
    form = steps.form_of(YouForm, "you")
    form.consent.label.text = _consent_words()
    return steps.answer("you", form, _with_consent) or _you_page(form)


@blueprint.route("/assessment/<draft>/car", methods=["GET", "POST"])
def car() -> Response:
    form = steps.form_of(car_form(g.walk.asker(g.draft), g.language), "car")
    form.plate_country.choices = plate_countries(g.language)
    if not form.plate_country.data:
        form.plate_country.data = g.place.profile.country
    return steps.answer("car", form, _beside_others) or steps.step_page(
        "car", form, makes=MAKES, questions=question_fields(form)
    )


@blueprint.route("/assessment/<draft>/location", methods=["GET", "POST"])
def location() -> Response:
    places = g.garage.assessment_locations
    form = steps.form_of(LocationForm, "location")
    form.location.choices = [(place.slug, place.name) for place in places]
    answered = steps.answer("location", form)
    if answered is not None:
        return answered
    choices = [_choice(place, str(form.location.data)) for place in places]
    return steps.step_page("location", form, choices=choices)


def _you_page(form: YouForm, **more: Any) -> Response:
    return steps.step_page("you", form, announcement=page.announcement("assessment"), **more)


def _entry(slug: str | None) -> LocationView | None:
    if slug is None:
        return None
    return g.garage.by_slug(slug) or abort(404)


def _with_consent(answers: dict[str, Any]) -> dict[str, Any]:
    """Remember when the box was ticked, and below which words."""
    if not answers.get("consent"):
        return answers
    before = steps.typed(g.draft, "you") if "draft" in g else {}
    given = {
        "consented_at": clock.now().isoformat(),
        "consent_language": g.language,
        "consent_version": CONSENT_VERSION,
    }
    return answers | {name: before.get(name) or value for name, value in given.items()}


def _beside_others(answers: dict[str, Any]) -> dict[str, Any]:
    """What was answered to the questions of another location stays, should that one be chosen again."""
    return steps.typed(g.draft, "car") | answers


def _consent_words() -> str:
    return _(
        "I agree that %(garage)s receives these details and uses them for my case.", garage=g.garage.name
    )


def _choice(place: LocationView, chosen: str) -> dict[str, Any]:
    first_free = offers.offer(assessments(place), clock.now()).day
    return {
        "value": place.slug,
        "name": place.name,
        "street": place.profile.street,
        "city": f"{place.profile.postcode} {place.profile.city}",
        "next_free": dates.long_day(first_free, g.language) if first_free else None,
        "checked": place.slug == chosen,
    }
