"""A location's hours in sections: each is read, fingerprinted and saved without its neighbours."""

import pytest

from portal.domain.garage import sections
from portal.domain.garage.sections import CLOSURES, WHOLE_DAY
from tests.domain.booking import claes

CLASSIC, SPOT = sections.week("repair", "classic"), sections.week("repair", "spot")
ASSESSMENT = sections.week("assessment")


@pytest.fixture
def aalst(context):
    return claes.opens()


def changed(place, section, **values):
    """The location after a change."""
    profile = place.profile.model_dump(mode="json") | sections.changes(place, section, values)
    return type(place)(place.id, type(place.profile).model_validate(profile), place.garage)


@pytest.mark.parametrize(
    ("section", "values"),
    [
        (ASSESSMENT, {"horizon_days": 5}),
        (CLASSIC, {"day_limit": 5}),
        (sections.exceptions("repair", "spot"), {"exceptions": [{"day": "2026-12-24", "open": []}]}),
        (CLOSURES, {"closures": [{"first": "2026-12-24", "last": "2026-12-31"}]}),
        (WHOLE_DAY, {"day_limit": 5}),
    ],
)
def test_a_change_shows_in_its_own_section_alone(aalst, section, values):
    everything = (
        ASSESSMENT,
        CLASSIC,
        SPOT,
        sections.exceptions("repair", "spot"),
        CLOSURES,
        WHOLE_DAY,
    )
    after = changed(aalst, section, **values)
    differs = [
        each
        for each in everything
        if sections.read(aalst, each).fingerprint != sections.read(after, each).fingerprint
    ]
    assert differs == [section]


def test_the_exception_of_a_day_changes_without_those_of_other_days(aalst):
    first, second = (sections.exception("repair", "spot", f"2026-12-0{day}") for day in (1, 2))
    closed = {"day": "2026-12-02", "open": [], "slot_minutes": None, "places": None}
    after = changed(aalst, second, exceptions=[closed])
    both = changed(after, first, exceptions=[{"day": "2026-12-01"}])
    assert sections.read(after, second).values == {"exceptions": [closed]}
    assert sections.read(after, first) == sections.read(aalst, first)
    assert sections.read(both, second) == sections.read(after, second)
    assert sections.read(changed(both, second, exceptions=[]), first) == sections.read(both, first)
    assert [str(each.day) for each in both.repair_hours("spot").exceptions] == ["2026-12-01", "2026-12-02"]


def test_hours_of_work_that_had_none_are_added(aalst):
    bare = type(aalst)(
        aalst.id, aalst.profile.model_copy(update={"assessment": None, "repair": []}), aalst.garage
    )
    week = [{"days": [0], "open": [[540, 600]]}]
    assert changed(bare, ASSESSMENT, hours=week).profile.assessment.hours[0].days == [0]
    assert [each.damage_flow for each in changed(bare, SPOT, hours=week).profile.repair] == ["spot"]
