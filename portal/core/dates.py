"""Days and times as people of each language write them."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

NATIVE_NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}


@lru_cache(maxsize=8192)
def long_day(day: date, language: str) -> str:
    """`Tuesday 1 December 2026`."""
    pattern = {"de": "EEEE, d. MMMM y", "fr": "EEEE d'er' MMMM y"}.get(language, "EEEE d MMMM y")
    if language == "fr" and day.day != 1:  # only the first of a month is an ordinal
        pattern = pattern.replace("'er'", "")
    return format_date(day, pattern, locale=language)


@lru_cache(maxsize=8192)
def short_weekday(day: date, language: str) -> str:
    """`Tue`, without the dot some languages add."""
    return format_date(day, "EEE", locale=language).rstrip(".")


@lru_cache(maxsize=8192)
def short_month(day: date, language: str) -> str:
    """`Dec`, without the dot some languages add."""
    return format_date(day, "LLL", locale=language).rstrip(".")


@lru_cache(maxsize=1024)
def month(day: date, language: str) -> str:
    """`December 2026`."""
    return format_date(day, "LLLL y", locale=language)


def clock_time(minute: int) -> str:
    """Minutes since midnight as `09:00`; every language of the portal writes 24 hours."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def local_clock(moment: datetime, zone: str) -> str:
    """A moment as the clock on the wall of `zone` shows it."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def local_moment(moment: datetime, zone: str, language: str) -> str:
    """`Tuesday 1 December 2026, 14:05`, as calendar and clock of `zone` show it."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    return f"{long_day(day, language)}, {local_clock(moment, zone)}"
