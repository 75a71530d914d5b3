"""What a garage decides about itself, checked: brand, words, locations, hours.

These classes are the format of a garage file and of the stored documents alike.
"""

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, HttpUrl, model_validator

from portal.core.normalise import phones
from portal.domain.garage.hours import AssessmentHours, Closure, RepairHours, Strict
from portal.domain.garage.limits import Appointments, Limits, Retention
from portal.domain.garage.spelling import (
    Accent,
    Country,
    Email,
    Site,
    Slug,
    Text,
    Zone,
    each_once,
    regions,
    twice_in,
)

Language = Literal["nl", "fr", "de", "en"]
Flow = Literal["assessment", "repair", "status"]
# Letters to customers that write themselves, to which a garage may add words of its own.
AddedTo = Literal["booked", "moved", "cancelled", "reminder"]
PhotoLabel = Literal["overview", "damage_far", "damage_close", "plate", "odometer", "other"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
FLOWS: tuple[Flow, ...] = get_args(Flow)
ADDED_TO: tuple[AddedTo, ...] = get_args(AddedTo)
PHOTO_LABELS: tuple[PhotoLabel, ...] = get_args(PhotoLabel)
# First words of addresses below /<garage>/ that belong to the portal itself.
RESERVED_SLUGS = frozenset({*FLOWS, "confirm", "privacy", "imprint", "brand.css", "logo", "booking"})
# … and those below /staff/.
RESERVED_DESKS = frozenset({"account", "operator", "invitation"})
RESERVED_GARAGES = RESERVED_DESKS | frozenset({"static", "staff", "api", "healthz", "inbox", "admin"})

Words = dict[Language, Annotated[str, Field(min_length=1)]]


class Brand(Strict):
    """Looks. Empty values of a location are the garage's."""

    accent: Accent | None = None
    logo: str | None = None  # in a file: a picture beside it; once applied: its storage key
    website: HttpUrl | None = None


class Contact(Strict):
    """How a customer reaches people."""

    phone: str | None = None
    mail: Email | None = None


class MailSettings(Strict):
    """How letters are signed; the sending address itself is the platform's."""

    sender_name: Text
    reply_to: Email | None = None
    notify: Email | None = None  # who hears of bookings; None: the mail address of the location


class DamageFlow(Strict):
    """A kind of repair. A job takes `days` working days or some `hours` of one day."""

    slug: Slug
    name: Words
    default: bool = False
    days: int | None = Field(default=None, ge=1, le=365)
    hours: int | None = Field(default=None, ge=1, le=24)

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.days is None) == (self.hours is None):
            raise ValueError("how long does it take? Give either days or hours")
        return self


class PhotoWish(Strict):
    """A photo customers are asked for. Where words of the garage's own are missing, the portal's stand."""

    label: PhotoLabel
    title: Words = {}
    hint: Words = {}


class Question(Strict):
    """Something a garage wants to know before an assessment, beside what everybody is asked."""

    slug: Slug
    words: Words = Field(min_length=1)
    kind: Literal["text", "yes_no"] = "text"
    required: bool = False


PhotoList = Annotated[list[PhotoWish], each_once("label")]  # none: all of them, in their order
Questions = Annotated[list[Question], Field(max_length=5), each_once("slug")]


class Announcement(Strict):
    """A few plain words that customers read where a flow begins, or where they pick a time.

    The days are those of the location, both included; None has no such end.
    """

    words: Words = Field(min_length=1)
    first: bool = True
    timeslot: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("the last day lies before the first")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether customers read it on this local day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


class LocationProfile(Strict):
    """One workshop: where it is, when it works."""

    slug: Slug
    name: Text
    street: Text
    postcode: Text
    city: Text
    country: Country
    zone: Zone
    region: str | None = None  # the part of the country whose public holidays count
    public_holidays: bool = True
    day_limit: int | None = Field(default=None, ge=1)  # appointments a day, over all flows
    closures: list[Closure] = []
    flows: list[Flow] | None = None
    brand: Brand = Brand()
    contact: Contact = Contact()
    privacy: Words = {}
    imprint: Words = {}
    bring: dict[Language, list[Text]] = {}
    photos_required: bool | None = None  # like the next two, None: as the garage
    photos: PhotoList | None = None
    questions: Questions | None = None
    announcements: dict[Flow, Announcement] = {}  # each instead of the garage's
    notify: Email | None = None
    assessment: AssessmentHours | None = None
    repair: list[RepairHours] = []

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.slug in RESERVED_SLUGS:
            raise ValueError(f'"{self.slug}" is an address of the portal itself; choose another slug')
        known = regions()[self.country]
        if self.region is not None and self.region not in known:
            raise ValueError(f"region {self.region} is not one of {', '.join(known) or 'none'}")
        _phone_of(self.contact, self.country)
        twice = twice_in([hours.damage_flow for hours in self.repair])
        if twice:
            raise ValueError(f"repair: {twice} has two sets of hours")
        return self


class GarageProfile(Strict):
    """One company: brand, languages, and words of its own."""

    slug: Slug
    name: Text
    active: bool = True
    languages: list[Language] = Field(min_length=1)
    flows: list[Flow] = list(FLOWS)
    allowed_sites: list[Site] = []
    brand: Brand
    contact: Contact
    mail: MailSettings
    privacy: Words
    imprint: Words = {}  # who answers for the pages, where the law asks for that
    bring: dict[Language, list[Text]] = {}
    photos_required: bool = False
    photos: PhotoList = []
    questions: Questions = []
    announcements: dict[Flow, Announcement] = {}
    added_words: dict[AddedTo, Words] = {}  # in letters that write themselves, above what these tell
    damage_flows: list[DamageFlow] = []
    appointments: Appointments = Appointments()
    limits: Limits = Limits()
    retention: Retention = Retention()
    work_starts_when: Literal["ready", "first_activity"] = "ready"  # as the status page tells it

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.slug in RESERVED_GARAGES:
            raise ValueError(f'"{self.slug}" is an address of the portal itself; choose another slug')
        if self.brand.accent is None:
            raise ValueError("brand.accent: a garage needs one accent colour")
        if self.contact.phone is None or self.contact.mail is None:
            raise ValueError("contact: a garage needs a phone and a mail address")
        if len(set(self.languages)) != len(self.languages):
            raise ValueError("languages: one is named twice")
        missing = [language for language in self.languages if language not in self.privacy]
        if missing:
            raise ValueError(f"privacy: no words in {', '.join(missing)}")
        self._check_damage_flows()
        return self

    def _check_damage_flows(self) -> None:
        twice = twice_in([flow.slug for flow in self.damage_flows])
        if twice:
            raise ValueError(f"damage_flows: {twice} is there twice")
        if self.damage_flows and sum(flow.default for flow in self.damage_flows) != 1:
            raise ValueError("damage_flows: exactly one is the default, for cases that name none")
        for flow in self.damage_flows:
            missing = [language for language in self.languages if language not in flow.name]
            if missing:
                raise ValueError(f"damage_flows: {flow.slug} has no name in {', '.join(missing)}")


class GarageFile(GarageProfile):
    """A garage with its locations, as one file tells it."""

    locations: list[LocationProfile] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_slug_a_location(self) -> Self:
        slugs = [location.slug for location in self.locations]
        if len(set(slugs)) != len(slugs):
            raise ValueError("locations: two of them share a slug")
        _phone_of(self.contact, self.locations[0].country)
        known = {flow.slug for flow in self.damage_flows}
        for location in self.locations:
            unknown = sorted({hours.damage_flow for hours in location.repair} - known)
            if unknown:
                raise ValueError(
                    f"locations: {location.slug} repairs {', '.join(unknown)}, which is no damage flow"
                )
        return self


def _phone_of(contact: Contact, country: str) -> None:
    if contact.phone is not None and phones.normalise(contact.phone, country) is None:
        raise ValueError(f"contact.phone: {contact.phone} is not a phone number")
