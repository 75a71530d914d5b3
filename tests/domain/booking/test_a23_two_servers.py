"""A23: servers whose clocks are two minutes apart refuse no good link and accept none that is older."""

from datetime import timedelta

import pytest

from portal import clock
from portal.db import transaction
from tests.domain.booking.given import ask, opens, row
from tests.support import racers

AHEAD, BEHIND = 120, -120

pytestmark = [
    pytest.mark.parametrize("database", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("context"),
]


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def a_link_with(seconds_left):
    """A request whose link ends so many seconds from now; its uid."""
    now = clock.now()
    uid = ask(day=now.date() + timedelta(days=7), now=now)
    with transaction() as session:
        booking = session.merge(row(uid))
        booking.held_until = clock.now() + timedelta(seconds=seconds_left)
    return uid


def pressed_on_both(settings, track, links, **conditions):
    """How the press of each link ended, the first on the server that is ahead, the second on the one behind."""
    runners = [[[{"do": "confirm", "uid": uid}]] for uid in links]
    return [each.end for each in track.race(settings, runners, skews=[AHEAD, BEHIND], **conditions)]


def test_a23_a_link_with_a_minute_left_works_on_both_servers(settings, track):
    opens(places=2)
    assert pressed_on_both(settings, track, [a_link_with(60), a_link_with(60)]) == ["done", "done"]


def test_a23_a_link_that_ended_a_minute_ago_works_on_neither(settings, track):
    opens(places=2)
    assert pressed_on_both(settings, track, [a_link_with(-60), a_link_with(-60)]) == ["Late", "Late"]


def test_a23_control_servers_that_trust_their_own_clocks_are_wrong_both_ways(settings, track):
    opens(places=4)
    good, old = [a_link_with(60), a_link_with(60)], [a_link_with(-60), a_link_with(-60)]
    assert pressed_on_both(settings, track, good, follow=False) == ["Late", "done"]
    assert pressed_on_both(settings, track, old, follow=False) == ["Late", "done"]
