"""A question of the garage's own: asked on the page of the car, checked, and kept in the case."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.journeys.walk import CAR, answer, walk
from tests.support import desk

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


GROUP = "/staff/maes/work/questions"
LUIK = f"{GROUP}/luik"
CAT = {f"words_0_{language}": f"{language}: cat?" for language in ("nl", "fr", "en")}
BIRD = {f"words_1_{language}": f"{language}: bird?" for language in ("nl", "fr", "en")}


class TestOfOneLocation:
    @pytest.fixture
    def planner(self, at_group_desk):
        return at_group_desk(Role.PLANNER)

    @pytest.fixture
    def own(self, planner):
        """The page of the location in Liège, which asks for birds beside what Maes asks everywhere, for cats."""
        planner.open(GROUP).submit("Save", **CAT)
        return planner.open(LUIK).submit("Save", as_garage=False, **BIRD)

    @pytest.fixture
    def asks(self, app):
        """`asks("luik")`: what customers of that location are asked."""

        def asks(slug):
            with app.app_context():
                return [words for _, words in garages.find("maes").by_slug(slug).questions("en")]

        return asks

    def test_it_begins_as_all_locations(self, planner, asks):
        planner.open(GROUP).submit("Save", **CAT)
        page = planner.open(GROUP).click("Maes Liège")
        assert page.path == LUIK and page.value("as_garage") is True
        assert "books an assessment at Maes Liège" in page.text
        assert "Customers are then asked: en: cat?" in page.text and page.value("words_0_en") == "en: cat?"
        assert page.submit("Save").hops == [303]
        planner.open(GROUP).submit("Save", **BIRD)
        assert asks("luik") == asks("antwerpen") == ["en: cat?", "en: bird?"]

    def test_its_own_questions_begin_with_those_of_all_and_are_asked_there_only(
        self, app, planner, own, asks
    ):
        assert own.hops == [303] and own.path == LUIK and own.value("as_garage") is False
        assert "With a list of their own: Maes Liège. " in planner.open(GROUP).text
        assert asks("luik") == ["en: cat?", "en: bird?"] and asks("antwerpen") == ["en: cat?"]
        with app.app_context():
            maes = garages.find("maes")
        assert maes.by_slug("luik").profile.questions[0] == maes.profile.questions[0]

    def test_what_is_asked_everywhere_later_leaves_them_alone(self, planner, own, asks):
        planner.open(GROUP).submit("Save", **dict.fromkeys(CAT, ""))
        assert asks("luik") == ["en: cat?", "en: bird?"] and asks("antwerpen") == []
        assert "Customers are then asked nothing of your own." in planner.open(LUIK).text

    def test_a_location_may_ask_nothing(self, own, asks):
        page = own.submit("Save", **dict.fromkeys([*CAT, *BIRD], ""))
        assert page.hops == [303] and page.value("as_garage") is False
        assert asks("luik") == [] and asks("antwerpen") == ["en: cat?"]

    def test_it_can_be_as_all_locations_again(self, own, asks):
        page = own.submit("Save", as_garage=True)
        assert page.value("as_garage") is True and asks("luik") == ["en: cat?"]

    def test_questions_that_are_not_used_are_not_judged(self, own, asks):
        assert own.submit("Save", as_garage=True, words_1_fr="").hops == [303]
        assert asks("luik") == ["en: cat?"]

    def test_an_own_question_is_asked_in_every_language(self, own, asks):
        page = own.submit("Save", words_1_fr="")
        assert page.errors == ["Write this question in this language too: Français."]
        assert page.value("as_garage") is False and asks("luik") == ["en: cat?", "en: bird?"]

    def test_another_order_is_of_this_location(self, own, asks):
        moved = own.submit("Move down: question 1")
        assert moved.path == LUIK and moved.value("as_garage") is False
        moved.submit("Save")
        assert asks("luik") == ["en: bird?", "en: cat?"]

    def test_whoever_is_second_sees_both(self, own, planner, at_group_desk):
        mine = planner.open(LUIK)
        at_group_desk(Role.OWNER).open(LUIK).submit("Save", as_garage=True)
        page = mine.submit("Save", words_1_en="Any birds?")
        assert page.status == 409 and "As for all locations Now saved: yes" in page.text
        assert page.value("words_1_en") == "Any birds?"
        assert page.submit("Save").hops == [303]

    def test_a_planner_of_one_location_is_led_to_it_and_finds_no_other(self, app, group, asks):
        planner = desk.at_desk(app, BASE_URL, "maes", Role.PLANNER, locations=["luik"])
        page = planner.open("/staff/maes/work/").click("Questions")
        assert page.path == LUIK and "All locations" not in page.links()
        assert page.submit("Save", as_garage=False, **CAT).hops == [303]
        assert asks("luik") == ["en: cat?"] and asks("antwerpen") == []
        assert planner.open(f"{GROUP}/antwerpen").status == 404

    def test_customers_of_this_location_are_asked(self, own, client):
        assert "en: bird?" in walk(client, "car", "/maes/luik/assessment/").text
        assert "en: bird?" not in walk(client, "car", "/maes/antwerpen/assessment/").text

    def test_the_log_tells_it_in_words(self, own, at_group_desk):
        own.submit("Save", **dict.fromkeys([*CAT, *BIRD], "")).submit("Save", as_garage=True)
        owner = at_group_desk(Role.OWNER)
        told = [
            " ".join(row.get_text(" ").split())
            for row in owner.open("/staff/maes/log/").soup.select("tbody tr")
        ]
        again, nothing, first, _everywhere = told
        assert "Questions Maes Liège changed Questions as for all locations → became" in first
        assert "en: bird?" in first and nothing.endswith("→ became –")
        assert again.endswith("Questions – → became as for all locations")
