"""Applying a file makes the stored garage equal to it; doing so again changes nothing."""

import pytest
from PIL import Image

from portal import clock
from portal.adapters.storage import NotStored
from portal.domain.audit import queries as audit
from portal.domain.garage import queries, service
from portal.domain.garage.errors import FileRefused, GarageUnknown
from portal.wiring import wired
from tests.domain.garage.given import MAES, PEETERS, changed, read
from tests.files import pictures
from tests.support.racers import together

pytestmark = pytest.mark.usefixtures("context")

ANTWERPEN = MAES[MAES.index("[[locations]]") : MAES.index('[[locations]]\nslug = "luik"')]


@pytest.fixture
def apply(tmp_path):
    def apply(text):
        return service.apply(read(tmp_path, text), folder=tmp_path, storage=wired().storage, now=clock.now())

    return apply


@pytest.fixture
def logo(tmp_path):
    (tmp_path / "logo.png").write_bytes(pictures.file(Image.new("RGB", (300, 100), "green"), "PNG"))
    return tmp_path / "logo.png"


def with_logo(text, name="logo.png"):
    return changed(text, "[brand]", f'[brand]\nlogo = "{name}"')


def test_a_new_garage_is_there_with_its_locations(apply):
    applied = apply(MAES)
    assert (applied.slug, applied.created) == ("maes", True)
    assert applied.changed == ["antwerpen", "luik", "mechelen", "hasselt"]
    maes = queries.find("maes")
    assert maes.name == "Carrosserie Maes"
    assert [place.slug for place in maes.locations] == applied.changed


def test_applying_again_changes_nothing_not_even_the_revision(apply, logo):
    apply(with_logo(MAES))
    before = queries.find("maes").revision
    again = apply(with_logo(MAES))
    assert (again.created, again.changed) == (False, [])
    assert queries.find("maes").revision == before


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('name = "Carrosserie Maes"', 'name = "Maes"', ["garage"]),
        ('accent = "#b3261e"', 'accent = "#b3261f"', ["garage"]),
        ("day_limit = 8", "day_limit = 9", ["antwerpen"]),
        ('slug = "luik"', 'slug = "luik"\nquestions = []', ["luik"]),
        ('zone = "Europe/Brussels"\nflows = []', 'zone = "Europe/Brussels"', ["mechelen"]),
        ('"08:00-12:00"', '"08:00-12:30"', ["antwerpen"]),
    ],
)
def test_a_change_is_named_seen_at_once_and_makes_a_new_revision(apply, old, new, named):
    apply(MAES)
    before = queries.find("maes")
    assert apply(changed(MAES, old, new)).changed == named
    after = queries.find("maes")
    assert after.revision != before.revision and after is not before
    assert [place.id for place in after.locations] == [place.id for place in before.locations]


def test_a_change_taken_back_is_a_change_too(apply):
    apply(PEETERS)
    first = queries.find("peeters").revision
    apply(changed(PEETERS, "places = 1", "places = 2"))
    apply(PEETERS)
    assert queries.find("peeters").revision != first
    assert queries.find("peeters").locations[0].profile.assessment.places == 1


def test_another_order_of_the_locations_is_a_change(apply):
    apply(MAES)
    apply(changed(MAES, ANTWERPEN, "") + ANTWERPEN)
    assert [place.slug for place in queries.find("maes").locations] == [
        "luik",
        "mechelen",
        "hasselt",
        "antwerpen",
    ]


def test_a_location_that_left_the_file_is_kept_but_not_listed(apply):
    apply(MAES)
    gone = queries.find("maes").by_slug("antwerpen")
    assert "antwerpen" in apply(changed(MAES, ANTWERPEN, "")).changed
    maes = queries.find("maes")
    assert [place.slug for place in maes.locations] == ["luik", "mechelen", "hasselt"]
    assert maes.by_slug("antwerpen") is None
    kept = queries.location(maes, gone.id)
    assert (kept.id, kept.name, kept.contact) == (gone.id, "Maes Antwerpen", gone.contact)


def test_a_location_that_comes_back_is_the_same_one(apply):
    apply(MAES)
    before = queries.find("maes").by_slug("antwerpen").id
    apply(changed(MAES, ANTWERPEN, ""))
    apply(MAES)
    assert queries.find("maes").by_slug("antwerpen").id == before


def test_a_garage_that_is_not_active_is_not_found_but_its_rows_are(apply):
    apply(PEETERS)
    garage_id = queries.find("peeters").id
    apply("active = false\n" + PEETERS)
    with pytest.raises(GarageUnknown):
        queries.find("peeters")
    assert queries.by_id(garage_id).slug == "peeters"
    assert [garage.slug for garage in queries.every()] == ["peeters"]


def test_garages_are_told_by_name_and_unknown_ones_are_not_found(apply):
    apply(PEETERS)
    apply(MAES)
    assert [garage.slug for garage in queries.every()] == ["maes", "peeters"]
    for slug in ("nobody", "", "PEETERS", "peeters/leuven"):
        with pytest.raises(GarageUnknown):
            queries.find(slug)


def test_a_logo_is_stored_as_a_picture_under_a_name_of_its_own(apply, logo):
    apply(with_logo(PEETERS))
    first = queries.find("peeters").locations[0].brand.logo_key
    assert wired().storage.get(first).startswith(b"\x89PNG")
    logo.write_bytes(pictures.file(Image.new("RGB", (300, 100), "blue"), "PNG"))
    assert apply(with_logo(PEETERS)).changed == ["garage"]
    second = queries.find("peeters").locations[0].brand.logo_key
    assert second != first and first.startswith("logos/") and first.endswith(".png")


def test_a_logo_that_is_missing_or_no_picture_changes_nothing(apply, tmp_path):
    apply(PEETERS)
    (tmp_path / "words.png").write_text("no picture at all")
    for name, told in (
        ("nobody.png", "there is no file nobody.png"),
        ("words.png", "words.png is not a PNG"),
    ):
        with pytest.raises(FileRefused) as refused:
            apply(with_logo(changed(PEETERS, "places = 1", "places = 2"), name))
        assert told in str(refused.value)
    peeters = queries.find("peeters")
    assert peeters.locations[0].brand.logo_key is None
    assert peeters.locations[0].profile.assessment.places == 1


def test_a_logo_of_a_location_that_is_missing_is_told_with_its_location(apply):
    with pytest.raises(FileRefused) as refused:
        apply(changed(MAES, "[locations.brand]", '[locations.brand]\nlogo = "nobody.png"'))
    assert "locations[1].brand.logo" in str(refused.value) or "luik" in str(refused.value)


def told(garage):
    """What the log says of a garage, oldest first: about what, whom, and which fields before and after."""
    entries = [
        entry
        for about, subject in (("garage", "maes"), ("location", "antwerpen"), ("location", "luik"))
        for entry in audit.of_subject(garage.id, about, subject=subject)
    ]
    return [(each.subject, each.who, each.what, each.before, each.after) for each in entries]


def test_what_a_file_changes_stands_in_the_log_and_what_it_repeats_does_not(apply):
    apply(MAES)
    maes = queries.find("maes")
    apply(MAES)
    assert told(maes) == []
    apply(changed(changed(MAES, 'name = "Carrosserie Maes"', 'name = "Maes & co"'), ANTWERPEN, ""))
    garage, *locations = told(maes)
    assert garage == ("maes", "command line", "applied", {"name": "Carrosserie Maes"}, {"name": "Maes & co"})
    hidden = ("antwerpen", "command line", "applied", {"listed": True}, {"listed": False})
    assert locations == [hidden]


def test_a_file_applied_ten_times_at_once_is_one_garage(app, apply, tmp_path):
    file = read(tmp_path, MAES)
    work = [lambda: service.apply(file, folder=tmp_path, storage=wired().storage, now=clock.now())] * 10
    found = together(app, work)
    assert sorted(each.created for each in found) == [False] * 9 + [True]
    assert len(queries.find("maes").locations) == 4


def test_an_old_logo_is_still_there_for_mails_that_show_it(apply, logo):
    apply(with_logo(PEETERS))
    first = queries.find("peeters").locations[0].brand.logo_key
    apply(PEETERS)
    try:
        wired().storage.get(first)
    except NotStored:
        pytest.fail("a mail of yesterday shows nothing now")
