"""How people write the parts of a garage file, and what each becomes."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import available_timezones

import holidays
from pydantic import AfterValidator, BeforeValidator, Field

from portal.core import colours
from portal.core.normalise import emails

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 40:
        raise ValueError("use small letters, digits and single hyphens, at most 40")
    return value


def _email(value: str) -> str:
    if (clean := emails.normalise(value)) is None:
        accented = emails.is_accented(value)
        raise ValueError("no mail can have accents before the @" if accented else "not a mail address")
    return clean


def _accent(value: str) -> str:
    if colours.parse(value) is None:
        raise ValueError('a colour is written like "#0b5d4e"')
    return value.lower()


def _minute(value: str) -> int:
    if not (match := re.fullmatch(r"(\d\d):(\d\d)", value)):
        raise ValueError('a time is written like "09:00"')
    minute = int(match[1]) * 60 + int(match[2])
    if int(match[2]) > 59 or minute > 24 * 60:
        raise ValueError(f"{value} is not a time of day")
    return minute


def _spans(value: object) -> object:
    """`["09:00-12:30"]` as pairs of minutes since midnight; stored documents hold the pairs already."""
    if not isinstance(value, list):
        raise ValueError('hours are written in brackets, like ["09:00-12:30"]')
    return [_span(span) if not isinstance(span, (list, tuple)) else span for span in value]


def _span(value: object) -> tuple[int, int]:
    start, dash, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not dash:
        raise ValueError('hours are written like "09:00-12:30"')
    return _minute(start.strip()), _minute(end.strip())


def _days(value: object) -> object:
    """`"mon-fri"` or `"mon,wed"` as weekday numbers, Monday being 0; stored documents hold the numbers already."""
    if not isinstance(value, str):
        return value
    numbers: set[int] = set()
    for part in value.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
            raise ValueError('days are written like "mon-fri" or "tue,sat"')
        begin = WEEKDAYS.index(first)
        end = WEEKDAYS.index(last) if dash else begin
        if end < begin:
            raise ValueError(f'"{part}" runs backwards')
        numbers.update(range(begin, end + 1))
    return sorted(numbers)


@lru_cache
def regions() -> dict[str, list[str]]:
    """The parts of each country with public holidays of their own, by the country's code."""
    return holidays.list_supported_countries()


# Asked for every location of every garage, and found by walking through folders.
zones = lru_cache(available_timezones)


def _zone(value: str) -> str:
    if value not in zones():
        raise ValueError("not a time zone; one is written like Europe/Brussels")
    return value


def _country(value: str) -> str:
    if value not in regions():
        raise ValueError("not a country code; one is written like BE")
    return value


def _site(value: str) -> str:
    """A web site that may show the portal in a frame. It becomes part of a header, so nothing else gets in."""
    if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?/?", value):
        raise ValueError("a web site is written like https://www.example.com, without a path")
    return value.rstrip("/")


Slug = Annotated[str, AfterValidator(_slug)]
Email = Annotated[str, AfterValidator(_email)]
Accent = Annotated[str, AfterValidator(_accent)]
Spans = Annotated[list[tuple[int, int]], BeforeValidator(_spans)]
Days = Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1), BeforeValidator(_days)]
Site = Annotated[str, AfterValidator(_site)]
Country = Annotated[str, AfterValidator(_country)]
Zone = Annotated[str, AfterValidator(_zone)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


def twice_in(names: Sequence[str]) -> str | None:
    """The first name that is there more than once, if there is one."""
    return next((name for name in names if names.count(name) > 1), None)


def each_once(name: str) -> AfterValidator:
    """The rule that no two things of a list have the same `name`, which is one of their fields."""

    def check(listed: list[Any]) -> list[Any]:
        if twice := twice_in([getattr(each, name) for each in listed]):
            raise ValueError(f"{twice} is there twice")
        return listed

    return AfterValidator(check)
