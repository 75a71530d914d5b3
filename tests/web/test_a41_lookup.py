"""Whoever guesses plates and case numbers learns nothing, soon waits, and keeps nobody out of their own case."""

import os
import re
import unicodedata
from collections import Counter
from itertools import count
from random import Random

import pytest

from portal.web.limits import limiter
from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.support import cases, garages
from tests.support.visitor import Visitor
from tests.web.naughty import NAUGHTY, arriving
from tests.web.statements import watched

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
GUESSES, NETWORKS = (100_000, 50) if FULL else (1_000, 5)
RIGHT = ("1-ABC-234", "K7M-2QX-9RA")
WRONG = {
    "the number": ("1-ABC-234", "K7M-2QX-9RB"),
    "the plate": ("1-ABC-235", "K7M-2QX-9RA"),
    "both": ("1-ABC-235", "K7M-2QX-9RB"),
}
SENTENCE = "We find no case with this plate and this case number. Please check both."
TYPED = {name: arriving(text) for name, text in NAUGHTY.items()}


@pytest.fixture
def garage(app):
    return garages.apply(app, "repairs")


@pytest.fixture
def known(app, garage, clock):
    return cases.opened(app, garage, clock.now(), location="aalst", number=RIGHT[1])


@pytest.fixture(params=["status", "repair"])
def entrance(request, known):
    return f"/repairs/{request.param}/"


def look_up(visitor, entrance, plate, number, **headers):
    return visitor.open(entrance, method="POST", data={"plate": plate, "number": number}, **headers)


def same(text):
    """`text` as it may be compared: what can be kept of it, with the spaces and capitals of plates."""
    kept = "".join(
        sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cs"} or sign in "\r\n\t"
    )
    return unicodedata.normalize("NFC", " ".join(kept.replace(".", " ").upper().split()))


def is_about_cases(statement):
    return re.search(r'\bFROM "?case"?\b', statement) is not None


class TestUnlimited:
    def test_a41_the_right_ones_lead_to_the_case(self, known, entrance, client):
        page = look_up(client, entrance, *RIGHT)
        assert (page.status, page.hops) == (200, [303])
        assert known.token in page.url

    @pytest.mark.parametrize("plate", ["1abc234", " 1.ABC 234"])
    @pytest.mark.parametrize("number", ["k7m2qx9ra", "K7M 2QX 9RA"])
    def test_a41_under_any_spelling(self, known, client, plate, number):
        assert look_up(client, "/repairs/status/", plate, number).hops == [303]

    def test_a41_every_kind_of_wrong_is_the_same_answer_to_the_byte(self, known, entrance, client):
        answers = set()
        for plate, number in WRONG.values():
            page = look_up(client, entrance, plate, number)
            said = page.data
            for typed in (plate, number):
                said = said.replace(f'value="{typed}"'.encode(), b'value=""')
            assert len(page.data) - len(said) == len(plate + number)
            told = {name: value for name, value in page.headers.items() if name != "Content-Length"}
            answers.add((page.status, said, str(told), page.errors[0]))
        assert len(answers) == 1
        (answer,) = answers
        assert answer[0] == 422 and answer[3] == SENTENCE

    def test_a41_every_kind_of_wrong_asks_the_database_the_same(self, app, known, entrance, client):
        look_up(client, entrance, *WRONG["both"])
        asked = set()
        for plate, number in WRONG.values():
            with watched(app) as statements:
                look_up(client, entrance, plate, number)
            asked.add(tuple(statement for statement, _ in statements))
        assert len(asked) == 1
        assert len(asked.pop()) == 2  # whose pages these are, and the look-up

    def test_a41_the_wrong_page_says_where_to_find_the_number_and_whom_to_call(self, known, entrance, client):
        page = look_up(client, entrance, *WRONG["both"])
        assert "+32 53 20 00 00" in page.text and "on the papers of the garage" in page.text
        assert (page.value("plate"), page.value("number")) == WRONG["both"]

    def test_a41_the_case_of_another_garage_is_a_wrong_one(self, app, known, client):
        garages.apply(app, "maes")
        page = look_up(client, "/maes/status/", *RIGHT)
        assert (page.status, page.errors) == (422, [SENTENCE])

    def test_a43_asking_changes_nothing(self, app, known, entrance, client):
        before = rows(app)
        client.open(entrance)
        client.open(entrance, method="HEAD")
        look_up(client, entrance, *WRONG["both"])
        client.open(known.status)
        client.open(f"{known.status}/state")
        assert rows(app) == before

    @pytest.mark.parametrize("field", ["plate", "number"])
    def test_a44_whatever_is_typed_is_answered_and_kept(self, known, client, field):
        lost = {}
        for name, typed in TYPED.items():
            page = look_up(client, "/repairs/status/", **{"plate": "1-ABC-235", "number": "1", field: typed})
            assert page.status == 422 and page.errors, name
            if same(page.value(field)) != same(typed):
                lost[name] = page.value(field)
        assert not lost

    def test_a44_a_form_without_its_fields_is_answered_too(self, known, client):
        for data in ({}, {"plate": ""}, {"number": ["1", "2"]}, {"plate": ["1-ABC-234", "x"], "number": "1"}):
            assert client.open("/repairs/status/", method="POST", data=data).status == 422


@on_sqlite
class TestLimited:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"rate_limits": True, "proxies": 1})

    @pytest.fixture
    def guess(self, client):
        """A wrong answer, from a network of its own unless told."""
        numbers = count()

        def guess(plate=None, number=None, network=None, address="/repairs/status/"):
            turn = next(numbers)
            return look_up(
                client,
                address,
                plate or f"2-XYZ-{turn:03d}",
                number or f"N{turn}",
                X_Forwarded_For=network or f"203.0.{turn // 250}.{turn % 250 + 1}",
            )

        return guess

    def test_a41_one_network_waits_after_a_few_wrong_answers(self, known, guess):
        statuses = [guess(network="203.0.113.7").status for _ in range(8)]
        assert statuses[:5] == [422] * 5 and statuses[-1] == 429

    def test_a41_the_page_says_when_and_keeps_what_was_typed(self, known, guess):
        page = [guess("1-ABC-234", "X1", network="203.0.113.7") for _ in range(8)][-1]
        assert page.status == 429 and int(page.headers["Retry-After"]) > 0
        assert re.search(r"we wait until \d\d:\d\d;", page.errors[0])
        assert (page.value("plate"), page.value("number")) == ("1-ABC-234", "X1")

    def test_a41_nearly_all_guesses_are_refused_before_the_cases_are_asked(self, app, known, guess):
        with watched(app) as statements:
            statuses = [guess("1-ABC-234", network="203.0.113.7").status for _ in range(200)]
        asked = sum(is_about_cases(statement) for statement, _ in statements)
        assert asked == statuses.count(422) <= 10
        assert statuses.count(429) >= 190

    @pytest.mark.parametrize("about", [{"plate": "1-ABC-234"}, {"number": "K7M-2QX-9RA"}])
    def test_a41_one_plate_or_one_number_is_guarded_against_many_networks(self, app, known, guess, about):
        with watched(app) as statements:
            statuses = [guess(**about).status for _ in range(60)]
        assert statuses[:10] == [422] * 10 and statuses[10:] == [429] * 50
        assert sum(is_about_cases(statement) for statement, _ in statements) == 10

    @pytest.mark.timeout(1800 if FULL else 300)
    def test_a41_however_many_guesses_hit_nothing_and_hardly_any_reaches_the_cases(self, app, known):
        chance, browser = Random(41), app.test_client()
        with watched(app) as statements:
            heard = Counter(
                browser.post(
                    "/repairs/status/",
                    base_url=BASE_URL,
                    data={
                        "plate": chance.choice((RIGHT[0], f"2-XYZ-{turn % 1000:03d}")),
                        "number": f"K7M-{turn % 999:03d}-{chance.randrange(1000):03d}",
                    },
                    headers={"X-Forwarded-For": f"203.0.113.{turn % NETWORKS + 1}"},
                ).status_code
                for turn in range(GUESSES)
            )
        assert set(heard) == {422, 429} and heard[429] > 0.97 * GUESSES * (1 if FULL else 0.9)
        assert sum(is_about_cases(statement) for statement, _ in statements) == heard[422]
        assert browser.get(known.status, base_url=BASE_URL).status_code == 200

    def test_a41_other_spellings_are_the_same_plate(self, known, guess):
        spelled = ["1-ABC-234", "1abc234", "1 ABC 234", "1.abc.234"]
        assert [guess(spelled[turn % 4]).status for turn in range(11)][-1] == 429

    def test_a41_another_way_in_is_guarded_by_the_same_counter(self, known, guess):
        for _ in range(10):
            guess("1-ABC-234")
        assert guess("1-ABC-234", address="/repairs/repair/").status == 429
        assert guess("1-ABC-234", address="/repairs/aalst/status/").status == 429

    def test_a41_guessing_a_plate_that_exists_and_one_that_does_not_is_stopped_alike(self, known, guess):
        there = [guess("1-ABC-234").status for _ in range(12)]
        nowhere = [guess("9-ZZZ-999").status for _ in range(12)]
        assert there == nowhere

    def test_a41_the_owner_is_never_locked_out_of_the_link(self, known, guess, client):
        for _ in range(30):
            guess(*RIGHT[:1], network="203.0.113.7")
            guess(*RIGHT[:1])
        assert guess(*RIGHT, network="203.0.113.7").status == 429
        assert client.open(known.status, X_Forwarded_For="203.0.113.7").status == 200

    def test_a41_right_answers_are_not_counted(self, known, client):
        assert {look_up(client, "/repairs/status/", *RIGHT).status for _ in range(70)} == {200}

    def test_a41_empty_fields_and_languages_are_not_counted(self, known, client):
        for _ in range(10):
            assert look_up(client, "/repairs/status/", "", "").status == 422
            page = client.open("/repairs/status/", method="POST", data={"language": "nl", "plate": "x"})
            assert page.status == 200
        assert look_up(client, "/repairs/status/", *WRONG["both"]).status == 422

    def test_a41_a_plate_is_guarded_at_each_garage_for_itself(self, app, known, guess):
        garages.apply(app, "maes")
        for _ in range(11):
            guess("1-ABC-234", address="/maes/status/")
        assert guess("1-ABC-234").status == 422

    def test_a41_the_counters_hold_no_plate(self, app, known, guess):
        guess("1-ABC-234", "K7M-2QX-9RB")
        with app.app_context():
            names = " ".join(limiter.storage.storage)
        assert "look-up plate" in names
        assert not re.search("1-?ABC-?234|K7M", names)

    def test_another_browser_in_the_same_house_can_still_look_around(self, app, known, guess, client):
        for _ in range(8):
            guess(network="203.0.113.7")
        other = Visitor(app, client.base_url)
        assert other.open("/repairs/status/", X_Forwarded_For="203.0.113.7").status == 200
