"""A garage as the rest of the house sees it: read once, frozen, cached by revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from portal.core.normalise import phones
from portal.domain.garage import asking
from portal.domain.garage.asking import AnnouncementPage
from portal.domain.garage.hours import RepairHours
from portal.domain.garage.profile import (
    AddedTo,
    DamageFlow,
    Flow,
    GarageProfile,
    Language,
    LocationProfile,
    PhotoWish,
    Question,
)


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
    def asks_itself(self) -> bool:
        """Whether customers are asked by rules of this location's own."""
        own = self.profile
        return any(each is not None for each in (own.photos, own.photos_required, own.questions))

    @property
    def photo_wishes(self) -> tuple[PhotoWish, ...]:
        """The photos customers are asked for here, in order: by a list of this location, else the garage's."""
        own = self.profile.photos
        return asking.wishes(self.garage.photos if own is None else own)

    @property
    def photos_required(self) -> bool:
        """Whether a request for this location needs a photo."""
        own = self.profile.photos_required
        return self.garage.photos_required if own is None else own

    def questions(self, language: str) -> list[tuple[Question, str]]:
        """What is asked here before an assessment, with the words of each question."""
        own = self.profile.questions
        return asking.in_words(self.garage.questions if own is None else own, language, self.garage)

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
            asking.in_language(self.profile.bring, language, self.garage)
            or asking.in_language(self.garage.bring, language, self.garage)
            or []
        )

    def privacy(self, language: str) -> str:
        """The privacy words that hold here."""
        return (
            asking.in_language(self.profile.privacy, language, self.garage)
            or asking.in_language(self.garage.privacy, language, self.garage)
            or ""
        )

    def imprint(self, language: str) -> str:
        """Who answers for the pages here, in words of the law; empty where nothing is to be said."""
        return (
            asking.in_language(self.profile.imprint, language, self.garage)
            or asking.in_language(self.garage.imprint, language, self.garage)
            or ""
        )

    def today(self, now: datetime) -> date:
        """The day it is here."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def announcement(self, flow: Flow, where: AnnouncementPage, language: str, now: datetime) -> str:
        """What customers of a flow are told on that page here.

        While the location has words of its own, they replace the garage's.
        """
        today = self.today(now)
        both = (self.profile.announcements.get(flow), self.garage.announcements.get(flow))
        return asking.told(
            next((each for each in both if each and each.holds_on(today)), None), where, language, self.garage
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

    @property
    def photo_wishes(self) -> tuple[PhotoWish, ...]:
        """The photos customers are asked for before they chose a location, in order."""
        return asking.wishes(self.profile.photos)

    @property
    def photos_required(self) -> bool:
        """Whether a request needs a photo, wherever the location says nothing else."""
        return self.profile.photos_required

    def announcement(self, flow: Flow, where: AnnouncementPage, language: str, now: datetime) -> str:
        """What customers of a flow are told on that page before they chose a location; the first one says the day."""
        told = self.profile.announcements.get(flow)
        holds = told is not None and told.holds_on(self.locations[0].today(now))
        return asking.told(told if holds else None, where, language, self.profile)

    def added_words(self, letter: AddedTo, language: str) -> list[str]:
        """The paragraphs the garage adds to a letter that writes itself; none in a language it wrote nothing in."""
        words: Mapping[str, str] = self.profile.added_words.get(letter, {})  # type: ignore[assignment]
        return [" ".join(part.split()) for part in words.get(language, "").split("\n\n") if part.strip()]

    def questions(self, language: str) -> list[tuple[Question, str]]:
        """What the garage itself asks before an assessment, with the words of each question."""
        return asking.in_words(self.profile.questions, language, self.profile)

    def by_slug(self, slug: str) -> LocationView | None:
        return next((location for location in self.locations if location.slug == slug), None)

    def by_id(self, location_id: int | None) -> LocationView | None:
        return next((location for location in self.locations if location.id == location_id), None)


# Who asks customers for photos and answers: the location, and the garage as long as that is not known.
Asker = GarageView | LocationView
