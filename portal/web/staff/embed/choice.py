"""A link that customers may follow: what it begins with, at which location, in which language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, g, request
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import escape

from portal.core import colours
from portal.domain.garage.profile import FLOWS, Flow
from portal.domain.garage.views import GarageView, LocationView
from portal.letters import links

FRAME_HEIGHT = 860  # px: a step of a flow on a phone, mostly without scrolling


@dataclass(frozen=True)
class Choice:
    """What was chosen; None is the first page, any location, the language of the browser."""

    garage: GarageView
    flow: Flow | None
    place: LocationView | None
    language: str | None

    @classmethod
    def asked(cls) -> "Choice":
        """As the address says; what it names and is not there is no page."""
        garage: GarageView = g.desk.garage
        flow, slug, language = (request.args.get(name) or None for name in ("flow", "place", "language"))
        place = garage.by_slug(slug) if slug else None
        known = next((each for each in FLOWS if each == flow), None)
        if (flow and not known) or (slug and not place) or (language and language not in garage.languages):
            abort(404)
        return cls(garage, known, place, language)

    @property
    def address(self) -> str:
        """Where the link leads."""
        if self.flow:
            address = links.entrance(self.garage, self.flow, self.place)
        else:
            portal = links.portal(self.garage)
            address = f"{portal}/{self.place.slug}/" if self.place else f"{portal}/"
        return f"{address}?{urlencode({'lang': self.language})}" if self.language else address

    @property
    def query(self) -> dict[str, str]:
        """The choice as an address of the desk repeats it."""
        chosen = {
            "flow": self.flow,
            "place": self.place.slug if self.place else None,
            "language": self.language,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def spoken(self) -> str:
        """The language of words beside the link."""
        return self.language or self.garage.languages[0]

    @property
    def accent(self) -> str:
        """The colour that holds where the link leads."""
        return self.place.brand.accent if self.place else self.garage.profile.brand.accent or ""

    @property
    def offered(self) -> bool:
        """Whether customers find there what the link promises."""
        return self.flow is None or self.flow in (self.place or self.garage).flows

    @property
    def file_name(self) -> str:
        """A name for what is downloaded, without its ending."""
        return "-".join(filter(None, (self.garage.slug, *self.query.values())))

    def words(self) -> str:
        """What stands on a button that leads there, in its language."""
        with force_locale(self.spoken):
            match self.flow:
                case "assessment":
                    return _("Book an assessment")
                case "repair":
                    return _("Book a repair")
                case "status":
                    return _("Track a repair")
                case _:
                    return _("Damage to your car?")

    def button(self) -> str:
        """A link that looks like a button, as HTML for the garage's own site."""
        tones = colours.tones(self.accent)
        look = (
            "display:inline-block;padding:12px 20px;border-radius:8px;font:600 17px/1.3 sans-serif;"
            f"text-decoration:none;background:{tones.accent};color:{tones.ink}"
        )
        return (
            f'<a href="{escape(self.address)}" lang="{self.spoken}" style="{look}">{escape(self.words())}</a>'
        )

    def frame(self) -> str:
        """The portal as a part of a page, as HTML for the garage's own site."""
        title = f"{self.words()} – {self.garage.name}"
        look = f"display:block;width:100%;max-width:48rem;height:{FRAME_HEIGHT}px;border:0"
        return (
            f'<iframe src="{escape(self.address)}" title="{escape(title)}" '
            f'style="{look}" loading="lazy"></iframe>'
        )
