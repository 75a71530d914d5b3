"""Cases that letters are looked at with."""

from portal.db import db
from portal.domain.casework import merging
from portal.domain.correspondence import queries
from tests.support import claes


def test_a_merged_case_is_none_to_look_at_a_letter_with(app, clock, context):
    kept, other = claes.case(app, clock), claes.case(app, clock, number="GA-7")
    merging.merge(claes.reach(), kept.number, other.number, by=claes.WIM, now=clock.now())
    db.session.rollback()
    (offered,) = queries.newest_cases(claes.reach(), 5)
    assert offered.case.number == kept.number
    assert queries.case(claes.reach(), offered.case.number)
