"""What a garage decides about itself, checked: brand, words, locations, hours.

These classes are the format of a garage file and of the stored documents alike.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, Self

import holidays
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

from portal.core import scheduling
from portal.core.normalise import phones
from portal.domain.garage.spelling import Accent, Country, Days, Email, Site, Slug, Spans, Text, Zone

LANGUAGES = ("nl", "fr", "de", "en")
FLOWS = ("assessment",)
# First words of addresses below /<garage>/ that belong to the portal itself.
RESERVED_SLUGS = frozenset({*FLOWS, "repair", "status", "confirm", "privacy", "brand.css", "logo", "booking"})
RESERVED_GARAGES = frozenset({"static", "staff", "api", "healthz", "inbox", "admin"})

Language = Literal["nl", "fr", "de", "en"]
Flow = Literal["assessment"]
Words = dict[Language, Annotated[str, Field(min_length=1)]]


class Strict(BaseModel):
    """Nothing but what the format knows: a misspelt setting is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class Hours(Strict):
    """Open spans on some weekdays, maybe only between two dates (inclusive)."""

    days: Days
    open: Spans
    slot_minutes: int | None = Field(default=None, ge=5, le=720)
    places: int | None = Field(default=None, ge=1, le=1000)
    valid_from: date | None = None
    valid_until: date | None = None


class DayException(Strict):
    """One day whose hours replace the weekly ones, public holiday or not; no hours: closed that day."""

    day: date
    open: Spans = []
    slot_minutes: int | None = Field(default=None, ge=5, le=720)
    places: int | None = Field(default=None, ge=1, le=1000)


class Closure(Strict):
    """Days on which nothing is offered, whatever else is said (inclusive)."""

    first: date
    last: date

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.last < self.first:
            raise ValueError("the last day lies before the first")
        return self


class AssessmentHours(Strict):
    """When a location looks at damage, and how many cars at a time."""

    hours: list[Hours] = []
    exceptions: list[DayException] = []
    slot_minutes: int = Field(default=30, ge=5, le=720)
    places: int = Field(default=1, ge=1, le=1000)
    notice_minutes: int = Field(default=120, ge=0, le=60 * 24 * 60)
    horizon_days: int = Field(default=60, ge=1, le=400)

    @model_validator(mode="after")
    def _bookable(self) -> Self:
        names = [f"hours[{index}]" for index, _, _ in self._weekly()]
        _refuse(names, scheduling.problems([window for _, _, window in self._weekly()]))
        for index, exception in enumerate(self.exceptions):
            windows = self.exception_windows(exception)
            broken = scheduling.exception_problems(scheduling.DayException(exception.day, tuple(windows)))
            _refuse([f"exceptions[{index}]"] * len(windows), broken)
        days = [exception.day for exception in self.exceptions]
        if len(days) != len(set(days)):
            raise ValueError("two exceptions for the same day")
        return self

    def _weekly(self) -> list[tuple[int, int, scheduling.Window]]:
        return [
            (
                index,
                weekday,
                scheduling.Window(
                    weekday=weekday,
                    start=start,
                    end=end,
                    slot_minutes=hours.slot_minutes or self.slot_minutes,
                    places=hours.places or self.places,
                    valid_from=hours.valid_from,
                    valid_until=hours.valid_until,
                ),
            )
            for index, hours in enumerate(self.hours)
            for weekday in hours.days
            for start, end in hours.open
        ]

    def windows(self) -> list[scheduling.Window]:
        """The weekly series as the scheduling core reads it."""
        return [window for _, _, window in self._weekly()]

    def exception_windows(self, exception: DayException) -> list[scheduling.Window]:
        """One exception's hours as the scheduling core reads them."""
        return [
            scheduling.Window(
                weekday=None,
                start=start,
                end=end,
                slot_minutes=exception.slot_minutes or self.slot_minutes,
                places=exception.places or self.places,
            )
            for start, end in exception.open
        ]


_BROKEN_HOURS = {
    scheduling.Problem.NO_WEEKDAY: "no such day of the week",
    scheduling.Problem.OUTSIDE_DAY: "a day goes from 00:00 to 24:00",
    scheduling.Problem.ENDS_BEFORE_START: "they end before they begin",
    scheduling.Problem.SLOT_TOO_SHORT: "an appointment takes at least a minute",
    scheduling.Problem.SLOT_TOO_LONG: "one appointment is longer than these hours",
    scheduling.Problem.NO_PLACES: "there must be at least one place",
    scheduling.Problem.VALIDITY_REVERSED: "the last day lies before the first",
    scheduling.Problem.OVERLAP: "they overlap other hours of the same day",
}


def _refuse(names: list[str], problems: Sequence[tuple[int, scheduling.Problem]]) -> None:
    if problems:
        raise ValueError(
            "; ".join(sorted({f"{names[index]}: {_BROKEN_HOURS[rule]}" for index, rule in problems}))
        )


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
    bring: dict[Language, list[Text]] = {}
    assessment: AssessmentHours | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.slug in RESERVED_SLUGS:
            raise ValueError(f'"{self.slug}" is an address of the portal itself; choose another slug')
        regions = holidays.list_supported_countries()[self.country]
        if self.region is not None and self.region not in regions:
            raise ValueError(f"region {self.region} is not one of {', '.join(regions) or 'none'}")
        _phone_of(self.contact, self.country)
        return self


class GarageProfile(Strict):
    """One company: brand, languages, and words of its own."""

    slug: Slug
    name: Text
    active: bool = True
    languages: list[Language] = Field(min_length=1)
    flows: list[Flow] = list(FLOWS)  # type: ignore[arg-type]
    allowed_sites: list[Site] = []
    brand: Brand
    contact: Contact
    mail: MailSettings
    privacy: Words
    bring: dict[Language, list[Text]] = {}
    photos_required: bool = False

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
        return self


class GarageFile(GarageProfile):
    """A garage with its locations, as one file tells it."""

    locations: list[LocationProfile] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_slug_a_location(self) -> Self:
        slugs = [location.slug for location in self.locations]
        if len(set(slugs)) != len(slugs):
            raise ValueError("locations: two of them share a slug")
        _phone_of(self.contact, self.locations[0].country)
        return self


def _phone_of(contact: Contact, country: str) -> None:
    if contact.phone is not None and phones.normalise(contact.phone, country) is None:
        raise ValueError(f"contact.phone: {contact.phone} is not a phone number")
