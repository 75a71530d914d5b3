"""A04: customers book, move and cancel while the garage changes hours and capacity, eight at once.

`PORTAL_TEST_FULL=1` does 20,000 deeds instead of 240. The control runs without the guards and must go wrong.
"""

from collections import Counter

import pytest

from portal.db import db
from tests.domain.booking import claes
from tests.faults.test_places import FULL
from tests.support import lives, racers
from tests.support.racers import spread

DEEDS = 20_000 if FULL else 240
CLIENTS = 8
CASES = 4  # of each client

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(3600 if FULL else 300)]


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def eight_lives():
    claes.opens()
    lives.apply(lives.FIRST_RULES)
    return [
        {
            "do": "live",
            "seed": seed,
            "deeds": DEEDS // CLIENTS,
            "cases": [claes.case(damage_flow=("classic", "spot")[number % 2]) for number in range(CASES)],
        }
        for seed in range(CLIENTS)
    ]


def lived(settings, track, **conditions):
    """What eight lives at once did."""
    outcomes = track.race(settings, spread(eight_lives(), processes=CLIENTS), **conditions)
    assert {each.end for each in outcomes} == {"done"}
    return lives.read([each.value for each in outcomes])


def test_a04_at_no_moment_is_more_given_away_than_there_is_and_in_the_end_everything_is_where_it_should_be(
    settings, track
):
    deeds = lived(settings, track)
    ended = Counter((deed.what, deed.end) for deed in deeds)
    assert {end for _, end in ended} == {"done", "NoPlace"}
    assert all(ended[what, "done"] > DEEDS / 100 for what in ("book", "move", "cancel", "change the rules"))
    assert ended["book", "NoPlace"] and ended["move", "NoPlace"]
    assert lives.faults(deeds) == []
    assert lives.found() == lives.left(deeds)


def test_a04_control_without_the_guards_more_is_given_away_than_there_is(settings, track, database):
    def faults():
        db.session.expunge_all()
        database.empty()
        return lives.faults(lived(settings, track, guarded=False, dawdle=0.1))

    # Lives may keep out of one another's way by chance; not three times.
    assert any(faults() for _ in range(3))
