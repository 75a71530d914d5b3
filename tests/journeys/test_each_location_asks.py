"""A location that asks something of its own: whoever comes there is asked that, and nobody else."""

import pytest

from tests.files.pictures import file, four_corners
from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import CAR, answer, draft_of, requested, step_of, walk
from tests.journeys.workshop import document, set_up
from tests.support import cases

pytestmark = on_sqlite

CHOICE, ANTWERPEN, LUIK = "/maes/assessment/", "/maes/antwerpen/assessment/", "/maes/luik/assessment/"
DOG = {"slug": "dog", "words": {"nl": "Hond?", "en": "Is there a dog aboard?"}, "required": True}
INSURER = {"slug": "insurer", "words": {"nl": "Welke verzekeraar?", "en": "Which insurer?"}}
MORE = "Maes Liège needs a little more from you here."
PICTURE = {"damage_far": [("car.jpg", file(four_corners(60, 40), "JPEG"))]}


@pytest.fixture
def told(app, clock):
    """`told(questions=[…], luik={…})`: Maes with this told by the garage, and by its locations."""

    def told(**said):
        garage = document("maes")
        for place in garage["locations"]:
            place |= said.pop(place["slug"], {})
        return set_up(app, garage | said)

    return told


@pytest.fixture
def dog_in_luik(told):
    """Only the location in Liège asks for the dog, and insists."""
    return told(luik={"questions": [DOG]})


def chosen(page, slug):
    """The page after this location was chosen, by whoever goes back for it."""
    return page.visitor.open(f"{draft_of(page)}/location").submit(location=slug)


class TestKnownFromTheAddress:
    def test_its_questions_are_asked_from_the_start(self, dog_in_luik, client):
        car = walk(client, "car", LUIK)
        assert "Is there a dog aboard?" in car.text and "needs a little more" not in car.text
        assert answer(car).errors == ["Answer this question: Is there a dog aboard?"]
        assert "Is there a dog aboard?" not in walk(client, "car", ANTWERPEN).text

    def test_a_location_that_asks_nothing_asks_nothing_of_the_garage_either(self, told, client):
        told(questions=[DOG], luik={"questions": []})
        assert "dog" not in walk(client, "car", LUIK).text
        assert "dog" in walk(client, "car", ANTWERPEN).text

    def test_its_photos_are_asked_for_and_required(self, told, client):
        told(luik={"photos": [{"label": "plate", "title": {"en": "Your plate"}}], "photos_required": True})
        here = walk(client, "photos", LUIK)
        assert [slot["data-slot"] for slot in here.soup.select("[data-slot]")] == ["plate"]
        assert "Your plate" in here.text and "Add at least one." in here.text
        assert here.submit("Continue").errors == ["Add at least one photo of the damage."]
        there = walk(client, "photos", ANTWERPEN)
        assert len(there.soup.select("[data-slot]")) == 6 and "Add at least one." not in there.text
        assert step_of(there.submit("Continue")) == "timeslot"

    def test_a_location_needs_no_photo_where_the_others_do(self, told, client):
        told(photos_required=True, luik={"photos_required": False})
        assert step_of(answer(walk(client, "photos", LUIK))) == "timeslot"
        assert answer(walk(client, "photos", ANTWERPEN)).errors

    def test_the_answers_stand_in_the_case(self, app, told, client, deliver):
        told(questions=[INSURER], luik={"questions": [DOG]})
        requested(client, LUIK, question_dog="Yes, a big one")
        client.open(deliver()[0].link).submit()
        assert answers_of_the_case(app) == "question Hond?, answer Yes, a big one"


def test_the_only_location_that_takes_assessments_asks_from_the_start(told, client):
    told(luik={"questions": [DOG]}, antwerpen={"flows": []}, hasselt={"flows": []})
    assert "Is there a dog aboard?" in walk(client, "car", CHOICE).text


class TestChosen:
    def test_before_it_is_chosen_the_garage_asks(self, told, client):
        told(questions=[INSURER], luik={"questions": [DOG]})
        car = walk(client, "car", CHOICE)
        assert "Which insurer?" in car.text and "dog" not in car.text

    def test_what_it_asks_beside_comes_next_with_what_was_typed_and_no_complaint(self, dog_in_luik, client):
        car = walk(client, "location", CHOICE).submit(location="luik")
        assert step_of(car) == "car" and car.status == 200
        assert car.value("plate") == "1-ABC-234" and car.value("question_dog") == ""
        assert MORE in car.text and not car.errors and not car.title.startswith("Error")
        assert step_of(car.submit(question_dog="No")) == "timeslot"

    def test_an_answer_that_stays_out_is_missed_once_it_was_sent(self, dog_in_luik, client):
        car = walk(client, "location", CHOICE).submit(location="luik").submit()
        assert car.errors == ["Answer this question: Is there a dog aboard?"] and MORE not in car.text

    def test_another_language_is_no_reason_to_complain_either(self, dog_in_luik, client):
        car = walk(client, "location", CHOICE).submit(location="luik").submit("FR Français")
        assert step_of(car) == "car" and not car.errors and car.value("plate") == "1-ABC-234"

    def test_a_photo_that_is_missing_comes_next(self, told, client):
        told(luik={"photos_required": True})
        photos = walk(client, "location", CHOICE).submit(location="luik")
        assert step_of(photos) == "photos" and MORE in photos.text and not photos.errors
        assert photos.submit("Continue").errors == ["Add at least one photo of the damage."]
        assert step_of(photos.submit("Continue", files=PICTURE)) == "timeslot"

    def test_a_photo_that_is_there_already_is_enough(self, told, client):
        told(luik={"photos_required": True})
        page = walk(client, "photos", CHOICE).submit("Continue", files=PICTURE)
        assert step_of(page.submit(location="luik")) == "timeslot"

    def test_a_location_that_asks_what_the_garage_asks_leads_to_the_time(self, dog_in_luik, client):
        assert step_of(walk(client, "location", CHOICE).submit(location="antwerpen")) == "timeslot"

    def test_what_was_answered_is_shown_and_stands_in_the_case(self, app, told, client, deliver):
        told(questions=[INSURER], luik={"questions": [DOG]})
        said = {"question_insurer": "AXA", "question_dog": "Yes, a big one"}
        check = walk(client, "check", CHOICE, location="luik", **said)
        assert "Yes, a big one" in check.text and "AXA" not in check.text
        answer(check)
        client.open(deliver()[0].link).submit()
        assert answers_of_the_case(app) == "question Hond?, answer Yes, a big one"


class TestChosenAnother:
    def test_what_it_asks_comes_before_its_time(self, dog_in_luik, client):
        check = walk(client, "check", CHOICE, location="antwerpen")
        car = chosen(check, "luik")
        assert step_of(car) == "car" and MORE in car.text
        assert step_of(answer(car, question_dog="No")) == "timeslot"

    def test_whoever_goes_back_to_one_that_asks_nothing_is_held_up_no_longer(self, dog_in_luik, client):
        car = walk(client, "location", CHOICE).submit(location="luik")
        assert step_of(chosen(car, "antwerpen")) == "timeslot"
        again = client.open(car.url)
        assert "dog" not in again.text and "needs a little more" not in again.text

    def test_answers_are_there_again_with_the_location_that_asked(self, dog_in_luik, client):
        there = walk(client, "timeslot", CHOICE, location="luik", question_dog="A small one")
        chosen(there, "antwerpen")
        answer(client.open(f"{draft_of(there)}/car"), plate="2-XYZ-987")
        assert step_of(chosen(there, "luik")) == "timeslot"
        car = client.open(f"{draft_of(there)}/car")
        assert (car.value("plate"), car.value("question_dog")) == ("2-XYZ-987", "A small one")

    def test_the_time_is_chosen_anew_also_if_only_the_language_was_pressed(self, group, clock, client):
        check = walk(client, "check", CHOICE, location="antwerpen")
        client.open(f"{draft_of(check)}/location").submit("FR Français", location="luik")
        assert step_of(client.open(check.url)) == "timeslot"


class TestRulesThatChange:
    def test_whoever_is_about_to_send_is_asked_what_the_location_asks_since(self, group, told, clock, client):
        check = walk(client, "check", LUIK)
        told(luik={"questions": [DOG]})
        car = answer(check)
        assert step_of(car) == "car" and car.errors == ["Answer this question: Is there a dog aboard?"]
        assert step_of(answer(car, question_dog="No")) == "check"

    def test_whoever_only_looks_hears_no_complaint(self, group, told, clock, client):
        check = walk(client, "check", LUIK)
        told(luik={"questions": [DOG]})
        car = client.open(check.url)
        assert step_of(car) == "car" and MORE in car.text and not car.errors

    def test_what_another_location_asks_since_is_nothing_to_whoever_comes_here(self, group, told, client):
        check = walk(client, "check", CHOICE, location="antwerpen")
        told(luik={"questions": [DOG], "photos_required": True})
        assert step_of(answer(check)) == "sent"

    def test_an_answer_from_a_tab_of_before_the_choice_is_judged_anew(self, dog_in_luik, client):
        location = walk(client, "location", CHOICE)
        old = client.open(f"{draft_of(location)}/car")
        car = location.submit(location="luik")
        car.submit(question_dog="No")
        assert step_of(client.open(old.url, method="POST", data=CAR | {"plate_country": "BE"})) == "car"


class TestOfACase:
    """A case has its location; whoever knows its link brings photos to that one."""

    @pytest.fixture
    def photos(self, app, told, clock, client):
        """`photos("luik")`: the step that asks for photos, for a case of that location, where one is required."""
        garage = told(luik={"photos": [{"label": "damage_far"}], "photos_required": True})

        def photos(slug):
            known = cases.opened(app, garage, clock.now(), location=slug, number=f"26-{slug}")
            return client.open(known.assessment).submit("Continue")

        return photos

    def test_its_location_asks_for_the_photos(self, photos):
        page = photos("luik")
        assert [slot["data-slot"] for slot in page.soup.select("[data-slot]")] == ["damage_far"]
        assert page.submit("Continue").errors == ["Add at least one photo of the damage."]
        assert step_of(page.submit("Continue", files=PICTURE)) == "timeslot"

    def test_another_location_needs_none(self, photos):
        page = photos("antwerpen")
        assert len(page.soup.select("[data-slot]")) == 6
        assert step_of(page.submit("Continue")) == "timeslot"

    def test_it_is_asked_for_one_once_its_location_wants_it(self, photos, told, client):
        check = answer(photos("antwerpen").submit("Continue"))
        assert step_of(check) == "check"
        told(antwerpen={"photos_required": True})
        page = answer(check)
        assert step_of(page) == "photos" and "Add at least one." in page.text
        assert step_of(page.submit("Continue", files=PICTURE)) == "check"


def answers_of_the_case(app):
    """What the only case says about the questions of the garage's own."""
    run = app.test_cli_runner().invoke
    number = run(args=["case", "list", "maes"]).output.split()[0]
    lines = run(args=["case", "show", "maes", number]).output.splitlines()
    return "; ".join(line[line.index("question ") :] for line in lines if "question " in line)
