"""Letters as they were sent, and tests that go."""

import pytest

from portal.domain.audit.service import Actor
from portal.domain.correspondence import queries, service
from portal.domain.correspondence.errors import LetterUnknown
from portal.domain.garage.reach import Reach
from tests.journeys.workshop import document, set_up
from tests.support import every_letter

RITA = Actor("Rita")


@pytest.fixture
def claes(app, context):
    return every_letter.workshop(app, "en")


@pytest.fixture
def number(claes, clock):
    return every_letter.case(claes, clock.now())


@pytest.fixture
def written(claes, number, clock):
    """`written(test=…)`: a letter about the case; its uid."""

    def write(*, test):
        if not test:
            return every_letter.write_to_customer(claes, number, "status", "en", clock.now())
        service.try_out(
            Reach(claes, claes.locations),
            number,
            uid="t" * 22,
            letter="status",
            language="en",
            subject="x",
            words="x",
            values={},
            recipient="rita@example.com",
            by=RITA,
            now=clock.now(),
        )
        return "t" * 22

    return write


def test_tests_go_after_a_day_and_letters_stay(written, clock):
    test, letter = written(test=True), written(test=False)
    clock.forward(hours=23)
    service.forget_tests(clock.now())
    assert queries.written(test)
    clock.forward(hours=1)
    service.forget_tests(clock.now())
    assert queries.written(test) is None and queries.written(letter)


def test_a_test_of_somebody_else_is_not_shown(written, claes):
    assert queries.last_test(claes.id, 1, written(test=True)) is None


def test_the_fitting_letter_follows_the_case(claes, number, clock):
    view = queries.case(Reach(claes, claes.locations), number)
    assert queries.fitting(view, clock.now()) == "repair"
    every_letter.cases.update(claes, number, {"vehicle_in": "2026-11-20"}, clock.now())
    view = queries.case(Reach(claes, claes.locations), number)
    assert queries.fitting(view, clock.now()) == "status"


def test_a_language_that_the_garage_no_longer_speaks_has_no_letters(app, claes):
    fewer = set_up(app, document("repairs") | {"languages": ["en"]})
    with pytest.raises(LetterUnknown):
        queries.template(fewer, "repair", "nl")
    assert list(queries.lines(fewer)[0].templates) == ["en"]
