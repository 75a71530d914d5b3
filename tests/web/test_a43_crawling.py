"""Whoever follows every address there is changes nothing."""

import pytest

from tests.journeys.rows import rows
from tests.web.world import addresses


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a43_no_address_changes_a_row_or_fails_when_it_is_looked_at(portal, app, client, method):
    before = rows(app)
    found = {
        address: client.open(address, method=method).status for _, address in addresses(app, portal, method)
    }
    assert not {address: status for address, status in found.items() if status >= 500}
    assert rows(app) == before


def test_a43_a_crawler_that_follows_every_link_changes_nothing(portal, app, client):
    before = rows(app)
    seen, waiting = (
        set(),
        ["/peeters/", *portal.links.values(), *(f"{at}/check" for at in portal.drafts.values())],
    )
    while waiting:
        page = client.open(waiting.pop())
        assert page.status < 500, page.url
        links = {link.partition("#")[0] for link in page.links().values() if link.startswith(client.base_url)}
        days = {link for link in links if "day=" in link}
        fresh = (links - days | set(sorted(days)[:2])) - seen
        seen |= links
        waiting += fresh
    assert len(seen) > 50
    assert rows(app) == before


def test_a43_what_only_sends_cannot_be_opened(portal, app, client):
    opened = {rule.rule for rule, _ in addresses(app, portal, "GET")}
    sending = [(rule, address) for rule, address in addresses(app, portal, "POST") if rule.rule not in opened]
    assert len(sending) > 10
    assert {client.open(address).status for _, address in sending} == {405}
