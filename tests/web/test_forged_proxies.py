"""Whoever says which proxies they came through is believed as far as our own proxies stand there, and no further."""

import pytest
from flask import request, request_started

from portal.web import limits
from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import PORTAL, YOU

FORGED = "198.51.100.1, 198.51.100.2, 203.0.113.9"
VISITOR = "192.0.2.7"

pytestmark = on_sqlite


@pytest.fixture
def proxies():
    return 0


@pytest.fixture
def settings(settings, proxies):
    return settings.model_copy(update={"rate_limits": True, "proxies": proxies})


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, VISITOR), (1, "203.0.113.9"), (2, "198.51.100.2"), (5, VISITOR)]
)
def test_the_address_is_that_which_our_outermost_proxy_saw(app, garage, seen):
    found = []
    with request_started.connected_to(lambda _app: found.append(request.remote_addr), app):
        app.test_client().get(
            "/healthz",
            headers={
                "X-Forwarded-For": FORGED,
                "X-Real-IP": FORGED,
                "Forwarded": "for=198.51.100.3",
                "X-Client-IP": "198.51.100.4",
                "CF-Connecting-IP": "198.51.100.5",
            },
            environ_base={"REMOTE_ADDR": VISITOR},
        )
    assert found == [seen]


def pressed(client, told):
    """How presses end, as many as a visitor may and one more; `told(number)`: the headers of each."""
    most = int(limits.START.partition("/")[0])
    return [
        client.open(PORTAL, method="POST", data=YOU | {"email": "nobody"}, **told(number)).status
        for number in range(most + 1)
    ]


def of_one_visitor(statuses):
    return statuses == [422] * (len(statuses) - 1) + [429]


def test_without_proxies_no_header_makes_another_network_of_a_visitor(garage, clock, client):
    def told(number):
        return {"X_Forwarded_For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}

    assert of_one_visitor(pressed(client, told))


@pytest.mark.parametrize("proxies", [1])
@pytest.mark.parametrize("visitor", ["198.51.100.7:{}", "[2001:db8::7]:{}", "unknown", "[", ""])
def test_a_proxy_that_tells_the_port_too_or_no_address_makes_no_new_network_of_each_press(
    garage, clock, client, visitor
):
    assert of_one_visitor(
        pressed(client, lambda number: {"X_Forwarded_For": visitor.format(50_000 + number)})
    )
