"""Members at the desk, in real browsers."""

import pytest

from portal.domain.team.rights import Role
from tests.support import desk

LAPTOP = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def sit_down(live, windows):
    """`sit_down("peeters", role, language="nl")`: a page on a laptop in which a new member is signed in."""

    def sit(slug="peeters", role=Role.OWNER, *, language="en", address=None, **more):
        visitor = desk.at_desk(live.app, live.url, slug, role, language=language, **more)
        page = windows.open(language, **LAPTOP)
        page.context.add_cookies(
            [{"name": "desk", "value": visitor.cookie("desk"), "url": f"{address or live.url}/staff"}]
        )
        return page

    return sit
