"""The photos step: a plain form, and the same by script with progress for each file."""

from typing import Any

from flask import abort, g, jsonify, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from portal import clock
from portal.adapters import images
from portal.adapters.storage import NotStored, StorageUnavailable
from portal.core import codes
from portal.core.normalise import text
from portal.db import let_go
from portal.domain.photos import queries as taken
from portal.domain.photos import service as album
from portal.domain.photos.errors import PhotoUnknown, TooManyPhotos
from portal.domain.photos.models import LABELS, Photo
from portal.web import photo_guide
from portal.web.customer import page
from portal.web.customer.assessment.routes import blueprint
from portal.web.customer.walk import steps
from portal.web.customer.walk.answers import photos_missing, photos_wanted
from portal.web.limits import UPLOAD, limiter
from portal.web.words import gettext as _
from portal.wiring import wired

MEBIBYTE = 1024 * 1024
ONE_FILE = 34 * MEBIBYTE
ONE_FORM = 300 * MEBIBYTE


class _Refused(Exception):
    """A file was not taken; the words name it and say why."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


@blueprint.route("/assessment/<draft>/photos", methods=["GET", "POST"])
@limiter.limit(UPLOAD, methods=["POST"])
def photos() -> Response:
    """The step; a browser without scripts sends all its files with it."""
    if request.method != "POST":
        return _page([])
    let_go()  # a slow phone may need minutes for its files
    request.max_content_length = ONE_FORM
    if steps.wants_language():
        page.speak(request.form["language"])
    errors = _take_all()
    if steps.wants_language():
        switched = steps.switch_language("photos")
        return _page(errors, status=422) if errors else switched
    if request.form.get("action") == "add" and not errors:
        return redirect(url_for(".photos"), 303)
    if photos_missing(g.draft):
        errors = errors or [_("Add at least one photo of the damage.")]
    if errors:
        return _page(errors, status=422)
    steps.keep("photos", {}, done=True)
    return steps.onwards()


@blueprint.post("/assessment/<draft>/photos/upload")
@limiter.limit(UPLOAD)
def upload() -> Response:
    """One file, as the script sends it."""
    let_go()
    request.max_content_length = ONE_FILE
    try:
        label, file = request.form.get("label", ""), request.files.get("photo")
    except RequestEntityTooLarge:  # of which nothing was read, so its name is not known
        return _sentence(_("This photo is too large. Photos up to 30 MB and 64 megapixels are fine."), 413)
    if file is None or label not in LABELS:
        return _sentence(_("There was no photo in what arrived. Please try again."), 400)
    try:
        uid = _take(file, label, text.printable(request.form.get("key", ""))[:64] or codes.uid())
    except _Refused as refused:
        return _sentence(refused.sentence, refused.status, named=True)
    response = jsonify(_shown(taken.one_of_draft(g.draft.id, uid)))
    response.status_code = 201
    return response


@blueprint.post("/assessment/<draft>/photos/<photo>/remove")
def remove_photo(photo: str) -> Response:
    album.remove(wired().storage, draft_id=g.draft.id, uid=photo)
    if request.accept_mimetypes.best == "application/json":
        return Response(status=204)
    return redirect(url_for(".photos"), 303)


@blueprint.get("/assessment/<draft>/photos/<photo>.jpg")
def thumb(photo: str) -> Response:
    try:
        small = album.keys(taken.one_of_draft(g.draft.id, photo).uid)[1]
        return Response(wired().storage.get(small), mimetype="image/jpeg")
    except (PhotoUnknown, NotStored):
        abort(404)


def _take_all() -> list[str]:
    """Take every file of the form; the sentences about those that were refused."""
    errors = []
    for label in LABELS:
        for file in request.files.getlist(label):
            if not file.filename:  # a file field that was left empty
                continue
            try:
                _take(file, label, codes.uid())
            except _Refused as refused:
                errors.append(refused.sentence)
    return errors


def _take(file: FileStorage, label: str, client_key: str) -> str:
    name = _name(file.filename or "")
    try:
        return album.add(
            wired().storage,
            images.process(file.read()),
            draft_id=g.draft.id,
            label=label,
            name=name,
            client_key=client_key,
            now=clock.now(),
        )
    except images.PictureRefused as refused:
        raise _Refused(_why(refused, name)) from None
    except TooManyPhotos:
        raise _Refused(
            _("%(name)s is one too many: we take at most %(max)d photos.", name=name, max=album.MAX_PHOTOS)
        ) from None
    except (StorageUnavailable, images.ImagesUnavailable):
        raise _Refused(
            _("We cannot keep %(name)s right now. Try again in a moment, or go on without it.", name=name),
            503,
        ) from None


def _why(refused: images.PictureRefused, name: str) -> str:
    match refused:
        case images.NotAPicture():
            return _("%(name)s is not a photo we can read. Use JPEG, PNG, WebP or HEIC.", name=name)
        case images.PictureTooLarge():
            return _("%(name)s is too large. Photos up to 30 MB and 64 megapixels are fine.", name=name)
        case images.PictureBroken():
            return _("%(name)s arrived damaged. Please send it again or take a new photo.", name=name)
        case _:
            return _("%(name)s takes too long to open. Please take a new photo.", name=name)


def _name(filename: str) -> str:
    kept = text.one_line(text.printable(filename.replace("\\", "/").rpartition("/")[2]))
    return kept[-60:] or _("Photo")


def _sentence(sentence: str, status: int, *, named: bool = False) -> Response:
    """What is wrong, and whether the sentence names the file: its tile then need not."""
    response = jsonify(error=sentence, named=named)
    response.status_code = status
    return response


def _shown(photo: Photo) -> dict[str, str]:
    return {
        "uid": photo.uid,
        "name": photo.name,
        "thumb_url": url_for(".thumb", photo=photo.uid),
        "remove_url": url_for(".remove_photo", photo=photo.uid),
    }


def _page(errors: list[str], status: int = 200) -> Response:
    kept, asker = taken.of_draft(g.draft.id), g.walk.asker(g.draft)
    slots: list[dict[str, Any]] = [
        {
            "label": wish.label,
            "title": wish.title,
            "hint": wish.hint,
            "photos": [_shown(photo) for photo in kept if photo.label == wish.label],
        }
        for wish in photo_guide.asked(asker, g.language, also={photo.label for photo in kept})
    ]
    return steps.step_page(
        "photos",
        status=status,
        slots=slots,
        errors=errors,
        upload_url=url_for(".upload"),
        required=photos_wanted(g.draft),
        max_files=album.MAX_PHOTOS,
        largest=images.MOST_BYTES,
    )
