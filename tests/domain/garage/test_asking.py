"""What a garage asks and tells customers on the way."""

from datetime import UTC, datetime

import pytest

from portal.domain.garage.errors import FileRefused
from portal.domain.garage.profile import Announcement, PhotoWish, Question
from portal.domain.garage.views import GarageView, LocationView
from tests.domain.garage.given import MAES, changed, read

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SLUG = 'slug = "maes"'
LUIK = 'slug = "luik"'
ONE = '{ slug = "a", words = { nl = "?" } }'
SIX = [ONE.replace('"a"', f'"{slug}"') for slug in "abcdef"]
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


def test_a_location_asks_for_the_photos_of_its_garage_until_it_says_which(tmp_path):
    plate, other = [PhotoWish(label="plate")], [PhotoWish(label="other")]
    maes = garage(tmp_path, {"photos": other, "photos_required": False}, photos=plate, photos_required=True)
    luik, antwerpen = maes.by_slug("luik"), maes.by_slug("antwerpen")
    assert (luik.photo_wishes, luik.photos_required) == (tuple(other), False)
    assert (antwerpen.photo_wishes, antwerpen.photos_required) == (tuple(plate), True)
    assert (maes.photo_wishes, maes.photos_required) == (tuple(plate), True)


def test_a_location_may_ask_for_every_photo_where_the_others_do_not(tmp_path):
    maes = garage(tmp_path, {"photos": []}, photos=[PhotoWish(label="plate")])
    assert len(maes.by_slug("luik").photo_wishes) == 6


def test_a_location_may_insist_on_a_photo_and_leave_the_list_to_its_garage(tmp_path):
    luik = garage(tmp_path, {"photos_required": True}, photos=[PhotoWish(label="plate")]).by_slug("luik")
    assert luik.photos_required and luik.photo_wishes == (PhotoWish(label="plate"),)


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


def test_a_location_asks_the_questions_of_its_garage_until_it_says_which(tmp_path):
    dog, cat = (Question(slug=slug, words={"nl": f"{slug}?"}) for slug in ("hond", "kat"))
    maes = garage(tmp_path, {"questions": [cat]}, questions=[dog])
    assert maes.by_slug("luik").questions("en") == [(cat, "kat?")]
    assert maes.by_slug("antwerpen").questions("en") == maes.questions("en") == [(dog, "hond?")]


def test_a_location_may_ask_nothing(tmp_path):
    dog = Question(slug="dog", words={"nl": "Hond?"})
    assert garage(tmp_path, {"questions": []}, questions=[dog]).by_slug("luik").questions("nl") == []


def test_what_a_location_asks_stands_in_its_file(tmp_path):
    own = f'photos = [{{ label = "plate" }}]\nphotos_required = true\nquestions = [{ONE}]'
    antwerpen, luik = read(tmp_path, changed(MAES, LUIK, f"{LUIK}\n{own}")).locations[:2]
    assert luik.photos == [PhotoWish(label="plate")] and luik.photos_required
    assert luik.questions == [Question(slug="a", words={"nl": "?"})]
    assert (antwerpen.photos, antwerpen.photos_required, antwerpen.questions) == (None, None, None)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            'photos = [{ label = "plate" }, { label = "plate" }]',
            "locations[1].photos: plate is there twice",
        ),
        (f"questions = [{ONE}, {ONE}]", "locations[1].questions: a is there twice"),
        (f"questions = [{', '.join(SIX)}]", "locations[1].questions: List should have at most 5 items"),
        ('photos_required = "often"', "locations[1].photos_required: "),
    ],
)
def test_a_mistake_of_a_location_is_told_with_its_place(tmp_path, told, sentence):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(MAES, LUIK, f"{LUIK}\n{told}"))
    assert sentence in str(refused.value)


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
