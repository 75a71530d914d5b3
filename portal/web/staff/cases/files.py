"""Found cases as a file for a spreadsheet, in which nothing a customer typed is ever a formula."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from typing import IO, Any
from zoneinfo import ZoneInfo

from portal.domain.booking.finding.search import Line
from portal.web.staff.cases import words
from portal.web.words import gettext as _

Every = Iterable[tuple[Line, Any]]

# What a spreadsheet takes for the beginning of a formula, or skips before it looks for one.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_CELL = 32767  # signs; a longer one makes Excel repair the file


def _columns() -> dict[str, Callable[[Line, Any], str]]:
    """The columns by their headings."""
    return {
        _("Case number"): lambda line, row: line.number,
        _("Opened"): lambda line, row: _moment(line, line.created_at),
        _("Location"): lambda line, row: line.place.name,
        _("Where the car is"): lambda line, row: str(words.STAGES[line.stage]),
        _("Licence plate"): lambda line, row: line.plate,
        _("Country of the plate"): lambda line, row: row.plate_country,
        _("Make"): lambda line, row: row.make,
        _("Model"): lambda line, row: row.model,
        _("Chassis number (VIN)"): lambda line, row: row.vin,
        _("First name"): lambda line, row: row.first_name,
        _("Last name"): lambda line, row: row.last_name,
        _("Mail address"): lambda line, row: row.email,
        _("Phone"): lambda line, row: row.phone,
        _("Street and number"): lambda line, row: row.street,
        _("Postcode"): lambda line, row: row.postcode,
        _("City"): lambda line, row: row.city,
        _("Kind of repair"): lambda line, row: words.flow_name(line.place.damage_flow(line.damage_flow)),
        _("Next appointment"): lambda line, row: _moment(line, line.appointment),
        _("Car came in"): lambda line, row: _day(row.vehicle_in_on),
        _("Expected end"): lambda line, row: _day(row.planned_end_on),
        _("Work finished"): lambda line, row: _day(row.finished_on),
        _("Car collected"): lambda line, row: _day(row.collected_on),
        _("What happened?"): lambda line, row: row.damage,
    }


def write_csv(file: IO[bytes], every: Every) -> int:
    """A CSV file as spreadsheets in Europe read it: UTF-8 with its mark, semicolons. How many cases it holds."""
    columns = _columns()
    words_file = io.TextIOWrapper(file, "utf-8-sig", newline="")
    table = csv.writer(words_file, delimiter=";")
    table.writerow(columns)
    number = 0
    for number, (line, row) in enumerate(every, 1):  # noqa: B007 - the last one is how many there are
        table.writerow(_harmless(cell(line, row)) for cell in columns.values())
    words_file.detach()  # else it would close the file when it goes
    return number


def write_xlsx(file: IO[bytes], every: Every) -> int:
    """An Excel file whose cells are all text. How many cases it holds."""
    import xlsxwriter  # loaded when somebody wants such a file

    columns = _columns()
    # A row at a time goes to disk, so that many cost no memory.
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        for column, heading in enumerate(columns):
            sheet.write_string(0, column, heading, bold)
        number = 0
        for number, (line, row) in enumerate(every, 1):
            for column, cell in enumerate(columns.values()):
                sheet.write_string(number, column, cell(line, row)[:_LONGEST_CELL])
    return number


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _moment(line: Line, value: Any) -> str:
    return f"{value.astimezone(ZoneInfo(line.place.zone)):%Y-%m-%d %H:%M}" if value else ""
