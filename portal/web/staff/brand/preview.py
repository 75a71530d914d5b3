"""The portal page as it would look with what stands in the form. Nothing is stored."""

from functools import partial
from typing import Any

from flask import Response, abort, g, get_template_attribute, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.core import colours
from portal.core.dates import NATIVE_NAMES
from portal.domain.garage import previews
from portal.domain.garage.errors import PartRefused
from portal.domain.garage.views import GarageView, LocationView
from portal.domain.team.rights import Right
from portal.web.customer import frame
from portal.web.customer import page as customer_page
from portal.web.customer.brand import stylesheet
from portal.web.customer.front.routes import shown
from portal.web.staff import parts
from portal.web.staff.brand.forms import filled_looks, looks_form
from portal.web.staff.brand.routes import blueprint, picture_url
from portal.web.staff.door import needs


# What is typed comes by POST although nothing changes: it is too long for an address, and nobody's business.
@blueprint.route("/preview", methods=["GET", "POST"])
@blueprint.route("/at/<location>/preview", methods=["GET", "POST"])
@needs(Right.OWN)
def preview(location: str | None = None) -> AnyResponse:
    of = parts.part_of(location)
    form = looks_form(of)() if request.method == "POST" else filled_looks(of)
    if request.method == "POST" and not form.validate():
        kept = filled_looks(of)
        for field in form:
            field.data = kept[field.name].data if field.errors else field.data
    try:
        garage = previews.as_if(g.desk.garage, form.changes(of), parts.as_place(of))
    except PartRefused:
        garage = g.desk.garage
    return _page(garage, garage.by_slug(location) if location else None)


@blueprint.get("/preview.css")
@needs(Right.OWN)
def preview_css() -> Response:
    accent = request.args.get("accent", "")
    if colours.parse(accent) is None:
        abort(404)
    return Response(stylesheet(accent), mimetype="text/css")


def _page(garage: GarageView, place: LocationView | None) -> AnyResponse:
    spoken, g.framed_by_desk = g.language, True
    customer_page.enter(garage)
    customer_page.speak(spoken)
    customer_page.look_like(place)
    # Past what is kept of frames: a preview is seen once.
    looks = frame.looks.__wrapped__(garage, place, g.language, request.script_root)
    accent = place.brand.accent if place else garage.profile.brand.accent
    looks["brand"]["logo_url"] = picture_url((place or garage.locations[0]).brand.logo_key)
    looks["brand"]["css_url"] = url_for("staff.brand.preview_css", accent=accent)
    languages = [{"code": code, "name": NATIVE_NAMES[code], "url": "#main"} for code in garage.languages]

    context = {
        **looks,
        "header": partial(_piece("header"), looks, languages),
        "footer": partial(_piece("footer"), looks),
        **shown(place, None),
    }
    return make_response(render_template("staff/brand/preview.html", **context))


def _piece(name: str) -> Any:
    return get_template_attribute(frame.TEMPLATE, name)
