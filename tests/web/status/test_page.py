"""The status page: what is now, what comes next, with dates, and nothing personal but the car."""

from datetime import date

import pytest

from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.web.statements import watched
from tests.web.test_a46_headers import is_safe

DAYS = {
    "vehicle_in": "2026-11-20",
    "ready": "2026-11-21",
    "planned_end": "2026-11-27",
    "finished": "2026-11-22",
    "collected": "2026-11-23",
}
MOST = 3


@pytest.fixture
def garage(app):
    return set_up(app, document("repairs"))


@pytest.fixture
def known(app, garage, clock):
    return cases.opened(app, garage, clock.now(), location="aalst", street="Koopliedenstraat 1", city="Aalst")


@pytest.fixture
def told(known, client, clock):
    """The page after the case got the days of `names`."""

    def told(*names, **given):
        known.change(clock.now(), **{name: DAYS[name] for name in names}, **given)
        return client.open(known.status)

    return told


def stages(page):
    """What each stage says, with its place."""
    found = []
    for item in page.soup.select(".stage"):
        place = next((name for name in ("now", "next") if f"stage-{name}" in item["class"]), "")
        when = item.select_one(".stage-when")
        found.append(("stage-done" in item["class"], place, when.get_text(strip=True) if when else None))
    return found


@on_sqlite
class TestStages:
    def test_a_new_case_has_no_appointment_and_may_be_booked(self, told):
        page = told()
        assert page.heading == "No appointment for the repair yet"
        assert stages(page) == [(False, "next", None)] + [(False, "", None)] * 4
        assert "Book the repair" in page.links()

    def test_an_appointment_to_come(self, known, told):
        known.booked(date(2026, 12, 1))
        page = told()
        assert page.heading == "Your appointment is booked"
        assert "Bring us your car on Tuesday 1 December 2026 at 09:00." in page.text
        assert "We expect it to be ready on Friday 4 December 2026" in page.text
        assert stages(page)[0] == (False, "now", "Tuesday 1 December 2026, 09:00")
        assert stages(page)[3] == (False, "", "expected on Friday 4 December 2026")
        assert "Book the repair" not in page.links()

    def test_an_appointment_today(self, known, told):
        known.booked(date(2026, 11, 23))
        assert "Bring us your car today at 09:00." in told().text

    def test_an_appointment_that_was_missed(self, known, told):
        known.booked(date(2026, 11, 20))
        page = told()
        assert page.heading == "We are waiting for your car"
        assert "Your appointment was on Friday 20 November 2026." in page.text
        assert "We expect it to be ready" not in page.text

    def test_an_appointment_that_was_cancelled_is_none(self, known, told):
        known.booked(date(2026, 12, 1), state="cancelled")
        assert told().heading == "No appointment for the repair yet"

    def test_an_assessment_to_come_is_told_and_is_not_the_repair(self, known, told):
        known.booked(date(2026, 12, 1), flow="assessment")
        page = told()
        assert "First we look at the damage: Tuesday 1 December 2026, 09:00." in page.text
        assert stages(page)[0] == (False, "next", None)
        assert "Book the repair" not in page.links()  # first things first

    def test_an_assessment_that_is_over_or_cancelled_is_in_nobodys_way(self, known, told):
        known.booked(date(2026, 11, 20), flow="assessment")
        known.booked(date(2026, 12, 1), flow="assessment", state="cancelled")
        page = told()
        assert "Next you choose a time for the repair." in page.text and "Book the repair" in page.links()

    def test_an_assessment_and_a_repair_to_come_tell_of_the_repair(self, known, told):
        known.booked(date(2026, 12, 1), flow="assessment")
        known.booked(date(2026, 12, 2))
        page = told()
        assert page.heading == "Your appointment is booked" and "2 December" in page.text
        assert "Book the repair" not in page.links()

    @pytest.mark.parametrize(
        ("names", "heading", "following"),
        [
            (["vehicle_in"], "Your car is with us", "Next we start the work."),
            (["vehicle_in", "ready"], "We are working on your car", "Next we finish the work."),
            (["vehicle_in", "ready", "finished"], "Your car is ready", "Next you collect it."),
            (
                ["vehicle_in", "ready", "finished", "collected"],
                "Your car is back with you",
                "Everything is done.",
            ),
            (["collected"], "Your car is back with you", "Everything is done."),
        ],
    )
    def test_what_is_now_and_what_comes_next(self, told, names, heading, following):
        page = told(*names)
        assert page.heading == heading and page.title.startswith(heading)
        assert following in page.text
        done = {"vehicle_in": 2, "ready": 3, "finished": 4, "collected": 5}[names[-1]]
        assert [done for done, _, _ in stages(page)] == [True] * done + [False] * (5 - done)
        assert stages(page)[done - 1][1] == "now"
        assert page.soup.select_one("[aria-current=step] .stage-place").get_text() == "Now"
        assert "Book the repair" not in page.links()

    def test_the_planned_end_is_expected_until_it_is_done(self, told):
        page = told("vehicle_in", "planned_end")
        assert "We expect it to be ready on Friday 27 November 2026" in page.text
        assert "We expect" not in told("finished").text

    def test_a_plan_that_passed_promises_nothing_and_says_to_call(self, told, clock):
        clock.at("2026-11-30 09:00")
        page = told("vehicle_in", "ready", "planned_end")
        assert "It takes longer than planned. Call us" in page.text
        assert "We expect it" not in page.text
        assert stages(page)[3] == (False, "next", "planned for Friday 27 November 2026")

    def test_midnight_is_that_of_the_workshop(self, told, known, clock, client):
        known.booked(date(2026, 11, 24))
        clock.at("2026-11-24 00:01")
        assert "today at 09:00" in told().text

    def test_where_repairs_are_hidden_nothing_is_to_be_booked(self, app, told):
        set_up(app, document("repairs") | {"flows": ["assessment", "status"]})
        page = told()
        assert "Book the repair" not in page.links() and "Call us, and we find a time together." in page.text

    def test_the_button_leads_to_the_repair_of_this_case(self, known, told):
        address = told().links()["Book the repair"]
        assert address.partition("?")[0].endswith(f"/repairs/repair/case/{known.token}")

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_it_speaks_the_language_of_the_case_unless_asked(self, app, garage, client, clock, language):
        case = cases.opened(app, garage, clock.now(), location="aalst", language=language)
        assert client.open(case.status).soup.html["lang"] == language
        assert client.open(f"{case.status}?lang=en").soup.html["lang"] == "en"

    def test_it_says_when_it_last_looked_and_how_to_look_again(self, told):
        page = told()
        assert "Last looked at 09:00 ." in page.text
        assert page.click("Look again").path == page.path

    def test_it_follows_the_place_of_the_case(self, app, garage, client, clock):
        case = cases.opened(app, garage, clock.now(), location="tilburg")
        assert "+31 13 200 0000" in client.open(case.status).text


def test_nothing_personal_is_told_but_the_car(known, client):
    known.booked(date(2026, 12, 1))
    page = client.open(known.status)
    assert "Volkswagen Golf" in page.text and "1-ABC-234" in page.text
    for word in ("Ann", "Koopliedenstraat", "ann@", "470 12", "470123", "post in a car park", known.number):
        assert word.encode() not in page.data, word


def test_it_asks_little_and_not_more_with_a_long_history(app, known, client, clock):
    client.open(known.status)
    with watched(app) as before:
        client.open(known.status)
    for number in range(5):
        known.change(
            clock.forward(minutes=1), make=f"Make {number}", activities=f"Painting {number}=2026-11-20"
        )
        known.booked(date(2026, 12, 1 + number), state="cancelled")
    with watched(app) as after:
        client.open(known.status)
    assert len(after) == len(before) <= MOST


def test_a42_the_link_opens_nothing_below_another_garage(app, known, group, client):
    for address in (known.status, f"{known.status}/state"):
        assert client.open(address.replace("/repairs/", "/maes/")).status == 404


@pytest.mark.parametrize("purpose", ["confirm", "booking", "cases", ""])
def test_a42_a_token_for_something_else_opens_nothing(app, known, client, purpose):
    with app.app_context():
        token = app.extensions["portal"].tokens.sign(purpose, known.row.uid)
    for more in ("", "/state"):
        assert client.open(f"/repairs/status/{token}{more}").status == 404


@pytest.mark.parametrize("parts", [(), ("nobody",), (1,), (None,), ("a", "b"), ([],), ({},)])
def test_a42_nor_does_a_case_that_never_was(app, known, client, parts):
    with app.app_context():
        token = app.extensions["portal"].tokens.sign("case", *parts)
    for more in ("", "/state"):
        assert client.open(f"/repairs/status/{token}{more}").status == 404


def test_a_link_that_is_cut_says_so_and_offers_another_way(known, client):
    page = client.open(known.status[:-3])
    assert (page.status, page.heading) == (404, "We do not know this link")
    assert page.click("Find my repair").path == "/repairs/status/"


def test_a43_looking_changes_nothing(app, known, client):
    before = rows(app)
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        for more in ("", "/state"):
            assert client.open(known.status + more, method=method).status in {200, 405}
    assert rows(app) == before


def test_a46_it_is_safe_and_kept_by_nobody(known, client):
    for more in ("", "/state", "x"):
        page = client.open(known.status + more)
        assert is_safe(page) and page.headers["Cache-Control"] == "no-store"
