"""The history of a case is read whatever was erased in it."""

import pytest

from portal.db import transaction
from portal.domain.cases.models import CaseEvent

GONE = "…"


@pytest.mark.parametrize(
    ("what", "detail", "said"),
    [
        ("booked", {"flow": "repair", "starts_at": GONE}, "Repair booked: …"),
        ("moved", {"flow": "repair", "old": GONE, "new": GONE}, "Before: …"),
        ("changed", {"fields": {"finished": ["", GONE]}}, "inished: …"),
        ("changed", {"fields": {"damage_zones": ["", GONE]}}, ": …"),
        ("changed", {"fields": {"activities": ["", f"{GONE} | {GONE}"]}}, ": … | …"),
    ],
)
def test_a_case_opens_although_something_was_erased_in_its_history(
    desk, address, app, known, clock, what, detail, said
):
    with app.app_context(), transaction() as session:
        session.add(CaseEvent(case_id=known.row.id, at=clock.now(), actor="garage", what=what, detail=detail))
    page = desk().open(address)
    assert page.status == 200 and said in page.text
