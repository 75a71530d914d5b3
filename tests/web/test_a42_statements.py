"""Every statement of a page names its garage, or something that was found within it.

Rows that are read as objects have a second line at run time (`test_a42_second_line.py`). Columns have this one: a statement
that would find rows of any garage by what somebody typed fails here, whichever page it belongs to.
"""

import re

import pytest

from portal.db import db
from portal.domain.team.rights import Role
from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.support import desk
from tests.web.statements import watched
from tests.web.world import addresses

# What belongs to one garage, and is known by an id that was read within it; a member's own memberships are of many.
WITHIN = re.compile(
    r"\b(garage_id|location_id|draft_id|case_id|merged_into|about)\b|\.id (=|IN)|membership\.member_id ="
)
BY_NAME = re.compile(r"\.uid (=|IN)")
FEWEST_AT_THE_DESK = 25  # kinds of pages


def owned():
    """The tables whose rows belong to a garage."""
    return [table.name for table in db.metadata.sorted_tables if "garage_id" in table.c]


def looks_anywhere(statement):
    """Whether this finds rows of any garage, without telling whose they are. What is written tells it."""
    told, _, condition = " ".join(statement.split()).partition(" WHERE ")
    asks_of = [table for table in owned() if re.search(rf'(FROM|JOIN|UPDATE) "?{table}"?\b', told)]
    # The unguessable name of a row is enough only where its garage comes along, to be compared.
    by_name = BY_NAME.search(condition) and "garage_id" in told
    return bool(asks_of) and not (by_name or WITHIN.search(condition) or told.startswith("INSERT"))


def anywhere(statements):
    return {statement for statement, _ in statements if looks_anywhere(statement)}


@on_sqlite
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a42_no_page_of_customers_asks_all_garages(portal, app, client, method):
    with watched(app) as statements:
        for _, address in addresses(app, portal, method):
            client.open(address, method=method, data={})
    assert len(statements) > 100 and not anywhere(statements)


@on_sqlite
def test_a42_no_page_of_the_desk_asks_all_garages(portal, app):
    owner = desk.at_desk(app, BASE_URL, "peeters", Role.OWNER)
    routes = app.url_map.bind("localhost")
    seen, waiting = set(), ["/staff/peeters/"]
    with watched(app) as statements:
        while waiting:
            path = waiting.pop(0)
            if not path.startswith("/staff/") or not routes.test(path) or routes.match(path)[0] in seen:
                continue
            seen.add(routes.match(path)[0])
            page = owner.open(path)
            assert page.status == 200, path
            found = [link.removeprefix(BASE_URL) for link in page.links().values()] if page.soup.html else []
            waiting += [link.partition("?")[0].partition("#")[0] for link in found]
    assert len(seen) > FEWEST_AT_THE_DESK and not anywhere(statements)


@pytest.mark.parametrize(
    ("statement", "caught"),
    [
        ('SELECT "case".id FROM "case" WHERE "case".number_key = ?', True),
        ("SELECT booking.id FROM booking WHERE booking.uid = ?", True),
        ("SELECT booking.garage_id FROM booking WHERE booking.uid = ?", False),
        ("SELECT booking.id FROM booking WHERE booking.email = ? AND booking.garage_id = ?", False),
        ("UPDATE message SET state = ? WHERE message.recipient = ?", True),
        ("SELECT member.id FROM member WHERE member.email = ?", False),
    ],
)
def test_a42_control_a_statement_that_forgot_its_garage_is_caught(statement, caught):
    assert looks_anywhere(statement) is caught
