"""Uploading a logo, and taking it away."""

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.adapters import images
from portal.adapters.storage import NotStored
from portal.db import let_go
from portal.domain.garage import logos
from portal.domain.garage.errors import Overtaken
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.brand.forms import filled_looks
from portal.web.staff.brand.routes import blueprint, fields_of, looks_page
from portal.web.staff.door import needs
from portal.web.words import gettext as _
from portal.wiring import wired

LARGEST = 12 * 1024 * 1024  # bytes of the whole form


@blueprint.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before the door reads the form to find its token.
    if endpoint == f"staff.{blueprint.name}.logo":
        request.max_content_length = LARGEST


@blueprint.post("/logo")
@blueprint.post("/at/<location>/logo")
@needs(Right.OWN)
def logo(location: str | None = None) -> Response:
    of, file = parts.part_of(location), request.files.get("logo")
    if file is None or not file.filename:
        return _again(of, _("Choose a picture first."))
    actor = page.actor()
    let_go()  # looking at the picture takes a while
    try:
        logos.change(
            g.desk.garage,
            file.read(),
            wired().storage,
            place=parts.as_place(of),
            expected=request.form.get("expected", ""),
            by=actor,
            now=clock.now(),
        )
    except images.PictureRefused as refused:
        return _again(of, _why(refused))
    except images.ImagesUnavailable:
        return _again(of, _("We cannot look at pictures right now. Please try again in a moment."))
    except Overtaken:
        return _again(of, _somebody_else())
    flash(_("This is your logo now."))
    return redirect(url_for(".show", location=location), 303)


@blueprint.get("/pictures/<name>")
@needs(Right.OWN)
def picture(name: str) -> Response:
    garage, key = g.desk.garage, f"logos/{name}"
    if key not in {each.profile.brand.logo for each in (garage, *garage.locations)}:
        abort(404)
    try:
        return Response(wired().storage.get(key), mimetype="image/png")
    except NotStored:
        abort(404)


@blueprint.post("/logo/remove")
@blueprint.post("/at/<location>/logo/remove")
@needs(Right.OWN)
def remove_logo(location: str | None = None) -> Response:
    of = parts.part_of(location)
    try:
        logos.remove(
            g.desk.garage,
            place=parts.as_place(of),
            expected=request.form.get("expected", ""),
            by=page.actor(),
            now=clock.now(),
        )
    except Overtaken:
        return _again(of, _somebody_else())
    return redirect(url_for(".show", location=location), 303)


def _again(of: parts.PartOf, sentence: str) -> Response:
    now = parts.fresh(of)
    form = filled_looks(now)
    form.expected.data = parts.fingerprint(now, fields_of(of))
    return looks_page(form, now, logo_errors=[sentence])


def _somebody_else() -> str:
    return _("Somebody else changed the looks meanwhile. This is how they are now: please try again.")


def _why(refused: images.PictureRefused) -> str:
    match refused:
        case images.NotAPicture():
            return _("This is not a picture we can use. Choose a PNG, JPEG or WebP file.")
        case images.PictureTooLarge():
            return _("This picture is too large. A logo of up to 10 MB is fine.")
        case images.PictureBroken():
            return _("This picture arrived damaged. Please send it again.")
        case _:
            return _("This picture takes too long to open. Please choose a simpler one.")
