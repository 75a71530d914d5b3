"""The photos of a case: each large, turned, added to, and all in one file."""

from typing import Any

from flask import abort, flash, g, redirect, request, stream_with_context, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from portal import clock
from portal.adapters import images
from portal.adapters.images import Picture
from portal.adapters.storage import NotStored, StorageUnavailable
from portal.core.normalise import case_numbers, text
from portal.db import let_go
from portal.domain.casework import photos
from portal.domain.photos import queries
from portal.domain.photos.errors import PhotoUnknown, TooManyPhotos
from portal.domain.photos.models import Photo
from portal.domain.photos.service import keys
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.case import pages, words
from portal.web.staff.case.blueprint import blueprint
from portal.web.staff.case.forms import PhotosForm
from portal.web.staff.door import needs
from portal.web.words import gettext as _
from portal.web.words import ngettext
from portal.wiring import wired

KEPT = "private, max-age=86400"  # what is turned has another address


@blueprint.get("/photos/<photo>/")
@needs(Right.LOOK)
def photo(photo: str) -> Response:
    """One photo, large, with the ways to the others."""
    every = queries.of_case(g.case.case.id)
    here = next((place for place, each in enumerate(every) if each.uid == photo), None)
    if here is None:
        abort(404)
    return page.render(
        "case/photo.html",
        wide=True,
        photo=every[here],
        label=words.PHOTOS.get(every[here].label, every[here].label),
        place=here + 1,
        count=len(every),
        before=every[here - 1] if here else None,
        after=every[here + 1] if here + 1 < len(every) else None,
        case=g.case.case,
        vehicle=g.case.vehicle,
        zone=g.case.place.zone,
    )


@blueprint.get("/photos/<photo>/large.jpg")
@needs(Right.LOOK)
def large(photo: str) -> Response:
    return _file(photo, 0)


@blueprint.get("/photos/<photo>/small.jpg")
@needs(Right.LOOK)
def small(photo: str) -> Response:
    return _file(photo, 1)


@blueprint.post("/photos/<photo>/turn")
@needs(Right.WORK)
def turn(photo: str) -> Response:
    """A quarter to the left or to the right."""
    try:
        fresh = photos.turn(
            wired().storage,
            g.desk.reach,
            g.case.case.number,
            photo,
            clockwise=request.form.get("to") != "left",
            by=page.actor(),
            now=clock.now(),
        )
    except (PhotoUnknown, NotStored):
        abort(404)
    except (images.ImagesUnavailable, images.PictureRefused):
        flash(_("The photo cannot be turned right now. Try again in a moment."), "todo")
        return redirect(url_for(".photo", photo=photo), 303)
    return redirect(url_for(".photo", photo=fresh), 303)


@blueprint.post("/photos/<photo>/remove")
@needs(Right.WORK)
def remove(photo: str) -> Response:
    """A photo that does not belong here goes, for ever."""
    photos.remove(wired().storage, g.desk.reach, g.case.case.number, photo, by=page.actor(), now=clock.now())
    flash(_("The photo is gone."))
    return redirect(url_for(".show", _anchor="photos"), 303)


@blueprint.post("/photos")
@needs(Right.WORK)
def add_photos() -> Response:
    """Photos that the garage took itself: all that were chosen, or none."""
    form, files = PhotosForm(), [each for each in request.files.getlist("photos") if each.filename]
    if not form.validate() or not files:
        return _refuse(form, [_("Choose at least one photo.")])
    let_go()
    pictures, errors = _developed(files)
    if errors:
        return _refuse(form, errors)
    try:
        photos.add(
            wired().storage,
            g.desk.reach,
            g.case.case.number,
            pictures,
            label=form.label.data,
            by=page.actor(),
            now=clock.now(),
        )
    except TooManyPhotos:
        return _refuse(form, [_("A case has at most %(max)d photos.", max=photos.MAX_PHOTOS)])
    except StorageUnavailable:
        return _refuse(form, [_("We cannot keep photos right now. Try again in a moment.")])
    flash(ngettext("%(num)s photo added.", "%(num)s photos added.", len(pictures)))
    return redirect(url_for(".show", _anchor="photos"), 303)


@blueprint.get("/photos.zip")
@needs(Right.LOOK)
def archive() -> Response:
    """All photos in one file, large, in their order."""
    every = queries.of_case(g.case.case.id)
    if not every:
        abort(404)
    name = f"{g.case.vehicle.plate_key}-{case_numbers.file_name(g.case.case.number)}"
    named = [(_name(name, place, each), each.uid) for place, each in enumerate(every, 1)]
    storage = wired().storage
    let_go()
    response: Any = Response(stream_with_context(photos.archive(storage, named)), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip")
    return response


def _name(car: str, place: int, photo: Photo) -> str:
    return f"{car}-{place:02d}-{photo.label}.jpg"


def _developed(files: list[FileStorage]) -> tuple[list[tuple[str, Picture]], list[str]]:
    """The pictures that were sent, and a sentence about each that cannot be taken."""
    pictures, errors = [], []
    for file in files:
        name = text.one_line(text.printable((file.filename or "").replace("\\", "/").rpartition("/")[2]))[
            -60:
        ]
        try:
            pictures.append((name, images.process(file.read())))
        except images.PictureTooLarge:
            errors.append(_("%(name)s is too large.", name=name))
        except images.PictureRefused:
            errors.append(_("%(name)s is not a photo we can read. Use JPEG, PNG, WebP or HEIC.", name=name))
        except images.ImagesUnavailable:
            errors.append(_("We cannot look at %(name)s right now. Try again in a moment.", name=name))
    return pictures, errors


def _refuse(form: PhotosForm, errors: list[str]) -> Response:
    return pages.show(status=422, photos_form=form, photo_errors=errors)


def _file(photo: str, size: int) -> Response:
    try:
        data = wired().storage.get(keys(photos.one(g.case.case.id, photo).uid)[size])
    except (PhotoUnknown, NotStored):
        abort(404)
    response = Response(data, mimetype="image/jpeg")
    response.headers["Cache-Control"] = KEPT
    return response
