"""A question of the garage's own: asked on the page of the car, checked, and kept in the case."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.journeys.walk import CAR, answer, walk

ADDRESS = "/staff/peeters/work/questions"
DOG = {
    "words_0_nl": "Is er een hond aan boord?",
    "words_0_fr": "Y a-t-il un chien à bord ?",
    "words_0_de": "Fährt ein Hund mit?",
    "words_0_en": "Is there a dog aboard?",
}
INSURER = {
    "words_1_nl": "Welke verzekeraar?",
    "words_1_fr": "Quel assureur ?",
    "words_1_de": "Welcher Versicherer?",
    "words_1_en": "Which insurer?",
}


@pytest.fixture
def planner(at_desk):
    return at_desk(Role.PLANNER)


@pytest.fixture
def asked(planner):
    """Peeters asks for the dog (yes or no, required) and for the insurer."""
    page = planner.open(ADDRESS).submit("Save", kind_0="yes_no", required_0=True, **DOG)
    return page.submit("Save", **INSURER)


def test_questions_are_kept_in_order_with_names_of_their_own(app, asked):
    with app.app_context():
        dog, insurer = garages.find("peeters").profile.questions
    assert (dog.slug, dog.kind, dog.required) == ("is-er-een-hond-aan-boord", "yes_no", True)
    assert (insurer.slug, insurer.kind, insurer.required) == ("welke-verzekeraar", "text", False)


def test_customers_answer_and_the_case_knows(app, asked, client, clock, deliver):
    client.headers["Accept-Language"] = "fr"
    page = walk(client, "car")
    assert "Y a-t-il un chien à bord ?" in page.text
    page = page.submit(**CAR, **{"question_welke-verzekeraar": "AXA"})
    assert page.status == 422 and page.value("question_welke-verzekeraar") == "AXA"
    page = page.submit(**{"question_is-er-een-hond-aan-boord": "yes"})
    while not page.path.endswith("/check"):
        page = answer(page)
    assert "Y a-t-il un chien à bord ?" in page.text and "AXA" in page.text
    answer(page)
    booked = client.open(deliver()[-1].link).submit()
    assert booked.status == 200
    number = shown_number(app)
    told = app.test_cli_runner().invoke(args=["case", "show", "peeters", number]).output
    assert "question Is er een hond aan boord?, answer yes" in told
    assert "question Welke verzekeraar?, answer AXA" in told


def shown_number(app):
    return app.test_cli_runner().invoke(args=["case", "list", "peeters"]).output.split()[0]


def test_without_questions_the_page_asks_nothing_more(garage, client):
    assert not walk(client, "car").soup.select("[name^=question_]")


def test_an_answer_nobody_offered_is_none(asked, client):
    page = walk(client, "car")
    sent = client.open(
        page.path,
        method="POST",
        data={**CAR, "plate_country": "BE", "question_is-er-een-hond-aan-boord": "maybe"},
    )
    assert sent.status == 422
    assert sent.errors == ["Answer this question: Is there a dog aboard?"]


def test_a_question_is_asked_in_every_language(planner):
    page = planner.open(ADDRESS).submit("Save", **{**DOG, "words_0_de": ""})
    assert (page.status, page.errors) == (422, ["Write this question in this language too: Deutsch."])
    assert page.value("words_0_fr") == DOG["words_0_fr"]


def test_an_emptied_question_is_asked_no_longer(app, asked):
    asked.submit("Save", **dict.fromkeys(DOG, ""))
    with app.app_context():
        assert [each.slug for each in garages.find("peeters").profile.questions] == ["welke-verzekeraar"]


def test_whoever_is_second_sees_both(planner, at_desk):
    mine = planner.open(ADDRESS)
    at_desk(Role.OWNER).open(ADDRESS).submit("Save", **{**DOG, "words_0_en": "Any dogs?"})
    page = mine.submit("Save", **DOG)
    assert page.status == 409 and "Question, English Now saved: Any dogs?" in page.text
    assert page.submit("Save").hops == [303]


def test_questions_are_put_in_another_order_and_answers_still_find_theirs(app, asked):
    assert (
        asked.soup.find("button", value="up-0") is None and asked.soup.find("button", value="down-1") is None
    )
    moved = asked.submit("Move down: question 1")
    assert moved.status == 200 and moved.value("words_1_en") == DOG["words_0_en"]
    assert moved.soup.find("button", autofocus=True)["value"] == "up-1"  # it cannot go further down
    with app.app_context():
        assert (
            garages.find("peeters").profile.questions[0].slug == "is-er-een-hond-aan-boord"
        )  # not saved yet
    moved.submit("Save")
    with app.app_context():
        insurer, dog = garages.find("peeters").profile.questions
    assert (insurer.slug, dog.slug) == ("welke-verzekeraar", "is-er-een-hond-aan-boord")
    assert (insurer.kind, dog.kind, dog.required) == ("text", "yes_no", True)
