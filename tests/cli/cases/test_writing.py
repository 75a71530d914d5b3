"""`flask case create` and `flask case update`: one clear line, or a case."""

import json

import pytest

LEAST = ["--location", "aalst", "--plate", "1-abc-234"]


def test_create_says_the_number_and_show_shows_everything(flask, repairs):
    number = flask(
        "case", "create", "repairs", *LEAST, "--number", "GA-1", "--vin", "WVWZZZ1JZXW000001", "--make", "Škoda",
        "--first-name", "Jan", "--mail", "jan@example.com", "--phone", "0470 12 34 56", "--damage-flow", "spot",
        "--planned-end", "4/12/2026", "--activity", "Bodywork=2026-12-01", "--activity", "Painting",
    ).strip()  # fmt: skip
    assert number == "GA-1"
    shown = json.loads(flask("case", "show", "repairs", "ga1", "--json"))
    told = {
        "number": "GA-1", "location": "aalst", "plate": "1-ABC-234", "plate_country": "BE", "make": "Škoda",
        "phone": "+32470123456", "damage_flow": "spot", "planned_end": "2026-12-04", "collected": "",
        "activities": [{"name": "Bodywork", "started": "2026-12-01"}, {"name": "Painting", "started": ""}],
    }  # fmt: skip
    assert {name: shown[name] for name in told} == told
    assert [(event["who"], event["what"]) for event in shown["history"]] == [("garage", "opened")]
    text = flask("case", "show", "repairs", "GA-1")
    for line in ("planned_end: 2026-12-04", "phone: +32470123456", "  name Bodywork, started 2026-12-01"):
        assert line in text.splitlines()


def test_without_a_number_one_of_ours_is_said(flask, repairs):
    number = flask("case", "create", "repairs", *LEAST).strip()
    assert f"\n{number} " in "\n" + flask("case", "list", "repairs")


def test_update_says_what_changed_and_keeps_the_rest(flask, repairs):
    flask(
        "case",
        "create",
        "repairs",
        *LEAST,
        "--number",
        "GA-1",
        "--phone",
        "0470123456",
        "--activity",
        "Bodywork",
    )
    said = flask(
        "case", "update", "repairs", "ga 1", "--planned-end", "2026-12-04", "--phone", "",
        "--activity", "Painting=2026-12-02", "--activity", "Polishing=",
    )  # fmt: skip
    assert said.splitlines() == [
        "phone: +32470123456 -> empty",
        "planned_end: empty -> 2026-12-04",
        "activities: Bodywork -> Bodywork | Painting=2026-12-02 | Polishing",
    ]
    shown = flask("case", "show", "repairs", "GA-1")
    assert "planned_end empty -> 2026-12-04" in shown and "plate: 1-ABC-234" in shown
    assert flask("case", "update", "repairs", "GA-1", "--planned-end", "4.12.2026") == "unchanged\n"


def test_an_empty_activity_forgets_those_there_are(flask, repairs):
    flask("case", "create", "repairs", *LEAST, "--number", "GA-1", "--activity", "Bodywork")
    flask("case", "update", "repairs", "GA-1", "--activity", "", "--activity", "Painting")
    assert json.loads(flask("case", "show", "repairs", "GA-1", "--json"))["activities"] == [
        {"name": "Painting", "started": ""}
    ]
    flask("case", "update", "repairs", "GA-1", "--activity", "")
    assert json.loads(flask("case", "show", "repairs", "GA-1", "--json"))["activities"] == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--location", "gent"], "location: gent is not one of: aalst, tilburg"),
        (["--plate", ""], "plate: is missing"),
        (["--plate", "?"], "plate: ? is not a licence plate"),
        (["--plate-country", "Belgium"], "plate_country: Belgium is not a country"),
        (["--vin", "123"], "vin: 123 is not a VIN"),
        (["--mail", "jan at home"], "mail: jan at home is not a mail address"),
        (["--mail", "josé@home.be"], "mail: josé@home.be has accents before the @"),
        (["--phone", "12"], "phone: 12 is not a phone number"),
        (["--language", "it"], "language: it is not one of: nl, fr, de, en"),
        (["--damage-flow", "hail"], "damage_flow: hail is not one of: classic, spot"),
        (["--make", "m" * 61], "make: is longer than 60 signs"),
        (["--first-name", "J\x07n"], "first_name: holds a sign that cannot be kept"),
        (["--ready", "31/02/2026"], "ready: 31/02/2026 is not a day"),
        (["--activity", "Painting=soon"], "activity: Painting=soon is not an activity"),
        (["--activity", "Painting", "--activity", "painting"], "activity: painting is there twice"),
        (
            ["--finished", "2026-12-02", "--collected", "2026-12-01"],
            "collected: 2026-12-01 lies before finished",
        ),
    ],
)
def test_what_is_wrong_is_told_in_a_line_and_nothing_is_written(flask, repairs, options, told):
    for command in (["create", "repairs", *LEAST], ["update", "repairs", "GA-1"]):
        if command[0] == "update":
            flask("case", "create", "repairs", *LEAST, "--number", "GA-1")
        before = flask("case", "list", "repairs", "--json")
        (line,) = flask("case", *command, *options, fails=True).splitlines()
        assert line.startswith(f"Error: {told}")
        assert flask("case", "list", "repairs", "--json") == before


def test_a_number_is_given_once(flask, repairs):
    flask("case", "create", "repairs", *LEAST, "--number", "GA-1")
    told = flask("case", "create", "repairs", *LEAST, "--number", "ga 1", fails=True)
    assert told == "Error: number: ga 1 is the number of another case\n"


@pytest.mark.parametrize("command", [["create"], ["list"], ["update", "GA-1"], ["show", "GA-1"]])
def test_a_garage_nobody_knows_is_told(flask, repairs, command):
    assert (
        flask("case", command[0], "nobody", *command[1:], fails=True) == "Error: there is no garage nobody\n"
    )


@pytest.mark.parametrize("command", ["update", "show"])
def test_a_case_nobody_knows_is_told(flask, repairs, command):
    assert flask("case", command, "repairs", "GA-9", fails=True) == "Error: repairs has no case GA-9\n"
