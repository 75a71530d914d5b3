"""A garage changes what it says, and nothing else; the history keeps before and after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.core import codes
from portal.db import db, transaction
from portal.domain.cases import queries, rows, service
from portal.domain.cases.activities import Piece
from portal.domain.cases.errors import CaseUnknown, DetailsRefused, Reason
from portal.domain.cases.models import Activity
from portal.domain.garage import file as garage_files
from portal.domain.garage import queries as garage_queries
from portal.domain.garage import service as garage_service
from portal.domain.garage.profile import GarageFile
from portal.wiring import wired
from tests.support import garages
from tests.support.bookings import answers
from tests.support.racers import together

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TOLD = {
    "location": "aalst", "number": "GA-1", "plate": "1-ABC-234", "first_name": "Jan", "mail": "jan@example.com",
    "phone": "0470123456", "damage_flow": "spot", "vehicle_in": "2026-12-01", "planned_end": "2026-12-04",
    "activities": "Bodywork=2026-12-01 | Painting",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def case(repairs):
    return queries.by_number(repairs.id, service.create(repairs, TOLD, NOW)).case


def values(garage):
    (case,) = rows.known(db.session(), garage, ["GA-1"], locked=False).values()
    return case.values


def update(garage, **given):
    return service.update(garage, "ga 1", given, LATER)


def refused(garage, **given):
    before = values(garage)
    with pytest.raises(DetailsRefused) as no:
        update(garage, **given)
    assert values(garage) == before
    return {problem.field: problem.reason for problem in no.value.problems}


def test_only_what_is_given_changes(repairs, case):
    before = values(repairs)
    assert update(repairs, planned_end="7/12/2026", make="Volvo") == {
        "make": ("", "Volvo"),
        "planned_end": ("2026-12-04", "2026-12-07"),
    }
    assert values(repairs) == before | {"make": "Volvo", "planned_end": date(2026, 12, 7)}


def test_the_history_keeps_what_was_and_what_is_and_open_pages_hear_of_it(repairs, case):
    update(repairs, planned_end="2026-12-07", phone="")
    _opened, changed = queries.history(case.id)
    assert (changed.what, changed.actor, changed.at) == ("changed", "garage", LATER)
    assert changed.detail == {
        "fields": {"phone": ["+32470123456", ""], "planned_end": ["2026-12-04", "2026-12-07"]}
    }
    assert queries.by_id(case.id).case.changed_at == LATER


def test_what_is_so_already_is_no_change(repairs, case):
    assert update(repairs, **{name: value for name, value in TOLD.items() if name != "number"}) == {}
    assert update(repairs, plate="1-abc-234", phone="+32 470 12 34 56", activity="Painting") == {}
    assert len(queries.history(case.id)) == 1
    assert queries.by_id(case.id).case.changed_at == NOW


def test_empty_text_empties_a_field(repairs, case):
    update(repairs, mail="", phone="", first_name=" ", damage_flow="", planned_end="", activities="")
    empty = values(repairs)
    assert [empty[name] for name in ("mail", "phone", "first_name")] == ["", "", ""]
    assert (empty["damage_flow"], empty["planned_end"], empty["activities"]) == (None, None, ())


def test_a_plate_cannot_be_emptied_but_what_is_usual_comes_back(repairs, case):
    assert refused(repairs, plate="", location="") == {"plate": Reason.MISSING, "location": Reason.MISSING}
    update(repairs, language="fr", plate_country="NL")
    update(repairs, language="", plate_country="")
    assert (values(repairs)["language"], values(repairs)["plate_country"]) == ("nl", "BE")


def test_a_new_plate_is_found_and_the_old_one_is_not(repairs, case):
    update(repairs, plate="2 xyz 999")
    vehicle = queries.by_id(case.id).vehicle
    assert (vehicle.plate, vehicle.plate_key) == ("2 XYZ 999", "2XYZ999")


def test_a_case_moves_and_its_new_phone_number_is_one_of_the_new_country(repairs, case):
    update(repairs, location="tilburg", phone="06 12345678")
    view = queries.by_id(case.id)
    assert (view.case.location_id, view.customer.phone) == (repairs.by_slug("tilburg").id, "+31612345678")


def test_a_language_is_that_of_case_and_customer(repairs, case):
    update(repairs, language="fr")
    view = queries.by_id(case.id)
    assert (view.case.language, view.customer.language) == ("fr", "fr")


def test_activities_are_replaced_as_a_whole_or_changed_by_their_names(repairs, case):
    update(repairs, activities="Painting=2026-12-02 | Polishing")
    assert values(repairs)["activities"] == (Piece("Painting", date(2026, 12, 2)), Piece("Polishing", None))
    update(repairs, activity="polishing=2026-12-03 | Wash")
    assert values(repairs)["activities"] == (
        Piece("Painting", date(2026, 12, 2)),
        Piece("Polishing", date(2026, 12, 3)),
        Piece("Wash", None),
    )


def test_activities_in_another_order_are_a_change_that_keeps_their_rows(repairs, case):
    def ids():
        db.session.rollback()
        return {row.name: row.id for row in db.session.query(Activity)}

    before = ids()
    assert update(repairs, activities="Painting | Bodywork=2026-12-01") == {
        "activities": ("Bodywork=2026-12-01 | Painting", "Painting | Bodywork=2026-12-01")
    }
    assert ids() == before
    assert [piece.name for piece in values(repairs)["activities"]] == ["Painting", "Bodywork"]


def test_a_day_that_does_not_fit_those_there_are_is_refused(repairs, case):
    assert refused(repairs, collected="2026-11-30") == {"collected": Reason.TOO_EARLY}
    update(repairs, collected="2026-12-04")
    assert refused(repairs, vehicle_in="2026-12-05") == {"vehicle_in": Reason.TOO_LATE}
    assert update(repairs, vehicle_in="2026-12-05", collected="2026-12-06")


def test_a_case_of_an_assessment_is_changed_in_the_same_way(repairs):
    with transaction():
        place = repairs.by_slug("aalst").id
        case_id = service.open_case(garage_id=repairs.id, location_id=place, answers=answers(NOW), now=NOW)
    number = queries.by_id(case_id).case.number
    assert service.update(repairs, number.lower(), {"damage_flow": "classic"}, LATER) == {
        "damage_flow": ("", "classic")
    }


def test_what_the_garage_gave_up_since_stays_on_its_cases(repairs, case):
    document = garage_files.read(garages.FOLDER / "repairs.toml").model_dump(mode="json")
    del document["locations"][0]
    document["damage_flows"] = [each for each in document["damage_flows"] if each["slug"] == "classic"]
    file = GarageFile.model_validate(document)
    garage_service.apply(file, folder=garages.FOLDER, storage=wired().storage, now=clock.now())
    changed = garage_queries.find("repairs")
    assert service.update(
        changed, "GA-1", {"location": "aalst", "damage_flow": "spot", "make": "Volvo"}, LATER
    ) == {"make": ("", "Volvo")}
    assert refused(changed, damage_flow="hail") == {"damage_flow": Reason.UNKNOWN}
    assert service.update(changed, "GA-1", {"phone": "0471 00 00 00"}, LATER)["phone"][1] == "+32471000000"


def test_nobody_changes_a_case_of_another_garage(repairs, group, case):
    for garage, number in ((group, "GA-1"), (repairs, "GA-2"), (repairs, ""), (repairs, codes.case_number())):
        with pytest.raises(CaseUnknown):
            service.update(garage, number, {"make": "Volvo"}, LATER)


def test_changes_made_at_once_are_all_in_the_history(app, repairs, case):
    def rename(number):
        return lambda: service.update(repairs, "GA-1", {"make": f"Make {number}"}, LATER)

    found = together(app, [rename(number) for number in range(8)])
    assert not [each for each in found if isinstance(each, Exception)]
    db.session.rollback()
    steps = [event.detail["fields"]["make"] for event in queries.history(case.id)[1:]]
    assert len(steps) == 8 and [after for _, after in steps][:-1] == [before for before, _ in steps][1:]
