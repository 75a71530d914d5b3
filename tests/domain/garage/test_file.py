"""A garage file says what is wrong with it, and where, before anything changes."""

import pytest

from portal.domain.garage import file
from portal.domain.garage.errors import FileRefused
from tests.domain.garage.given import MAES, PEETERS, changed, read

HOURS = 'hours = [{ days = "mon-fri", open = ["09:00-12:00", "13:00-17:00"] }]'
PRIVACY_DE = 'de = "Wir nutzen Ihre Daten nur für Ihren Schadenfall."\n'

MISTAKES = {
    "an unknown key": ('slug = "peeters"', 'slug = "peeters"\ncolour = "red"', "colour: there is no such setting"),
    "an unknown key of a location": ('city = "Leuven"', 'city = "Leuven"\nplaces = 2', "locations[0].places: there is no such setting"),
    "a missing key": ('name = "Garage Peeters"', "", "name: is missing"),
    "a missing key of a location": ('city = "Leuven"', "", "locations[0].city: is missing"),
    "an empty name": ('name = "Garage Peeters"', 'name = ""', "name: "),
    "a colour in words": ('accent = "#0b5d4e"', 'accent = "green"', "brand.accent: a colour is written like"),
    "a short colour": ('accent = "#0b5d4e"', 'accent = "#0b5"', "brand.accent: a colour is written like"),
    "no colour": ('accent = "#0b5d4e"', "", "brand.accent: a garage needs one"),
    "a slug with spaces": ('slug = "peeters"', 'slug = "Garage Peeters"', "slug: use small letters"),
    "a slug of the portal": ('slug = "peeters"', 'slug = "static"', '"static" is an address of the portal'),
    "a location slug of the portal": ('slug = "leuven"', 'slug = "assessment"', "locations[0]: "),
    "a location slug that is a flow to come": ('slug = "leuven"', 'slug = "repair"', '"repair" is an address'),
    "no phone": ('phone = "016 22 00 00"\n', "", "contact: a garage needs a phone and a mail"),
    "a phone that is none": ('phone = "016 22 00 00"', 'phone = "12"', "contact.phone: 12 is not a phone number"),
    "a mail address that is none": ('mail = "info@peeters.example.com"', 'mail = "info"', "contact.mail: not a mail"),
    "a mail address few servers take": ('mail = "info@peeters', 'mail = "infó@peeters', "contact.mail: no mail can"),
    "a reply address that is none": ('reply_to = "desk@', 'reply_to = "desk at ', "mail.reply_to: not a mail"),
    "a language we do not speak": ('"nl", "fr", "de", "en"', '"nl", "it"', "languages[1]: "),
    "a language twice": ('"nl", "fr", "de", "en"', '"nl", "nl"', "languages: one is named twice"),
    "no language": ('["nl", "fr", "de", "en"]', "[]", "languages: "),
    "a language without privacy words": (PRIVACY_DE, "", "privacy: no words in de"),
    "a zone of nowhere": ('"Europe/Brussels"', '"Europe/Leuven"', "locations[0].zone: not a time zone"),
    "a country of nowhere": ('country = "BE"', 'country = "XX"', "locations[0].country: not a country code"),
    "a region of another country": ('country = "BE"', 'country = "BE"\nregion = "BY"', "region BY is not one of"),
    "hours without an end": (HOURS, HOURS.replace("09:00-12:00", "09:00"), 'hours[0].open: hours are written like'),
    "an hour that does not exist": (HOURS, HOURS.replace("09:00", "09:60"), "09:60 is not a time of day"),
    "an hour after midnight": (HOURS, HOURS.replace("17:00", "24:30"), "24:30 is not a time of day"),
    "an hour in words": (HOURS, HOURS.replace("09:00", "nine"), 'a time is written like "09:00"'),
    "hours that overlap": (HOURS, HOURS.replace("13:00", "11:00"), "locations[0].assessment: hours[0]: they overlap"),
    "hours that run backwards": (HOURS, HOURS.replace("09:00", "12:30"), "hours[0]: they end before they begin"),
    "hours shorter than a timeslot": (HOURS, HOURS.replace("09:00", "11:45"), "hours[0]: one appointment is longer than"),
    "days that run backwards": (HOURS, HOURS.replace("mon-fri", "fri-mon"), '"fri-mon" runs backwards'),
    "days in another language": (HOURS, HOURS.replace("mon-fri", "ma-vr"), 'days are written like "mon-fri"'),
    "no places": ("places = 1", "places = 0", "locations[0].assessment.places: "),
    "a timeslot of no length": ("slot_minutes = 30", "slot_minutes = 0", "locations[0].assessment.slot_minutes: "),
    "a horizon of ten years": ("horizon_days = 60", "horizon_days = 3650", "locations[0].assessment.horizon_days: "),
    "a flow nobody knows": ('slug = "peeters"', 'slug = "peeters"\nflows = ["cooking"]', "flows[0]: "),
    "a web site that is none": ('slug = "peeters"', 'slug = "peeters"\nallowed_sites = ["javascript:alert(1)"]', "allowed_sites[0]: "),
    "a garage nowhere": (PEETERS[PEETERS.index("[[locations]]") :], "", "locations: is missing"),
    "no TOML": ('slug = "peeters"', "slug = peeters", "at line 1"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, told):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(PEETERS, old, new))
    assert told in str(refused.value)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path):
    text = changed(changed(PEETERS, "#0b5d4e", "green"), "Europe/Brussels", "Europe/Leuven")
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, text)
    assert [line.partition(":")[0] for line in refused.value.problems] == [
        "brand.accent",
        "locations[0].zone",
    ]


def test_the_second_location_is_named_as_the_second(tmp_path):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(MAES, 'city = "Liège"', 'city = "Liège"\nhours = []'))
    assert refused.value.problems[0].startswith("locations[1].hours: ")


def test_two_locations_do_not_share_a_slug(tmp_path):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(MAES, 'slug = "luik"', 'slug = "antwerpen"'))
    assert refused.value.problems == ["locations: two of them share a slug"]


def test_two_exceptions_for_one_day_are_one_too_many(tmp_path):
    twice = 'exceptions = [{ day = 2026-12-24 }, { day = 2026-12-24, open = ["09:00-10:00"] }]\n'
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(PEETERS, HOURS, twice + HOURS))
    assert "two exceptions for the same day" in str(refused.value)


def test_an_exception_whose_hours_overlap_is_named(tmp_path):
    overlapping = 'exceptions = [{ day = 2026-12-24, open = ["09:00-11:00", "10:00-12:00"] }]\n'
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(PEETERS, HOURS, overlapping + HOURS))
    assert "exceptions[0]: they overlap" in str(refused.value)


def test_a_closure_does_not_end_before_it_begins(tmp_path):
    backwards = 'city = "Leuven"\nclosures = [{ first = 2026-12-31, last = 2026-12-24 }]'
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(PEETERS, 'city = "Leuven"', backwards))
    assert refused.value.problems == ["locations[0].closures[0]: the last day lies before the first"]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "garage.toml"
    path.write_bytes(PEETERS.encode("utf-16"))
    with pytest.raises(FileRefused):
        file.read(path)


def test_a_file_that_is_not_there_is_another_matter(tmp_path):
    with pytest.raises(OSError):
        file.read(tmp_path / "nobody.toml")


def test_hours_are_read_as_people_write_them(tmp_path):
    text = changed(
        PEETERS, HOURS, 'hours = [{ days = "mon-wed, sat", open = ["08:30 - 12:00", "22:00-24:00"] }]'
    )
    (hours,) = read(tmp_path, text).locations[0].assessment.hours
    assert hours.days == [0, 1, 2, 5]
    assert hours.open == [(510, 720), (1320, 1440)]


def test_hours_of_two_seasons_do_not_overlap(tmp_path):
    seasons = """hours = [
        { days = "mon-fri", open = ["09:00-17:00"], valid_until = 2027-06-30 },
        { days = "mon-fri", open = ["08:00-16:00"], valid_from = 2027-07-01 },
    ]"""
    assert len(read(tmp_path, changed(PEETERS, HOURS, seasons)).locations[0].assessment.windows()) == 10


def with_site(site):
    return changed(PEETERS, 'slug = "peeters"', f'slug = "peeters"\nallowed_sites = ["{site}"]')


@pytest.mark.parametrize(
    "site",
    [
        "https://www.example.com/booking",
        "https://*.example.com",
        "www.example.com",
        "https://a.example.com; script-src *",
        "https://a.example.com 'unsafe-inline'",
        "https://a.example.com\\nX-Other: header",
        "https://a.example.com:٨٠",
        "https://",
    ],
)
def test_only_a_plain_address_gets_into_the_header_that_names_the_sites_allowed_to_frame(tmp_path, site):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, with_site(site))
    assert refused.value.problems[0].startswith("allowed_sites[0]: ")


@pytest.mark.parametrize(
    "site", ["https://www.example.com", "http://localhost:8080", "https://www.example.com/"]
)
def test_the_site_of_a_garage_may_show_it_in_a_frame(tmp_path, site):
    assert read(tmp_path, with_site(site)).allowed_sites == [site.rstrip("/")]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    assert read(tmp_path, "\ufeff" + PEETERS).slug == "peeters"
