"""Public holidays by name."""

from datetime import date
from types import SimpleNamespace

import pytest

from portal.domain.garage import rest_days

CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize("surroundings", ["C", "nl", "en_US"])
@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("NL", "nl", "Eerste kerstdag"),
        ("NL", "de", "Christmas Day"),
        ("BE", "de", "Weihnachten"),
        ("DE", "fr", "Christmas Day"),
    ],
)
def test_a_holiday_is_named_for_its_reader_wherever_the_portal_runs(
    monkeypatch, surroundings, country, language, name
):
    monkeypatch.setenv("LANGUAGE", surroundings)
    place = SimpleNamespace(profile=SimpleNamespace(country=country, region=None))
    assert dict(rest_days.coming(place, date(2026, 12, 1), language))[CHRISTMAS] == name


def test_a_region_is_named_and_no_code():
    assert rest_days.regions("FR")["971"] == "Guadeloupe" and rest_days.regions("CH")["BE"] == "Bern"
