"""The page of a case: what it shows, and each next step with one press."""

import pytest

from portal.db import transaction
from portal.domain.audit import queries as audit
from portal.domain.booking import by_garage
from portal.domain.cases import service
from portal.domain.team.rights import Role
from tests.support import claes
from tests.support.desk import at_desk as desk_of


def test_everything_about_the_case_is_there(desk, address):
    page = desk().open(address)
    assert page.heading.endswith("1-ABC-234 Volkswagen Golf")
    for words in ("Ann Peeters", "Claes Aalst", "A post in a car park.", "Case opened"):
        assert words in page.text
    links = page.links()
    assert "tel:+32470123456" in links.values() and "mailto:ann@example.com" in links.values()


def test_any_spelling_of_the_number_finds_the_case(desk, known):
    ann = desk()
    assert ann.open(f"/staff/repairs/cases/{known.number.lower().replace('-', ' ')}/").status == 200
    assert ann.open("/staff/repairs/cases/none/").status == 404


def test_a_number_with_a_slash_has_an_address(app, clock, known, desk):
    claes.case(app, clock, number="26/1017")
    ann = desk()
    page = ann.open(f"/staff/repairs/cases/{known.number}/").click("Make them one").click("26/1017")
    assert page.status == 200
    edit = ann.open("/staff/repairs/cases/26/1017/").click("Edit")
    assert edit.submit("Save", make="Volvo").heading.endswith("Volvo Golf")


def test_the_car_is_here_with_one_press_and_not_with_another(desk, address):
    page = desk().open(address).submit("Car is here")
    assert page.status == 200 and page.hops == [303]
    assert "Car brought in: today." in page.text and "Monday 23 November 2026" in page.text
    page = page.submit("Undo")
    assert "As it was before." in page.text
    assert "Undo" not in page.text and page.submit("Car is here").status == 200


def test_what_was_changed_once_more_is_not_undone(app, desk, address, known, clock):
    page = desk().open(address).submit("Car is here")
    known.change(clock.now(), vehicle_in="2026-11-20")
    page = page.submit("Undo")
    assert page.status == 409
    assert "Friday 20 November 2026" in page.text


def test_two_who_press_the_same_stage_lose_nothing(desk, address, known, clock):
    page = desk().open(address)
    known.change(clock.now(), vehicle_in="2026-11-20")
    page = page.submit("Car is here")
    assert page.status == 409 and "moment ago" in page.text
    assert "Friday 20 November 2026" in page.text


def test_a_stage_that_cannot_be_is_refused_with_a_sentence(desk, address, known, clock):
    page = desk().open(address)
    known.change(clock.now(), collected="2026-11-20", finished="2026-11-20")
    page = page.submit("Car is here")
    assert page.status == 422
    assert "cannot be finished before the car came in" in page.text


def test_activities_are_added_started_taken_out_and_brought_back(desk, address):
    page = desk().open(address).submit("Add", name="Painting")
    assert "Painting is added." in page.text
    page = page.submit("Start Painting")
    assert "started on Monday 23 November 2026" in page.text
    page = page.submit("Take out Painting")
    assert "Painting is taken out." in page.text
    assert "started on Monday 23 November 2026" in page.submit("Undo").text


@pytest.mark.parametrize("name", ["", "a | b", "x" * 81])
def test_an_activity_without_a_good_name_is_refused_and_stays_typed(desk, address, name):
    page = desk().open(address).submit("Add", name=name)
    assert page.status == 422 and page.errors
    assert page.soup.select_one("#activity-name")["value"] == name


def test_a_name_that_is_none_any_more_stays_readable_in_the_history(app, desk, address, known, clock):
    with app.app_context(), transaction():
        fields = {"activities": ["", "A=B"]}
        service.record(known.row.id, "changed", actor="garage", now=clock.now(), fields=fields)
    page = desk().open(address)
    assert page.status == 200 and "Activities: A=B" in page.text


def test_answers_to_the_garages_own_questions_are_read_as_they_were_typed(app, desk, address, known, clock):
    with app.app_context(), transaction():
        answers = [
            {"question": "Is er een hond aan boord?", "answer": "yes"},
            {"question": "Welke verzekeraar?", "answer": "<b>AXA</b>"},
        ]
        service.record(known.row.id, service.ANSWERED, actor="customer", now=clock.now(), answers=answers)
    page = desk().open(address)
    assert "Your own questions answered" in page.text
    assert "Is er een hond aan boord? “Yes”" in page.text
    assert "Welke verzekeraar? “<b>AXA</b>”" in page.text


def test_a_customer_who_was_asked_for_another_time_stands_in_the_history_and_among_the_letters(
    app, desk, address, known, clock
):
    uid = claes.book(app, known, clock)
    with app.app_context(), transaction() as session:
        by_garage.ask_for_another_time(session, uid, by=claes.WIM, now=clock.now())
    page = desk().open(address)
    assert "Repair: asked the customer for another time than Tuesday 1 December 2026" in page.text
    assert "Please choose another time" in page.text and "another_time" not in page.text


def test_the_damage_flow_is_changed_on_the_page(desk, address, known, app):
    desk().open(address).submit("Change", damage_flow="spot")
    with app.app_context():
        assert known.row.damage_flow == "spot"


def test_notes_are_kept_with_who_wrote_them(desk, address):
    page = desk(Role.RECEPTION, name="rita").open(address)
    page = page.submit("Keep the note", words="Wants it white.\nCalls back.")
    assert "Wants it white." in page.text and "Rita" in page.text
    assert page.submit("Keep the note", words=" ").errors == ["Write something first."]


def test_where_the_damage_is_stands_on_the_drawing_and_in_the_history(desk, address):
    page = desk().open(address).click("Mark on the car")
    data = {
        "zones": ["bonnet", "roof"],
        "expected": page.value("expected"),
        "csrf_token": page.value("csrf_token"),
    }
    page = page.visitor.open(page.url, method="POST", data=data, Referer=page.url)
    assert [each["data-zone"] for each in page.soup.select(".hit")] == ["bonnet", "roof"]
    assert "Where the damage is: Bonnet, Roof" in page.text


def test_a_zone_that_is_none_is_refused(desk, address):
    page = desk().open(address).click("Mark on the car")
    data = {"zones": ["moon"], "expected": page.value("expected"), "csrf_token": page.value("csrf_token")}
    assert page.visitor.open(page.url, method="POST", data=data, Referer=page.url).status == 422


class TestEdit:
    def test_what_is_saved_stands_on_the_case_and_in_both_logs(self, desk, address, app, known):
        page = desk().open(address).click("Edit").submit("Save", phone="0471 00 00 00", make="Audi")
        assert page.heading.endswith("Audi Golf") and "+32471000000" in page.text
        with app.app_context():
            entry, *_opened = audit.of_subject(known.garage.id, "case", subject=known.number)
            assert entry.who == "Owner"
            assert entry.after == {"phone": "+32471000000", "make": "Audi"}

    def test_mistakes_are_named_at_their_fields_and_nothing_typed_is_lost(self, desk, address):
        page = desk().open(address).click("Edit").submit("Save", plate="?", mail="nobody", city="Gent")
        assert page.status == 422
        assert page.errors == [
            "Enter a licence plate, for example 1-ABC-234.",
            "Enter a mail address like name@example.com.",
        ]
        assert page.value("city") == "Gent" and page.value("plate") == "?"

    def test_an_address_that_few_mail_servers_take_is_refused_in_its_own_words(self, desk, address):
        page = desk().open(address).click("Edit").submit("Save", mail="josé@example.com")
        assert page.errors == ["Enter a mail address without accents before the @, like name@example.com."]

    def test_who_was_overtaken_sees_both_and_decides(self, desk, address, known, clock):
        page = desk().open(address).click("Edit")
        known.change(clock.now(), phone="0479 99 99 99")
        page = page.submit("Save", city="Gent", phone="0471 00 00 00")
        assert page.status == 409
        assert page.errors == ["Phone is now: +32479999999"]
        assert page.value("city") == "Gent" and page.value("phone") == "0471 00 00 00"
        page = page.submit("Save")
        assert page.hops == [303] and "Gent" in page.text and "+32471000000" in page.text

    def test_who_changes_something_else_hears_of_nobody_and_loses_nothing(self, desk, address, known, clock):
        page = desk().open(address).click("Edit")
        known.change(clock.now(), phone="0479 99 99 99")
        page = page.submit("Save", city="Gent")
        assert page.hops == [303]
        assert "+32 479 99 99 99" in page.text and "Gent" in page.text

    def test_mileage_and_activities_are_put_right(self, desk, address, known, clock):
        known.change(clock.now(), activities="Bodywork=2026-12-01 | Painting")
        page = desk().open(address).click("Edit")
        assert page.value("activities") == "Bodywork=2026-12-01\nPainting"
        wrong = page.submit("Save", mileage="much", activities="Painting=soon")
        assert wrong.status == 422 and wrong.value("activities") == "Painting=soon"
        assert "Enter the mileage in whole kilometres, for example 45000." in wrong.errors
        saved = wrong.submit("Save", mileage="45.000", activities="Painting\n\nBodywork=1/12/2026")
        assert saved.hops == [303] and "45000 km" in saved.text
        assert saved.click("Edit").value("activities") == "Painting\nBodywork=2026-12-01"

    def test_a_case_gets_another_number_unless_one_has_it(self, desk, address, known, clock, app):
        with app.app_context():
            service.create(
                known.garage, {"location": "aalst", "plate": "2-XYZ-345", "number": "GA-9"}, clock.now()
            )
        page = desk().open(address).click("Edit")
        taken, empty = page.submit("Save", number="ga 9"), page.submit("Save", number="")
        assert (taken.errors, empty.errors) == (["Another case has this number."], ["This cannot be empty."])
        saved = page.submit("Save", number="GA-10")
        assert saved.hops == [303] and saved.path.endswith("/cases/GA-10/")
        assert saved.visitor.open(address).status == 404


class TestWhoMaySee:
    def test_a_viewer_looks_and_changes_nothing(self, desk, address):
        viewer = desk(Role.VIEWER)
        page = viewer.open(address)
        assert page.status == 200
        main = page.soup.select_one("main")
        assert not main.select("button") and "Edit" not in main.get_text()
        data = {"csrf_token": viewer.token()}
        for part in ("stages/vehicle_in", "notes", "undo", "activities", "damage-flow", "erase", "merge"):
            sent = viewer.open(address + part, method="POST", data=data, Referer=page.url)
            assert sent.status == 403, part

    def test_a_case_of_another_location_is_not_there(self, desk, address):
        assert desk(name="tom", locations=["tilburg"]).open(address).status == 404

    def test_nobody_moves_a_case_out_of_their_own_reach(self, desk, address):
        tom = desk(name="tom", locations=["aalst"])
        page = tom.open(address).click("Edit")
        assert page.options("location") == ["aalst"]
        data = {"location": "tilburg", "plate": "1-ABC-234", "language": "en", "csrf_token": tom.token()}
        assert tom.open(page.url, method="POST", data=data, Referer=page.url).status == 422

    def test_a_case_of_another_garage_is_not_there(self, app, garage, desk, known, address):
        stranger = desk_of(app, claes.URL, "peeters", name="eve")
        assert stranger.open(address).status == 404
        assert stranger.open(f"/staff/peeters/cases/{known.number}/").status == 404


def test_the_shell_still_changes_cases_without_a_name(app, known, clock):
    with app.app_context():
        service.update(known.garage, known.number, {"make": "Audi"}, clock.now())
        entry, *_opened = audit.of_subject(known.garage.id, "case", subject=known.number)
        assert entry.who == "command line"
