"""The page of a case, and what is done on it with one press."""

from flask import abort, flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import zones
from portal.domain.cases import activities, details, notes, service, within
from portal.domain.cases.activities import Piece
from portal.domain.cases.errors import DetailsRefused, Overtaken
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import appointments, bigger, editing, pages, photos, undo, words
from portal.web.staff.case.blueprint import blueprint
from portal.web.staff.case.forms import NoteForm, ZonesForm
from portal.web.staff.door import needs
from portal.web.words import gettext as _

__all__ = ["appointments", "bigger", "blueprint", "editing", "photos"]  # their views stand on the blueprint

STAGES = ("vehicle_in", "ready", "finished", "collected")
PRESSED = (
    *STAGES,
    "damage_flow",
    "activities",
    "damage_zones",
)  # what is changed by one press, and undone by one


@blueprint.get("/")
@needs(Right.LOOK)
def show() -> Response:
    return pages.show()


@blueprint.post("/stages/<field>")
@needs(Right.WORK)
def reach_stage(field: str) -> Response:
    """A stage is reached today."""
    today = g.case.place.today(clock.now())
    if field == "activities":
        waiting = next((each for each in g.case.values["activities"] if each.started_on is None), None)
        return _start(waiting.name) if waiting else redirect(url_for(".show"), 303)
    if field not in STAGES:
        abort(404)
    return _press({field: today.isoformat()}, _("%(stage)s: today.", stage=words.FIELDS[field]))


@blueprint.post("/undo")
@needs(Right.WORK)
def take_back() -> Response:
    """What the last press changed is as it was before."""
    before = {name: request.form[f"before-{name}"] for name in PRESSED if f"before-{name}" in request.form}
    try:
        service.update(
            g.desk.garage,
            g.case.case.number,
            before,
            clock.now(),
            by=page.actor(),
            expected=request.form.get("expected", ""),
        )
    except (Overtaken, DetailsRefused):
        return _again(409, _("It was changed once more since, so it stays as it is now."))
    flash(_("As it was before."))
    return redirect(url_for(".show"), 303)


@blueprint.post("/damage-flow")
@needs(Right.WORK)
def choose_flow() -> Response:
    return _press({"damage_flow": request.form.get("damage_flow", "")}, _("Damage flow changed."))


@blueprint.post("/activities")
@needs(Right.WORK)
def change_activities() -> Response:
    """Start, add or remove one activity."""
    do, name = request.form.get("do", ""), request.form.get("name", "").strip()
    known: tuple[Piece, ...] = g.case.values["activities"]
    if do == "start":
        return _start(name)
    if do == "remove":
        left = [each for each in known if each.name != name]
        return _press({"activities": activities.spelled(left)}, _("%(name)s is taken out.", name=name))
    if not name or {"|", "="} & set(name) or len(name) > activities.MAX_NAME:
        sentence = _("Enter what is to be done in a few words, without | and =.")
        return pages.show(status=422, activity=name, activity_error=sentence)
    if name.casefold() in {each.name.casefold() for each in known}:
        return pages.show(
            status=422, activity=name, activity_error=_("%(name)s is there already.", name=name)
        )
    more = [*known, Piece(name, None)]
    return _press({"activities": activities.spelled(more)}, _("%(name)s is added.", name=name))


@blueprint.route("/damage", methods=["GET", "POST"])
@needs(Right.WORK)
def draw() -> Response:
    """Where on the car the damage is."""
    form = ZonesForm()
    if not form.is_submitted():
        hit = list(zones.listed(g.case.case.damage_zones))
        form = ZonesForm(formdata=None, zones=hit, expected=_expected("damage_zones"))
        return _drawing(form)
    if not form.validate():
        return _drawing(form, 422)
    told = zones.spelled(form.zones.data or [])
    try:
        changes = _change({"damage_zones": told}, form.expected.data or "")
    except Overtaken as overtaken:
        _read_anew()
        form.expected.data = _expected("damage_zones")
        theirs = [words.ZONES[each] for each in zones.listed(overtaken.current["damage_zones"])]
        return _drawing(form, 409, theirs=theirs)
    if changes:
        undo.offer(_("The drawing is changed."), {name: before for name, (before, _after) in changes.items()})
    return redirect(url_for(".show"), 303)


@blueprint.post("/notes")
@needs(Right.WORK)
def add_note() -> Response:
    form = NoteForm()
    if not form.validate():
        return pages.show(status=422, note_form=form)
    notes.add(g.desk.reach, g.case.case.number, form.words.data, by=page.actor(), now=clock.now())
    flash(_("The note is kept."))
    return redirect(url_for(".show", _anchor="notes"), 303)


def _drawing(form: ZonesForm, status: int = 200, theirs: list[str] | None = None) -> Response:
    return page.render(
        "case/damage.html",
        status=status,
        failed=status >= 400,
        form=form,
        hit=form.zones.data or [],
        zone_names=words.ZONES,
        theirs=theirs,
        vehicle=g.case.vehicle,
    )


def _start(name: str) -> Response:
    today = g.case.place.today(clock.now())
    started = [
        Piece(each.name, today) if each.name == name and each.started_on is None else each
        for each in g.case.values["activities"]
    ]
    return _press({"activities": activities.spelled(started)}, _("%(name)s: started today.", name=name))


def _press(given: dict[str, str], done: str) -> Response:
    """Change fields that the page showed as the form says, and offer one step back."""
    try:
        changes = _change(given, request.form.get("expected", ""))
    except Overtaken:
        return _again(409, _("Somebody changed this a moment ago. This is how it is now."))
    except DetailsRefused as refused:
        return _again(422, " ".join(words.problem(each) for each in refused.problems))
    if changes:
        undo.offer(done, {name: before for name, (before, _after) in changes.items()})
    return redirect(url_for(".show"), 303)


def _change(given: dict[str, str], expected: str) -> service.Changes:
    return service.update(
        g.desk.garage, g.case.case.number, given, clock.now(), by=page.actor(), expected=expected
    )


def _expected(field: str) -> str:
    return details.fingerprint(g.case.values, [field])


def _again(status: int, sentence: str) -> Response:
    session.pop(undo.KEY, None)
    _read_anew()
    return pages.show(status=status, refused=sentence)


def _read_anew() -> None:
    g.case = within.find(g.desk.reach, g.case.case.number)
