"""The team: who may do what, where."""

from sqlalchemy import select

from portal.db import transaction
from portal.domain.garage.models import Garage, Location
from portal.domain.team.rights import Role
from tests.support import desk


def test_the_last_owner_stays(at_desk):
    owner = at_desk()
    page = owner.open("/staff/peeters/team/").click("Change")
    assert page.submit("Save", role="viewer").errors == [
        "A garage needs an owner. Make somebody else owner first."
    ]
    assert page.submit("Remove from the team").status == 422


def test_somebody_in_the_team_is_not_invited_twice(at_desk):
    page = (
        at_desk().open("/staff/peeters/team/").submit("Send the invitation", email="owner@desk.example.com")
    )
    assert page.status == 422
    assert page.errors == ["Whoever has this address is in the team already."]


def test_an_invitation_can_be_withdrawn(at_desk, deliver):
    page = at_desk().open("/staff/peeters/team/").submit("Send the invitation", email="ann@example.com")
    assert "ann@example.com invited" in page.text
    page = page.submit("Withdraw ann@example.com")
    assert "ann@example.com" not in page.text and "The invitation is withdrawn" in page.text
    assert deliver() == []


def test_who_is_removed_opens_nothing_any_more(app, at_desk):
    reception = at_desk(Role.RECEPTION)
    owner = at_desk()
    owner.open("/staff/peeters/team/").click("Change Reception").submit("Remove from the team")
    assert reception.open("/staff/peeters/").status == 404


def test_a_role_changes_what_is_in_reach_at_once(app, at_group_desk, group):
    viewer = at_group_desk(Role.VIEWER, locations=["antwerpen"])
    owner = at_group_desk()
    page = owner.open("/staff/maes/team/").click("Change Viewer")
    assert page.submit("Save", role="planner").status == 200
    assert viewer.open("/staff/maes/hours/").status == 200


def test_a_location_the_garage_left_is_not_forgotten_when_a_role_changes(app, group, at_group_desk):
    member = desk.member(app, "maes", Role.RECEPTION, name="ann", locations=["luik"])
    luik = leave(app, "luik")
    page = at_group_desk().open(f"/staff/maes/team/{member}")
    assert [box["value"] for box in page.soup.select("[name=locations][checked]")] == [str(luik)]


def leave(app, slug):
    """The garage no longer lists a location; its id."""
    with app.app_context(), transaction() as session:
        place = session.scalars(select(Location).where(Location.slug == slug)).one()
        place.listed = False
        session.get_one(Garage, place.garage_id).revision = "left"
        return place.id
