"""`flask case import`: says what a file does, line by line, before it does it."""

import pytest

from portal.domain.cases.details import FIELDS
from tests.support import garages
from tests.support.processes import HOME

FILE = (
    "Number;Location;Plate;Damage;Planned end\n"
    'GA-1;aalst;1-abc-234;"Hail,\nall over.";4/12/2026\n'
    ";tilburg;k-123-bx;;\n"
)


@pytest.fixture
def cases(tmp_path, monkeypatch):
    """A file of this name in the folder that commands run in: `cases(text)`."""
    monkeypatch.chdir(tmp_path)

    def written(content):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "cases.csv").write_bytes(data)
        return "cases.csv"

    return written


def listed(flask):
    return flask("case", "list", "repairs").splitlines()


def test_without_apply_it_is_only_told(flask, repairs, cases):
    assert flask("case", "import", "repairs", cases(FILE)).splitlines() == [
        "cases.csv:2: new: GA-1, 1-ABC-234",
        "cases.csv:4: new: a number of ours, K-123-BX",
        "cases.csv:4:number: is empty, so every import of this row opens another case",
        "2 new, 0 changed, 0 unchanged",
        "Nothing was written yet; --apply does it.",
    ]
    assert listed(flask) == []


def test_applied_it_is_done(flask, repairs, cases):
    first, second, count = flask("case", "import", "repairs", cases(FILE), "--apply").splitlines()
    assert (first, count) == ("cases.csv:2: new: GA-1, 1-ABC-234", "2 new, 0 changed, 0 unchanged")
    number = second.removeprefix("cases.csv:4: new: ").removesuffix(", K-123-BX")
    assert len(number) == 11 and len(listed(flask)) == 2
    assert "damage: Hail,\nall over." in flask("case", "show", "repairs", "GA-1")


def test_changes_are_told_by_their_fields(flask, repairs, cases):
    numbered = FILE.partition(";tilburg")[0]
    flask("case", "import", "repairs", cases(numbered), "--apply")
    changed = "number,planned end,make\nga1,7/12/2026,Volvo\n"
    for options in ([], ["--apply"]):
        told = flask("case", "import", "repairs", cases(changed), *options).splitlines()
        assert (
            told[0] == "cases.csv:2: GA-1 changed: make empty -> Volvo; planned_end 2026-12-04 -> 2026-12-07"
        )
    assert flask("case", "import", "repairs", cases(changed)).splitlines() == [
        "cases.csv:2: GA-1 unchanged",
        "0 new, 0 changed, 1 unchanged",
    ]


WRONG = FILE + ";gent;1-ABC-235;;\n;aalst;1-ABC-236;;soon\n;aalst;1-ABC-237;;;too;many\n"


@pytest.mark.parametrize("options", [[], ["--apply"]])
def test_mistakes_are_told_with_file_line_and_column_and_nothing_is_written(flask, repairs, cases, options):
    told = flask("case", "import", "repairs", cases(WRONG), *options, fails=True).splitlines()
    mistakes = [
        "cases.csv:5:location: gent is not one of: aalst, tilburg",
        "cases.csv:6:planned_end: soon is not a day; one is written 2026-12-31, 31/12/2026 or 31.12.2026",
        "cases.csv:7: 7 cells, but the first row names 5 columns",
        "3 things are wrong; nothing was written",
    ]
    assert told[-4:] == mistakes
    assert listed(flask) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "cases.csv:1: the file is empty"),
        ("plate,colour\n", "cases.csv:1:colour: there is no such column; there are location, number, plate"),
        ("plate,Plate\n", "cases.csv:1:plate: this column is there twice"),
        ("plate,,vin\n", "cases.csv:1: column 2 has no name"),
        ("plate\n1\0\n", "cases.csv:2: a NUL byte"),
        ('plate\n"1\n', "cases.csv:2: the quotes of this row do not match"),
        (b"plate\n\x81", "cases.csv:1: the file is not text"),
        (
            "number,plate,location\n1,1-AB,aalst\n1,1-AB,aalst\n",
            "cases.csv:3:number: 1 stands in line 2 already",
        ),
    ],
)
def test_a_file_that_is_none_is_told_in_a_line(flask, repairs, cases, content, told):
    lines = flask("case", "import", "repairs", cases(content), fails=True).splitlines()
    assert lines[-2].startswith(told)
    assert lines[-1] == "1 thing is wrong; nothing was written"


def test_a_value_stays_on_its_line(flask, repairs, cases):
    text = 'location,plate,mail,make\naalst,1-AB,"jan\n' + "j" * 200 + '","\x1b[31mred"\n'
    first, second, _ = flask("case", "import", "repairs", cases(text), fails=True).splitlines()
    assert "mail: jan jjj" in first + second and "jjj… is not a mail address" in first + second
    assert "make: holds a sign that cannot be kept" in first + second and "\x1b" not in first + second


def test_the_file_of_the_demo_is_good_and_gives_its_cases_once(app, flask):
    flask("garage", "apply", HOME / "demo" / "vermeulen.toml")
    path = HOME / "demo" / "cases.csv"
    assert "Nothing was written yet" in flask("case", "import", "vermeulen", path)
    done = flask("case", "import", "vermeulen", path, "--apply").splitlines()[-1]
    new = int(done.split()[0])
    assert done == f"{new} new, 0 changed, 0 unchanged" and new >= 6
    again = flask("case", "import", "vermeulen", path, "--apply").splitlines()[-1]
    assert again == f"0 new, 0 changed, {new} unchanged"


def test_a_garage_that_is_not_active_yet_may_bring_its_cases(app, flask, cases, tmp_path):
    text = (garages.FOLDER / "repairs.toml").read_text(encoding="utf-8")
    (tmp_path / "garage.toml").write_text("active = false\n" + text, encoding="utf-8")
    flask("garage", "apply", "garage.toml")
    assert "2 new" in flask("case", "import", "repairs", cases(FILE), "--apply")


def test_the_guide_names_every_column():
    guide = (HOME / "docs" / "import.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in guide.splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(FIELDS)


def test_the_example_of_the_guide_is_good(flask, repairs, cases):
    guide = (HOME / "docs" / "import.md").read_text(encoding="utf-8")
    example = guide.partition("```csv\n")[2].partition("```")[0]
    assert "2 new, 0 changed, 0 unchanged" in flask("case", "import", "repairs", cases(example))
