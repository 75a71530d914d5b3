"""A48: a person is erased whose case was merged into that of somebody else."""

import pytest

from portal.db import db
from portal.domain.booking.finding import queries
from portal.domain.booking.finding.search import Search
from portal.domain.casework import merging
from portal.domain.privacy import erasing
from portal.wiring import wired
from tests.support import claes
from tests.support.claes import WIM
from tests.support.traces import in_rows

NOAH = {"first_name": "Noah", "last_name": "Zwartjes", "phone": "+32471998877"}
TOLD = [*NOAH.values(), "noah.zwartjes@example.org"]


@pytest.fixture
def known(app, clock):
    return claes.case(app, clock)


@pytest.fixture(autouse=True)
def inside(context, known):
    return known


@pytest.mark.parametrize("mail", ["noah.zwartjes@example.org", ""])
def test_a48_nothing_of_them_is_left_at_the_case_that_was_kept(app, known, clock, mail):
    theirs = claes.case(app, clock, number="GA-7", mail=mail, **NOAH)
    uid = theirs.row.uid
    claes.book(app, theirs, clock)
    merging.merge(claes.reach(), known.number, "GA-7", by=WIM, now=clock.now())
    assert in_rows(app, TOLD)
    clock.at("2026-12-02 09:00")
    erasing.erase(wired().storage, wired().tokens, known.garage, uid, by=WIM, now=clock.now())
    db.session.rollback()
    assert in_rows(app, TOLD) == {}


def test_the_case_that_was_kept_is_found_by_its_own_customer_as_before(app, known, clock):
    uid = claes.case(app, clock, number="GA-7", mail="noah.zwartjes@example.org", **NOAH).row.uid
    merging.merge(claes.reach(), known.number, "GA-7", by=WIM, now=clock.now())
    erasing.erase(wired().storage, wired().tokens, known.garage, uid, by=WIM, now=clock.now())
    found = queries.find(claes.reach(), Search(words="ann peeters"), clock.now())
    assert [line.number for line in found.lines] == [known.number]
