"""The public holidays of a location by name, for those who plan around them."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

from portal.domain.garage.views import LocationView

LOOK_AHEAD = timedelta(days=400)  # as far as anybody may book


def coming(place: LocationView, today: date, language: str) -> list[tuple[date, str]]:
    """The public holidays from `today` on, by day, named in `language` where the calendar knows it, else in English."""
    known = holidays.country_holidays(
        place.profile.country,
        subdiv=place.profile.region,
        years=range(today.year, today.year + 3),
        language=_spoken(place, language),
    )
    return sorted((day, name) for day, name in known.items() if today <= day <= today + LOOK_AHEAD)


@lru_cache(maxsize=64)
def regions(code: str) -> Mapping[str, str]:
    """The parts of a country that have holidays of their own: code and name."""
    country = holidays.country_holidays(code)
    names: dict[str, str] = {}
    for name, region in country.subdivisions_aliases.items():
        if region not in names or names[region].isupper():  # a code; its name may follow
            names[region] = name
    return {region: names.get(region, region) for region in country.subdivisions}


def _spoken(place: LocationView, language: str) -> str | None:
    """The language to ask the calendar for; left open, the surroundings of the process would choose one."""
    calendar = holidays.country_holidays(place.profile.country)
    spoken = {each.partition("_")[0]: each for each in calendar.supported_languages}
    return spoken.get(language) or spoken.get("en") or calendar.default_language
