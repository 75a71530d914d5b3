"""QR codes and the poster."""

from flask import Response
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.adapters import poster, qr
from portal.adapters.poster import Poster
from portal.adapters.storage import NotStored
from portal.domain.team.rights import Right
from portal.web.staff.door import needs
from portal.web.staff.embed.choice import Choice
from portal.web.staff.embed.routes import blueprint
from portal.wiring import wired


@blueprint.get("/code.png")
@needs(Right.OWN)
def code_png() -> Response:
    return Response(qr.png(Choice.asked().address), mimetype="image/png")


@blueprint.get("/code.svg")
@needs(Right.OWN)
def code_svg() -> Response:
    return Response(qr.svg(Choice.asked().address), mimetype="image/svg+xml")


@blueprint.get("/poster.pdf")
@needs(Right.OWN)
def poster_pdf() -> Response:
    choice = Choice.asked()
    with force_locale(choice.spoken):
        page = _poster(choice)
    return Response(poster.pdf(page), mimetype="application/pdf")


def _poster(choice: Choice) -> Poster:
    place = choice.place or choice.garage.locations[0]
    match choice.flow:
        case "repair":
            title, lead = _("Book your repair"), _("Have your plate and case number ready.")
        case "status":
            title, lead = _("Track your repair"), _("See how far we are with your car.")
        case "assessment":
            title = _("Book your damage assessment")
            lead = _("Show us the damage and pick a time. It takes about five minutes.")
        case _:
            title, lead = _("Damage to your car?"), _("Arrange it here, on your phone, without an account.")
    return Poster(
        language=choice.spoken,
        name=place.brand.name,
        logo=_logo(place.brand.logo_key),
        accent=choice.accent,
        title=title,
        lead=lead,
        scan=_("Scan with the camera of your phone"),
        address=choice.address,
        contact=[each for each in (place.contact.phone, place.contact.mail) if each],
    )


def _logo(key: str | None) -> bytes | None:
    try:
        return wired().storage.get(key) if key else None
    except NotStored:
        return None
