"""The photos customers are asked for: which, in which order, in whose words; for all locations, or for one."""

from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.domain.garage.errors import Overtaken
from portal.domain.garage.profile import PHOTO_LABELS
from portal.domain.team.rights import Right
from portal.web import photo_guide
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.work.forms import PhotosForm, photos_form
from portal.web.staff.work.routes import blueprint
from portal.web.words import gettext as _

FIELDS = ("photos", "photos_required")


@blueprint.route("/photos", methods=["GET", "POST"])
@blueprint.route("/photos/<location>", methods=["GET", "POST"])
@needs(Right.PLAN)
def photos(location: str | None = None) -> Response:
    of = parts.of_address(location)
    form = photos_form(tuple(g.desk.garage.languages))()
    if not form.is_submitted():
        form = _filled(of)
        form.expected.data = parts.fingerprint(of, FIELDS)
        return _page(form, of)
    if not (form.inherits(of) or _complete(form)):
        return _page(form, of)
    try:
        parts.save(form, of, _stored(form, of), about="photos")
    except Overtaken:
        return _page(form, of, parts.overtaken(form, of, FIELDS, _filled))
    flash(_("Saved. Customers see this list from now on."))
    return redirect(url_for(".photos", location=location), 303)


def _complete(form: PhotosForm) -> bool:
    """Whether what was typed is right, and asks for something."""
    if form.validate() and not form.asked:
        form[f"ask_{PHOTO_LABELS[0]}"].errors = [_("Ask for at least one photo.")]
    return not form.errors


def _stored(form: PhotosForm, of: parts.PartOf) -> dict[str, Any]:
    if form.inherits(of):
        return dict.fromkeys(FIELDS)
    return {"photos": _wishes(form, of), "photos_required": form.required.data}


def _wishes(form: PhotosForm, of: parts.PartOf) -> list[dict[str, Any]]:
    """The list as it is stored; words of languages that are not spoken at the moment stay."""
    before = {wish.label: wish for wish in of.photo_wishes}
    return [
        {
            "label": label,
            **{
                name: parts.keep_unspoken(
                    getattr(before.get(label), name, {}),  # type: ignore[call-overload]
                    parts.typed(form, f"{name}_{label}"),
                    g.desk.garage.languages,
                )
                for name in ("title", "hint")
            },
        }
        for label in form.asked
    ]


def _filled(of: parts.PartOf) -> PhotosForm:
    asked = [str(wish.label) for wish in of.photo_wishes]
    order = asked + [label for label in PHOTO_LABELS if label not in asked]
    data: dict[str, Any] = {"as_garage": not _has_own(of.profile), "required": of.photos_required}
    for place, label in enumerate(order, 1):
        data |= {f"ask_{label}": label in asked, f"place_{label}": place}
    for wish in of.photo_wishes:
        data |= parts.spread(f"title_{wish.label}", wish.title)
        data |= parts.spread(f"hint_{wish.label}", wish.hint)
    return photos_form(tuple(g.desk.garage.languages))(formdata=None, **data)


def _has_own(profile: Any) -> bool:
    """Whether a location asks for other photos than its garage."""
    return profile.photos is not None or profile.photos_required is not None


def _page(form: PhotosForm, of: parts.PartOf, newer: list[parts.Newer] | None = None) -> Response:
    garage, ours = g.desk.garage, photo_guide.guide()
    order = sorted(PHOTO_LABELS, key=lambda label: form[f"place_{label}"].data or 0)
    return page.render(
        "work/photos.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        place=parts.as_place(of),
        inherited=[wish.title for wish in photo_guide.asked(garage, g.language)],
        inherited_required=garage.photos_required,
        kinds=[ours[label] for label in order],
        codes=garage.languages,
        newer=newer,
        elsewhere=[each.name for each in g.desk.reach.listed if _has_own(each.profile)],
    )
