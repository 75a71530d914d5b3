"""A file of cases is read as people save it: any encoding, any delimiter, cells over several lines."""

import codecs
import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.domain.cases import sheet
from portal.domain.cases.errors import DetailsRefused, SheetReason

HEADER = ["number", "plate", "damage"]


def written(rows, *, delimiter=",", encoding="utf-8", line_end="\r\n"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue().encode(encoding)


def cells(data):
    rows, problems = sheet.read(data)
    assert problems == []
    return [row.cells for row in rows]


def refused(data):
    with pytest.raises(DetailsRefused) as no:
        sheet.read(data)
    return [(problem.line, problem.field, problem.reason) for problem in no.value.problems]


# What spreadsheets can hold; a cell of white space only is an empty one.
CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t,;\"'")).map(
    lambda text: text if text.strip() else ""
)


@pytest.mark.parametrize("delimiter", sheet.DELIMITERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4))
@example(rows=[("=1+1", '"', "a;b,c\td"), ("@x", "-1", "+32")])
def test_what_is_written_is_read_whatever_the_encoding_and_the_delimiter(encoding, delimiter, rows):
    data = written([HEADER, *rows], delimiter=delimiter, encoding=encoding)
    filled = [{name: cell for name, cell in zip(HEADER, row, strict=True) if cell} for row in rows]
    assert cells(data) == [row for row in filled if row]


WINDOWS = "".join(bytes([number]).decode("cp1252", "ignore") for number in range(32, 256))


@given(st.text(WINDOWS).map(lambda text: f"é{text}é"))
def test_what_windows_writes_is_read(damage):
    assert cells(written([["damage"], [damage]], encoding="cp1252")) == [{"damage": damage}]


@given(st.binary(max_size=200))
@example(b"plate\n1\x002")
@example(codecs.BOM_UTF16_LE + b"p")
@example(b'plate\n"1')
@example(b"plate\r\rplate")
def test_any_bytes_are_read_or_refused(data):
    try:
        rows, problems = sheet.read(data)
    except DetailsRefused as no:
        assert no.problems
    else:
        assert all(set(row.cells) <= set(sheet.COLUMNS) for row in rows)
        assert all(problem.line for problem in problems)


def test_the_delimiter_is_that_of_the_header_whatever_the_cells_hold():
    assert cells(b"plate;damage\n1-ABC;a,b,c\n") == [{"plate": "1-ABC", "damage": "a,b,c"}]
    assert cells(b"plate,damage\n1,a;b;c\n") == [{"plate": "1", "damage": "a;b;c"}]


def test_columns_are_known_in_any_case_and_with_spaces_or_hyphens_in_any_order():
    assert cells(b"Planned end,PLATE, first-name \n2026-12-04,1,Jan\n") == [
        {"planned_end": "2026-12-04", "plate": "1", "first_name": "Jan"}
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_is_named_by_the_line_it_begins_on(end):
    text = end.join(["plate,damage", "", '1,"a', 'b""', '"', " , ", "2,c", '3,"d', 'e"', "4"])
    rows, _ = sheet.read(text.encode())
    assert [(row.line, row.cells["plate"]) for row in rows] == [(3, "1"), (7, "2"), (8, "3"), (10, "4")]


def test_the_header_may_stand_below_empty_lines_and_end_with_empty_cells():
    rows, _ = sheet.read(b"\n;;\nplate;damage;;\n1;2;;\n")
    assert [(row.line, row.cells) for row in rows] == [(4, {"plate": "1", "damage": "2"})]


def test_a_short_row_has_empty_cells_and_a_long_one_is_told_with_its_line():
    rows, problems = sheet.read(b"plate,damage\n1\n2,a,b\n3,c,\n")
    assert [row.cells for row in rows] == [{"plate": "1"}, {"plate": "3", "damage": "c"}]
    (problem,) = problems
    assert (problem.line, problem.reason, problem.value, problem.detail) == (
        3, SheetReason.TOO_MANY_CELLS, "3", "2",
    )  # fmt: skip


def test_a_header_alone_is_no_case():
    assert cells(b"plate,damage") == []


@pytest.mark.parametrize("data", [b"", b"\n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(data):
    assert refused(data) == [(1, "", SheetReason.EMPTY)]


def test_every_column_that_is_wrong_is_named():
    assert refused(b"\nplate,colour,Plate,,mail\n") == [
        (2, "colour", SheetReason.UNKNOWN_COLUMN),
        (2, "plate", SheetReason.DOUBLE_COLUMN),
        (2, "", SheetReason.NAMELESS_COLUMN),
    ]


def test_columns_nobody_knows_are_parted_by_the_delimiter_that_finds_most():
    assert [column for _, column, _ in refused(b"Nummer;Kenteken;Merk\n")] == ["Nummer", "Kenteken", "Merk"]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"plate\n1\n2\0\n", 3, SheetReason.NUL),
        (b"\0", 1, SheetReason.NUL),
        ("plate\n1\n".encode("utf-16-le"), 1, SheetReason.NUL),  # without its mark
        (b"plate\n\x81\n", 1, SheetReason.NO_TEXT),
        (codecs.BOM_UTF8 + b"plate\n\xe9\n", 1, SheetReason.NO_TEXT),
        (codecs.BOM_UTF16_LE + b"p", 1, SheetReason.NO_TEXT),
        (b'plate\n1\n"2\n3\n', 3, SheetReason.BROKEN_QUOTES),
        (b'plate\n"1"2\n', 2, SheetReason.BROKEN_QUOTES),
        (b"plate\n1\n" + b"x" * 200_000, 3, SheetReason.HUGE_CELL),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", 1, SheetReason.NUL),  # a workbook
    ],
)
def test_what_is_no_table_is_refused_with_the_line(data, line, reason):
    assert refused(data) == [(line, "", reason)]
