"""The log on screens of every width."""

from datetime import UTC, datetime

import pytest

from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.garage import queries as garages

LINES = "name => new Set([...name.getClientRects()].map(box => box.top)).size"


@pytest.fixture
def noted(live):
    """Somebody with a long name changed many words."""
    with live.app.app_context(), transaction() as session:
        audit.record(
            session,
            Actor("Hannelore Vandenbussche"),
            "changed",
            garage_id=garages.find("peeters").id,
            about="letter",
            subject="Invitation for whoever comes with a trailer (nl)",
            now=datetime.now(UTC),
            before={"words": "Welcome to our garage. " * 10},
            after={"words": "Welcome, and see you soon. " * 10},
        )


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_name_is_broken_within_a_word(sit_down, noted, language):
    page = sit_down(language=language)
    for width in (1440, 1024, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/staff/peeters/log/")
        name = page.get_by_role("table").get_by_text("Hannelore Vandenbussche")
        assert name.evaluate(LINES) <= 2, width
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), width
