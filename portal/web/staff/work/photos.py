"""The photos customers are asked for: which, in which order, in whose words."""

from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.domain.garage.errors import Overtaken
from portal.domain.garage.profile import PHOTO_LABELS
from portal.domain.garage.views import GarageView
from portal.domain.team.rights import Right
from portal.web import photo_guide
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.work.forms import PhotosForm, photos_form
from portal.web.staff.work.routes import blueprint
from portal.web.words import gettext as _

FIELDS = ("photos", "photos_required")


@blueprint.route("/photos", methods=["GET", "POST"])
@needs(Right.PLAN)
def photos() -> Response:
    garage = parts.whole_garage()
    form = photos_form(tuple(garage.languages))()
    if not form.is_submitted():
        form = _filled(garage)
        form.expected.data = parts.fingerprint(garage, FIELDS)
        return _page(form)
    if not form.validate():
        return _page(form)
    if not form.asked:
        form[f"ask_{PHOTO_LABELS[0]}"].errors = [_("Ask for at least one photo.")]
        return _page(form)
    try:
        parts.save(
            form,
            garage,
            {"photos": _wishes(form, garage), "photos_required": form.required.data},
            about="photos",
        )
    except Overtaken:
        return _page(form, parts.overtaken(form, garage, FIELDS, _filled))
    flash(_("Saved. Customers see this list from now on."))
    return redirect(url_for(".photos"), 303)


def _wishes(form: PhotosForm, garage: GarageView) -> list[dict[str, Any]]:
    """The list as it is stored; words of languages that are not spoken at the moment stay."""
    before = {wish.label: wish for wish in garage.photo_wishes}
    return [
        {
            "label": label,
            **{
                name: parts.keep_unspoken(
                    getattr(before.get(label), name, {}),  # type: ignore[call-overload]
                    parts.typed(form, f"{name}_{label}"),
                    garage.languages,
                )
                for name in ("title", "hint")
            },
        }
        for label in form.asked
    ]


def _filled(of: parts.PartOf) -> PhotosForm:
    assert isinstance(of, GarageView)
    asked = [str(wish.label) for wish in of.photo_wishes]
    order = asked + [label for label in PHOTO_LABELS if label not in asked]
    data: dict[str, Any] = {"required": of.profile.photos_required}
    for place, label in enumerate(order, 1):
        data |= {f"ask_{label}": label in asked, f"place_{label}": place}
    for wish in of.photo_wishes:
        data |= parts.spread(f"title_{wish.label}", wish.title)
        data |= parts.spread(f"hint_{wish.label}", wish.hint)
    return photos_form(tuple(of.languages))(formdata=None, **data)


def _page(form: PhotosForm, newer: list[parts.Newer] | None = None) -> Response:
    ours = photo_guide.guide()
    order = sorted(PHOTO_LABELS, key=lambda label: form[f"place_{label}"].data or 0)
    return page.render(
        "work/photos.html",
        status=422 if form.errors else 200 if newer is None else 409,
        form=form,
        kinds=[ours[label] for label in order],
        codes=g.desk.garage.languages,
        newer=newer,
    )
