"""The list of cases: found by words, narrowed by filters, page after page, and no further than one reaches."""

from urllib.parse import parse_qs, urlsplit

import pytest

from portal.domain.booking.finding import queries
from portal.domain.team.rights import Role
from tests.web.staff.cases.conftest import LIST, numbers
from tests.web.statements import watched


def test_the_newest_stand_first_with_what_one_looks_for(at_desk, enter):
    enter("GA-1", plate="1-ABC-234")
    enter("GA-2", plate="K-123-BX", location="tilburg", vehicle_in="2026-11-24", planned_end="2026-12-03")
    page = at_desk().open(LIST)
    assert numbers(page) == ["GA-2", "GA-1"]
    for words in ("K-123-BX", "Ann Peeters", "Volvo V60", "In the workshop", "Thu 3 Dec", "Claes Tilburg"):
        assert words in page.text


def test_a_row_leads_to_its_case(at_desk, enter):
    enter("26/10 17")
    assert (
        "https://portal.example.com/staff/repairs/cases/26%2F10%2017/"
        in at_desk().open(LIST).links().values()
    )


def test_the_search_of_every_page_leads_here(at_desk, enter):
    enter("GA-1")
    enter("GA-2", last_name="Jansen")
    page = at_desk().open("/staff/repairs/").submit(q="jan")
    assert page.path == LIST and numbers(page) == ["GA-2"]
    assert page.value("q") == "jan"


def test_every_way_to_spell_a_plate_finds_it(at_desk, enter):
    enter("GA-1", plate="1-ABC-234")
    member = at_desk()
    for words in ("1abc234", "1 ABC", "1.abc.2"):
        assert numbers(member.open(f"{LIST}?q={words}")) == ["GA-1"]


def test_filters_stand_in_the_address_and_are_taken_away_one_by_one(at_desk, enter):
    enter("GA-1", vehicle_in="2026-11-24")
    enter("GA-2", vehicle_in="2026-11-24", location="tilburg")
    enter("GA-3")
    page = at_desk().open(LIST).submit("Search", stage="vehicle_in", location="aalst", q="ann")
    assert numbers(page) == ["GA-1"]
    page = page.click("Claes Aalst")
    assert numbers(page) == ["GA-2", "GA-1"]
    page = page.click("In the workshop")
    assert numbers(page) == ["GA-3", "GA-2", "GA-1"] and page.value("q") == "ann"


def test_pages_follow_one_another(at_desk, enter, monkeypatch):
    monkeypatch.setattr(queries.find, "__defaults__", ("", 2))
    for number in range(5):
        enter(f"GA-{number}", plate=f"1-AAA-{number}")
    page = at_desk().open(f"{LIST}?sort=plate")
    seen = numbers(page)
    while "More cases" in page.links():
        page = page.click("More cases")
        seen += numbers(page)
    assert seen == [f"GA-{number}" for number in range(5)]
    assert numbers(page.click("To the first cases")) == ["GA-0", "GA-1"]


@pytest.mark.parametrize(
    "asked",
    [
        "stage=x&appointment=x&flow=x&sort=x&from=x&to=2026-13-01",
        "after=x",
        "after=0.1.&sort=plate",
        "after=0.1.0001-01-01T00:00:00%2B14:00&sort=appointment",
        "after=0.1.9999-12-31T23:00:00-14:00&sort=appointment",
        "q=%00%FF&from=2026-11-25",
        f"q={'x' * 3000}",
    ],
)
def test_an_address_that_asks_for_nonsense_is_answered(at_desk, enter, asked):
    enter("GA-1")
    assert at_desk().open(f"{LIST}?{asked}").status == 200


def test_an_empty_list_says_how_it_gets_full(at_desk):
    page = at_desk().open(LIST)
    assert "No cases yet" in page.text and "New case" in page.links()


def test_a_plate_nobody_knows_is_one_press_from_a_new_case(at_desk, enter):
    enter("GA-1")
    page = at_desk().open(f"{LIST}?q=2-XYZ-999")
    assert "No case found" in page.text
    assert page.click("New case for 2-XYZ-999").value("plate") == "2-XYZ-999"


def test_what_is_found_is_there_as_a_part_for_whoever_types(at_desk, enter):
    enter("GA-1")
    part = at_desk().open(f"{LIST}?q=ann", method="HEAD")
    assert part.status == 200
    response = at_desk(name="two")._ask(
        f"https://portal.example.com{LIST}?q=ann&part=results", "GET", None, {}
    )
    assert "GA-1" in response.text and "<html" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_a42_a_member_of_one_location_sees_its_cases_only(at_desk, enter):
    enter("GA-1")
    enter("GA-2", location="tilburg")
    member = at_desk(Role.PLANNER, locations=["tilburg"])
    assert numbers(member.open(LIST)) == ["GA-2"]
    assert numbers(member.open(f"{LIST}?q=GA-1")) == []
    assert member.open(f"{LIST}?location=aalst").status == 404
    assert member.open(f"{LIST}?location=luik").status == 404


def test_a_viewer_looks_and_takes_nothing_along(at_desk, enter):
    enter("GA-1")
    viewer = at_desk(Role.VIEWER)
    page = viewer.open(LIST)
    assert numbers(page) == ["GA-1"] and "New case" not in page.links() and "Excel" not in page.text
    token = viewer.token()
    sent = viewer.open(
        LIST, method="POST", data={"as": "csv", "csrf_token": token}, Referer="https://portal.example.com/"
    )
    assert sent.status == 403 and viewer.open("/staff/repairs/new-case/").status == 403


def test_a44_what_customers_type_is_text_on_the_list(at_desk, enter):
    enter("GA-1", first_name="<script>alert(1)</script>", make='"><img src=x>')
    page = at_desk().open(f"{LIST}?q=%3Cscript%3E")
    assert "<script>alert(1)</script>" in page.text
    assert not page.soup.select("td script, td img")


@pytest.mark.parametrize(
    "asked", ["", "?q=ann", "?q=ann+pee&sort=name&stage=appointment", "?sort=appointment"]
)
def test_a12_a_page_asks_the_same_few_things_whatever_lies_behind_it(at_desk, enter, app, asked):
    def asks():
        with watched(app) as statements:
            assert member.open(LIST + asked).status == 200
        return [statement for statement, _ in statements]

    member = at_desk()
    enter("GA-0")
    member.open(LIST + asked)
    before = asks()
    for number in range(1, 30):
        enter(f"GA-{number}")
    assert set(asks()) <= set(before)  # a page that is full by then asks no further
    assert len([each for each in before if '"case"' in each or "case_term" in each]) <= 3


def test_the_address_of_the_next_page_keeps_the_search(at_desk, enter, monkeypatch):
    monkeypatch.setattr(queries.find, "__defaults__", ("", 1))
    enter("GA-1")
    enter("GA-2")
    page = at_desk().open(f"{LIST}?q=ann&sort=name&stage=")
    asked = parse_qs(urlsplit(page.links()["More cases"]).query)
    assert asked.keys() == {"q", "sort", "after"}
