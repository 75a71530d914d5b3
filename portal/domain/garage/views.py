"""A garage as the rest of the house sees it: read once, frozen, cached by revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote_plus

from portal.core.normalise import phones
from portal.domain.garage.hours import RepairHours
from portal.domain.garage.profile import DamageFlow, Flow, GarageProfile, Language, LocationProfile

T = TypeVar("T")


@dataclass(frozen=True)
class Contact:
    """How to reach people: phone as E.164 and as people read it, mail."""

    phone_href: str | None
    phone: str | None
    mail: str | None


@dataclass(frozen=True)
class Brand:
    """Looks of a garage or of one location, nothing empty that the garage fills."""

    name: str
    accent: str
    logo_key: str | None
    website: str | None


@dataclass(frozen=True, eq=False)
class LocationView:
    """One location with what it inherits already filled in."""

    id: int
    profile: LocationProfile
    garage: GarageProfile
    listed: bool = True

    @property
    def slug(self) -> str:
        return self.profile.slug

    @property
    def name(self) -> str:
        return self.profile.name

    @property
    def zone(self) -> str:
        return self.profile.zone

    @cached_property
    def contact(self) -> Contact:
        own, general = self.profile.contact, self.garage.contact
        phone = phones.normalise(own.phone or general.phone or "", self.profile.country)
        return Contact(phone, phones.spoken(phone) if phone else None, own.mail or general.mail)

    @cached_property
    def brand(self) -> Brand:
        own, general = self.profile.brand, self.garage.brand
        website = own.website or general.website
        return Brand(
            name=self.garage.name,
            accent=own.accent or general.accent or "",
            logo_key=own.logo or general.logo,
            website=str(website) if website else None,
        )

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows customers see here: the garage's, narrowed by the location."""
        shown = self.garage.flows
        own = self.profile.flows
        return tuple(flow for flow in shown if own is None or flow in own)

    def takes(self, flow: Flow) -> bool:
        """Whether customers may use `flow` here."""
        return self.listed and flow in self.flows

    def damage_flow(self, slug: str | None) -> DamageFlow | None:
        """The garage's damage flow of that name, else its default one; None if it has none at all."""
        known = self.garage.damage_flows
        named = next((each for each in known if each.slug == slug), None)
        return named or next((each for each in known if each.default), None)

    def repair_hours(self, damage_flow: str) -> RepairHours | None:
        """When this location takes cars in for a damage flow."""
        return next((each for each in self.profile.repair if each.damage_flow == damage_flow), None)

    @property
    def notify(self) -> str | None:
        """Who at the garage hears of bookings here."""
        return self.profile.notify or self.garage.mail.notify or self.contact.mail

    @property
    def map_url(self) -> str:
        """A map of the address, in whichever map the phone opens."""
        place = f"{self.profile.street}, {self.profile.postcode} {self.profile.city}, {self.profile.country}"
        return f"https://www.openstreetmap.org/search?query={quote_plus(place)}"

    def bring(self, language: str) -> list[str]:
        """What the customer should bring, in `language` or the garage's first."""
        return (
            _in_language(self.profile.bring, language, self.garage)
            or _in_language(self.garage.bring, language, self.garage)
            or []
        )

    def privacy(self, language: str) -> str:
        """The privacy words that hold here."""
        return (
            _in_language(self.profile.privacy, language, self.garage)
            or _in_language(self.garage.privacy, language, self.garage)
            or ""
        )


@dataclass(frozen=True, eq=False)
class GarageView:
    """A garage with its listed locations, in the order of its file."""

    id: int
    revision: str
    profile: GarageProfile
    locations: tuple[LocationView, ...]

    @property
    def slug(self) -> str:
        return self.profile.slug

    @property
    def name(self) -> str:
        return self.profile.name

    @property
    def languages(self) -> list[Language]:
        return self.profile.languages

    @cached_property
    def assessment_locations(self) -> tuple[LocationView, ...]:
        return tuple(location for location in self.locations if location.takes("assessment"))

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows at least one location offers."""
        return tuple(
            flow for flow in self.profile.flows if any(flow in location.flows for location in self.locations)
        )

    def by_slug(self, slug: str) -> LocationView | None:
        return next((location for location in self.locations if location.slug == slug), None)

    def by_id(self, location_id: int | None) -> LocationView | None:
        return next((location for location in self.locations if location.id == location_id), None)


def _in_language(words: Mapping[Language, T], language: str, garage: GarageProfile) -> T | None:
    spoken: Mapping[str, T] = words  # type: ignore[assignment]
    return spoken.get(language) or spoken.get(garage.languages[0])
