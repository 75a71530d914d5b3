"""The portal page as it would look with what stands in the form. Nothing is stored."""

from flask import Response, abort, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.core import colours
from portal.domain.garage import previews
from portal.domain.garage.errors import PartRefused
from portal.domain.team.rights import Right
from portal.web.customer.brand import stylesheet
from portal.web.customer.front import preview as portal_page
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
    g.framed_by_desk = True
    place = garage.by_slug(location) if location else None
    accent = place.brand.accent if place else garage.profile.brand.accent
    return portal_page.as_if(
        garage,
        place,
        g.language,
        logo_url=picture_url((place or garage.locations[0]).brand.logo_key),
        css_url=url_for("staff.brand.preview_css", accent=accent),
    )


@blueprint.get("/preview.css")
@needs(Right.OWN)
def preview_css() -> Response:
    accent = request.args.get("accent", "")
    if colours.parse(accent) is None:
        abort(404)
    return Response(stylesheet(accent), mimetype="text/css")
