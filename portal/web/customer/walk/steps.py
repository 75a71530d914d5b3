"""How one walks through the steps of a flow: keep what was sent, show the page again or go on."""

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.drafts import queries, service
from portal.domain.drafts.queries import DraftView
from portal.domain.drafts.service import Answered
from portal.domain.garage.views import LocationView
from portal.web.customer import page
from portal.web.fields import Form

Typed = dict[str, Any]
CHECK = "check"


def typed(draft: DraftView, step: str) -> Typed:
    """What was typed at a step so far."""
    answers: Typed = draft.answers.get(step, {}).get("typed", {})
    return answers


def is_done(draft: DraftView, step: str) -> bool:
    """Whether a step was answered rightly."""
    return bool(draft.answers.get(step, {}).get("done"))


def still_holds(draft: DraftView, step: str) -> bool:
    """Whether a step was answered rightly, by the very rules that are those of now."""
    return is_done(draft, step) and draft.answers[step].get("rules") == _rules(draft)


def was_sent(draft: DraftView, step: str) -> bool:
    """Whether the customer held a step for finished, rightly or not."""
    return bool(draft.answers.get(step, {}).get("sent"))


def asks_more(step: str) -> bool:
    """Whether a step was answered rightly, but not by the rules of now: the garage changed them, or a location has others."""
    return is_done(g.draft, step) and not g.walk.holds(g.draft, step)


def next_open() -> str:
    """The first step of the walk that still needs an answer; the check when none does."""
    homeless = {"location", "timeslot"} if g.walk.offering(g.draft) is None else set()
    return next(
        step
        for step in g.walk.steps(g.draft)
        if step == CHECK or step in homeless or not is_done(g.draft, step) or asks_more(step)
    )


def form_of(kind: type[Form], step: str) -> Any:
    """The form of a step: as sent, or as kept."""
    return kind() if request.method == "POST" else kind.of(typed(g.draft, step))


def answer(step: str, form: Form, tidy: Callable[[Typed], Typed] = dict) -> Response | None:
    """Keep what was sent; where to go next, or None if the page is to be shown. A step that is none leads on."""
    if step not in g.walk.steps(g.draft):
        return onwards()
    if request.method != "POST":
        if was_sent(g.draft, step) and not is_done(g.draft, step):
            form.validate()  # a page that was left with a mistake still says which
        return None
    if wants_language():
        return switch_language(step, form, tidy)
    right = form.validate()
    keep(step, tidy(form.answers()), done=right)
    return onwards() if right else look_again(step, form)


def look_again(step: str, form: Form) -> Response | None:
    """To the page of a step that was sent with a mistake; None if only this very answer can say which it is.

    The page is an address of its own: as an answer to what was sent, Back would find nothing but a question of the
    browser whether to send it once more.
    """
    # What cannot be kept was taken out already, so that what is left is right.
    unheard = any(field.process_errors for field in form)
    return None if unheard else redirect(url_for(f".{step}"), 303)


def wants_language() -> bool:
    """Whether the button that was pressed asks for another language, not for the next step."""
    return "language" in request.form


def switch_language(step: str, form: Form | None = None, tidy: Callable[[Typed], Typed] = dict) -> Response:
    """The same step in the language of the pressed button, with what stood in its fields."""
    page.speak(request.form["language"])
    answers = {}
    if form is not None:
        done = form.validate() and is_done(g.draft, step)
        sent = was_sent(g.draft, step) and not asks_more(step)
        answers = {step: judged(tidy(form.answers()), done, sent=sent)}
    _save(answers)
    shown: Typed = {name: request.args[name] for name in ("day", "view") if name in request.args}
    return redirect(url_for(f".{step}", **shown), 303)


def keep(step: str, given: Typed, *, done: bool) -> None:
    """Write one step's answers down, right (`done`) or wrong."""
    _save({step: judged(given, done)})


def judged(given: Typed, done: bool, *, sent: bool = True) -> Answered:
    """One step's answers, right (`done`) or wrong by the rules of now."""
    return Answered(given, done, sent, rules=_rules(g.get("draft")))


def onwards() -> Response:
    """To the first step that still needs an answer."""
    return redirect(url_for(f".{next_open()}"), 303)


def step_page(
    step: str,
    form: Form | None = None,
    *,
    template: str | None = None,
    status: int = 0,
    **context: Any,
) -> Response:
    """The page of a step, with its place in the walk; a form with mistakes makes it a 422."""
    names = g.walk.steps(g.get("draft"))
    at = names.index(step)
    wrong = form is not None and bool(form.errors)
    return page.render(
        f"{template or f'{g.walk.flow}/{step}'}.html",
        status=status or (422 if wrong else 200),
        form=form,
        flow=g.walk.flow,
        known="draft" in g and g.draft.case_id is not None,
        asks_more=g.walk.asker(g.draft).name if "draft" in g and asks_more(step) else "",
        progress={"step": at + 1, "of": len(names)},
        back_url=url_for(f".{names[at - 1]}") if at else g.walk.way_in(g.get("draft")),
        **context,
    )


def _rules(draft: DraftView | None) -> str:
    """By what answers are judged: what the garage says now, or a location that asks by rules of its own."""
    asker, revision = g.walk.asker(draft), str(g.garage.revision)
    itself = isinstance(asker, LocationView) and asker.asks_itself
    return f"{revision} {asker.slug}" if itself else revision


def _save(answers: dict[str, Answered]) -> None:
    now, place = clock.now(), answers.get("location")
    if place and place.typed.get("location") != typed(g.draft, "location").get("location"):
        answers = {**answers, "timeslot": Answered({}, False)}  # a time belongs to its place
    service.save(g.draft.uid, garage_id=g.garage.id, answers=answers, language=g.language, now=now)
    g.draft = queries.find(g.garage.id, g.draft.uid, now)
