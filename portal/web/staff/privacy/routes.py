"""People: what is known about them, handing it over, erasing them."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.core.dates import local_moment
from portal.core.normalise import phones as spelled
from portal.core.normalise import text
from portal.domain.privacy import archive, dossier, erasing, people, proofs
from portal.domain.privacy.errors import ErasureUnknown, PersonUnknown
from portal.domain.privacy.people import Person
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.door import needs
from portal.web.staff.privacy import handed, keeping, words
from portal.web.staff.privacy.forms import EraseForm
from portal.web.words import speaking
from portal.wiring import wired

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")
LONGEST = 254  # signs anybody is looked for by


@blueprint.before_request
def _whole_garage() -> None:
    """A person has to do with all of a garage, so this is for who owns all of it."""
    if not g.desk.reach.whole:
        abort(403)


@blueprint.get("/")
@needs(Right.OWN)
def show() -> Response:
    garage = g.desk.garage
    asked = text.printable(request.args.get("q", "")[:LONGEST]).strip()
    return page.render(
        "privacy/page.html",
        asked=asked,
        found=people.find(garage, asked),
        proofs=proofs.newest(garage.id, 10),
        times=words.times(garage.profile.retention),
    )


@blueprint.get("/people/<uid>")
@needs(Right.OWN)
def person(uid: str) -> Response:
    return _person(_named(uid), EraseForm(formdata=None))


@blueprint.post("/people/<uid>/export")
@needs(Right.OWN)
def export(uid: str) -> Response:
    """Everything as one file, for the person it is about."""
    garage, storage = g.desk.garage, wired().storage
    who = _named(uid)
    language = who.cases[-1].customer.language if who.cases else g.language
    document = archive.hand_over(garage, uid, by=page.actor(), now=clock.now())
    with speaking(language):
        readable = render_template(
            "staff/privacy/export.html",
            document=document,
            language=language,
            made_at=local_moment(clock.now(), garage.locations[0].zone, language),
            lines=handed.lines,
            section=words.section,
            picture=handed.picture,
            zone=garage.locations[0].zone,
            zone_of=handed.zone_of,
        )
    packed = archive.pack(storage, garage, uid, document, readable)
    name = f"person-{clock.now():%Y-%m-%d}.zip"
    return send_file(packed, mimetype="application/zip", as_attachment=True, download_name=name)


@blueprint.post("/people/<uid>/erase")
@needs(Right.OWN)
def erase(uid: str) -> Response:
    form = EraseForm()
    if not form.validate():
        return _person(_named(uid), form)
    try:
        proof = erasing.erase(
            wired().storage, wired().tokens, g.desk.garage, uid, by=page.actor(), now=clock.now()
        )
    except PersonUnknown:
        abort(404)
    flash(_("The person is erased."))
    return redirect(url_for(".proof", erasure_id=proof), 303)


@blueprint.get("/erasures/<int:erasure_id>")
@needs(Right.OWN)
def proof(erasure_id: int) -> Response:
    try:
        found = proofs.one(g.desk.garage.id, erasure_id)
    except ErasureUnknown:
        abort(404)
    return page.render("privacy/proof.html", proof=found, kind=words.kind)


@blueprint.route("/retention", methods=["GET", "POST"])
@needs(Right.OWN)
def retention() -> Response:
    return keeping.answer()


def _named(uid: str) -> Person:
    try:
        return people.named(g.desk.garage, uid)
    except PersonUnknown:
        abort(404)


def _person(who: Person, form: EraseForm) -> Response:
    known = dossier.of(who)
    return page.render(
        "privacy/person.html",
        status=422 if form.errors else 200,
        person=who,
        known=known,
        phones=[spelled.spoken(number) for number in who.phones],
        photos=sum(len(case["photos"]) for case in known["cases"]),
        coming=sum(
            1
            for case in known["cases"]
            for each in case["appointments"]
            if each["state"] == "booked" and each["ends_at"] > clock.now().isoformat()
        ),
        alike=people.alike(who),
        form=form,
    )
