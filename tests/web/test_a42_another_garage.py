"""What belongs to one garage or one draft gives nothing away below another."""

import pytest

from tests.journeys.rows import rows
from tests.web.world import addresses


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a42_nothing_of_a_garage_is_found_below_another(portal, group, app, client, method):
    before = rows(app)
    given = {"draft", "token", "photo"}
    found = {
        address.replace("/peeters/", "/maes/"): rule
        for rule, address in addresses(app, portal, method)
        if given & rule.arguments
    }
    assert len(found) > 20
    answered = {address: client.open(address, method=method, data={}).status for address in found}
    assert set(answered.values()) <= {404, 410}, answered
    assert rows(app) == before


def test_a42_the_photo_of_one_draft_is_not_seen_below_another(portal, client):
    own, other = portal.drafts["unfinished"], portal.drafts["held"]
    assert client.open(f"{own}/photos/{portal.photo}.jpg").status == 200
    assert client.open(f"{other}/photos/{portal.photo}.jpg").status == 404


def test_a42_the_photo_of_one_draft_is_not_removed_below_another(portal, app, client):
    before = rows(app)
    client.open(f"{portal.drafts['held']}/photos/{portal.photo}/remove", method="POST")
    assert rows(app) == before
    assert client.open(f"{portal.drafts['unfinished']}/photos/{portal.photo}.jpg").status == 200


def test_a42_a_draft_of_one_garage_cannot_be_carried_on_below_another(portal, group, app, client):
    before = rows(app)
    page = client.open("/maes/assessment/").submit(
        draft=portal.drafts["unfinished"].rpartition("/")[2],
        first_name="Eve",
        last_name="Eve",
        email="eve@example.com",
        phone="0470 12 34 56",
        consent=True,
    )
    assert page.status == 410
    assert rows(app) == before


@pytest.mark.parametrize("slug", ["nobody", "Peeters", "peeters.", "%70eeters%00", "..", "static"])
def test_a42_a_garage_that_is_none_is_not_found(portal, client, slug):
    assert client.open(f"/{slug}/assessment/").status == 404
