"""What a garage asks and tells customers on the way."""

from datetime import UTC, datetime

import pytest

from portal.domain.garage.errors import FileRefused
from portal.domain.garage.profile import Announcement, PhotoWish, Question
from portal.domain.garage.views import GarageView, LocationView
from tests.domain.garage.given import MAES, changed, read

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SLUG = 'slug = "maes"'
ONE = '{ slug = "a", words = { nl = "?" } }'
BOTH = Announcement(words={"nl": "Gesloten", "en": "Closed"}, timeslot=True)


def garage(tmp_path, place=None, **told):
    """Maes with this told by the garage, and by its location in Liège."""
    file = read(tmp_path, MAES).model_copy(update=told)
    profiles = [
        each.model_copy(update=place or {}) if each.slug == "luik" else each for each in file.locations
    ]
    places = tuple(LocationView(number, each, file) for number, each in enumerate(profiles))
    return GarageView(1, "revision", file, places)


def test_without_a_list_every_photo_is_asked_for(tmp_path):
    assert [wish.label for wish in garage(tmp_path).photo_wishes] == [
        "overview",
        "damage_far",
        "damage_close",
        "plate",
        "odometer",
        "other",
    ]
    assert garage(tmp_path, photos=[PhotoWish(label="plate")]).photo_wishes == (PhotoWish(label="plate"),)


def test_an_announcement_is_read_on_its_pages_only(tmp_path):
    maes = garage(tmp_path, announcements={"repair": Announcement(words={"nl": "Gesloten"})})
    assert maes.announcement("repair", "first", "nl", NOW) == "Gesloten"
    assert maes.announcement("repair", "timeslot", "nl", NOW) == ""
    assert maes.announcement("status", "first", "nl", NOW) == ""


def test_a_missing_language_reads_the_first(tmp_path):
    maes = garage(tmp_path, announcements={"repair": BOTH})
    assert maes.announcement("repair", "first", "fr", NOW) == "Gesloten"
    assert maes.locations[0].announcement("repair", "timeslot", "en", NOW) == "Closed"


def test_a_locations_own_announcement_replaces_the_garages(tmp_path):
    own = {"announcements": {"repair": Announcement(words={"nl": "Enkel hier"}, first=False, timeslot=True)}}
    maes = garage(tmp_path, own, announcements={"repair": BOTH, "status": BOTH})
    luik = maes.by_slug("luik")
    assert luik.announcement("repair", "timeslot", "nl", NOW) == "Enkel hier"
    assert luik.announcement("repair", "first", "nl", NOW) == ""
    assert luik.announcement("status", "first", "nl", NOW) == "Gesloten"


def test_a_question_is_asked_in_the_language_or_the_first(tmp_path):
    dog = Question(slug="dog", words={"nl": "Hond?", "en": "Dog?"})
    maes = garage(tmp_path, questions=[dog])
    assert [maes.questions(language)[0][1] for language in ("en", "fr")] == ["Dog?", "Hond?"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ('photos = [{ label = "plate" }, { label = "plate" }]', "photos: plate is there twice"),
        ('photos = [{ label = "dog" }]', "photos[0].label: "),
        ('questions = [{ slug = "a", words = {} }]', "questions[0].words: "),
        (
            f"questions = [{ONE}, {ONE}]",
            "questions: a is there twice",
        ),
        ("announcements = { repair = { words = {} } }", "announcements.repair.words: "),
        ('announcements = { cooking = { words = { nl = "x" } } }', "announcements.cooking"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(tmp_path, told, sentence):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(MAES, SLUG, f"{SLUG}\n{told}"))
    assert sentence in str(refused.value)
