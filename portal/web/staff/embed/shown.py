"""Where the portal may be shown, and what of it customers see."""

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.garage.errors import Overtaken
from portal.domain.garage.views import GarageView
from portal.domain.team.rights import Right
from portal.web.staff import page, parts
from portal.web.staff.door import needs
from portal.web.staff.embed.forms import FlowsForm, SitesForm, filled_flows, filled_sites
from portal.web.staff.embed.routes import blueprint

SITES, FLOWS = ("allowed_sites",), ("flows",)


@blueprint.route("/sites", methods=["GET", "POST"])
@needs(Right.OWN)
def sites() -> Response:
    garage, form = parts.whole_garage(), SitesForm()
    if not form.is_submitted():
        form = filled_sites(garage)
        form.expected.data = parts.fingerprint(garage, SITES)
        return _sites(form)
    if not form.validate():
        return _sites(form)
    try:
        parts.save(form, garage, {"allowed_sites": form.allowed_sites.data.splitlines()}, about="sites")
    except Overtaken:
        return _sites(form, parts.overtaken(form, garage, SITES, filled_sites))
    flash(_("Saved. These sites may show your portal from now on."))
    return redirect(url_for(".sites"), 303)


@blueprint.route("/flows", methods=["GET", "POST"])
@blueprint.route("/flows/<location>", methods=["GET", "POST"])
@needs(Right.OWN)
def flows(location: str | None = None) -> Response:
    of, form = parts.part_of(location), FlowsForm()
    if not form.is_submitted():
        form = filled_flows(of)
        form.expected.data = parts.fingerprint(of, FLOWS)
        return _flows(form, of)
    if not form.validate():
        return _flows(form, of)
    try:
        parts.save(form, of, form.changes(of), about="flows")
    except Overtaken:
        return _flows(form, of, parts.overtaken(form, of, FLOWS, filled_flows))
    flash(_("Saved. Customers see this from now on."))
    return redirect(url_for(".flows", location=location), 303)


def _sites(form: SitesForm, newer: list[parts.Newer] | None = None) -> Response:
    return page.render("embed/sites.html", status=_status(form, newer), form=form, newer=newer)


def _flows(form: FlowsForm, of: parts.PartOf, newer: list[parts.Newer] | None = None) -> Response:
    return page.render(
        "embed/flows.html",
        status=_status(form, newer),
        form=form,
        place=parts.as_place(of),
        shown=g.desk.garage.profile.flows,
        whole=isinstance(of, GarageView),
        newer=newer,
    )


def _status(form: parts.PartForm, newer: list[parts.Newer] | None) -> int:
    return 422 if form.errors else 200 if newer is None else 409
