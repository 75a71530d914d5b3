"""What a garage file says about repairs: damage flows, hours, limits, appointments."""

import pytest

from portal import clock
from portal.core import scheduling
from portal.domain.garage import file, queries, service
from portal.domain.garage.errors import FileRefused
from portal.domain.garage.offerings import repairs as repairs_at
from portal.wiring import wired
from tests.domain.garage.given import PEETERS, changed, read
from tests.support.garages import FOLDER
from tests.support.processes import HOME

REPAIRS = (FOLDER / "repairs.toml").read_text(encoding="utf-8")
DEFAULT = 'slug = "classic"\ndefault = true\ndays = 3'
SPOT = 'slug = "spot"\nhours = 4'
CLASSIC_HOURS = 'hours = [{ days = "mon-thu", open = ["08:00-10:00"] }]'

MISTAKES = {
    "a job of no length": (SPOT, 'slug = "spot"', "damage_flows[1]: how long does it take?"),
    "a job of two lengths": (SPOT, f"{SPOT}\ndays = 1", "damage_flows[1]: how long does it take?"),
    "a job of no days": (DEFAULT, DEFAULT.replace("3", "0"), "damage_flows[0].days: "),
    "a job longer than a day in hours": (SPOT, SPOT.replace("4", "25"), "damage_flows[1].hours: "),
    "a damage flow without a name in a language": ('de = "Kleinreparatur"\n', "", "damage_flows: spot has no name in de"),
    "an empty name": ('"Kleinreparatur"', '""', "damage_flows[1].name.de: "),
    "a name in another language": ('de = "Kleinreparatur"', 'it = "piccola"', "damage_flows[1].name.it: "),
    "a damage flow twice": (SPOT, SPOT.replace("spot", "classic"), "damage_flows: classic is there twice"),
    "no default": (DEFAULT, DEFAULT.replace("true", "false"), "damage_flows: exactly one is the default"),
    "two defaults": (SPOT, f"{SPOT}\ndefault = true", "damage_flows: exactly one is the default"),
    "a slug with spaces": (SPOT, SPOT.replace("spot", "spot repair"), "damage_flows[1].slug: use small letters"),
    "hours for no damage flow": ('damage_flow = "spot"', 'damage_flow = "hail"', "locations: aalst repairs hail, which is no damage flow"),
    "hours twice for one": ('damage_flow = "spot"', 'damage_flow = "classic"', "locations[0]: repair: classic has two sets of hours"),
    "hours for nothing": ('damage_flow = "spot"\n', "", "locations[0].repair[1].damage_flow: is missing"),
    "hours that overlap": (CLASSIC_HOURS, CLASSIC_HOURS.replace('"]', '", "09:00-11:00"]'), "locations[0].repair[0]: hours[0]: they overlap"),
    "a limit of nothing": ("day_limit = 3", "day_limit = 0", "locations[0].repair[0].day_limit: "),
    "a cut-off after the start": ("change_until_hours = 48", "change_until_hours = -1", "appointments.change_until_hours: "),
    "a reminder at the start": ("remind_hours = 24", "remind_hours = -1", "appointments.remind_hours: "),
    "an unknown setting of appointments": ("remind_hours = 24", "remind_days = 1", "appointments.remind_days: there is no such setting"),
    "a customer who may have nothing": ("per_plate = 3", "per_plate = 0", "limits.per_plate: "),
    "a start of work nobody knows": ('slug = "repairs"', 'slug = "repairs"\nwork_starts_when = "soon"', "work_starts_when: not one of 'ready' or 'first_activity'"),
    "nobody to be told": ("planning@claes", "planning at claes", "mail.notify: not a mail address"),
    "nobody to be told at a location": ("tilburg@claes", "tilburg at claes", "locations[1].notify: not a mail address"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, told):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, changed(REPAIRS, old, new))
    assert told in str(refused.value)


def test_a_garage_that_says_nothing_about_repairs_has_the_usual_rules_no_limits_and_no_damage_flows(tmp_path):
    plain = read(tmp_path, PEETERS)
    assert (plain.damage_flows, plain.locations[0].repair, plain.work_starts_when) == ([], [], "ready")
    assert (plain.appointments.change_until_hours, plain.appointments.remind_hours) == (24, 24)
    assert (plain.limits.per_address, plain.limits.per_phone, plain.limits.per_plate) == (None, None, None)


@pytest.fixture
def apply(tmp_path, context):
    def apply(text):
        return service.apply(read(tmp_path, text), folder=tmp_path, storage=wired().storage, now=clock.now())

    return apply


def test_applying_again_changes_nothing(apply):
    assert apply(REPAIRS).created
    assert apply(REPAIRS).changed == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("Kleinreparatur", "Kleine Reparatur", "garage"),
        ("change_until_hours = 48", "change_until_hours = 24", "garage"),
        ("per_plate = 3", "per_plate = 2", "garage"),
        (CLASSIC_HOURS, CLASSIC_HOURS.replace("mon-thu", "mon-wed"), "aalst"),
        ("tilburg@claes.example.com", "plan@claes.example.com", "tilburg"),
    ],
)
def test_a_change_is_named(apply, old, new, named):
    apply(REPAIRS)
    assert apply(changed(REPAIRS, old, new)).changed == [named]


def test_a_location_repairs_by_the_damage_flow_of_a_case_or_the_default_one(apply):
    apply(REPAIRS)
    aalst, tilburg = queries.find("repairs").locations
    assert [aalst.damage_flow(slug).slug for slug in ("spot", "classic", None, "gone")] == [
        "spot", "classic", "classic", "classic",
    ]  # fmt: skip
    assert aalst.repair_hours("spot").places == 1 and tilburg.repair_hours("spot") is None
    assert (aalst.notify, tilburg.notify) == ("planning@claes.example.com", "tilburg@claes.example.com")


@pytest.mark.parametrize("slug", ["vermeulen", "nordlicht"])
def test_the_garages_of_the_demo_repair_at_every_location(context, slug):
    path = HOME / "demo" / f"{slug}.toml"
    service.apply(file.read(path), folder=path.parent, storage=wired().storage, now=clock.now())
    for location in queries.find(slug).locations:
        assert isinstance(repairs_at(location, None).schedule(2026), scheduling.Schedule)
        assert repairs_at(location, None).schedule(2026).windows
