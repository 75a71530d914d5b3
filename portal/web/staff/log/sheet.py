"""The log as a file for spreadsheet programs."""

import csv
import io
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from portal.domain.audit.models import AuditEntry
from portal.web.staff.filters import who
from portal.web.staff.log import changes, words
from portal.web.words import gettext as _

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(entries: Iterable[AuditEntry], zone: str) -> Iterator[str]:
    """The file line by line; days and times are those of `zone`."""
    yield "\ufeff" + _line(
        [_("When"), _("Who"), _("Kind"), _("What about"), _("What"), _("Before"), _("After")]
    )
    for entry in entries:
        told = changes.told(entry)
        yield _line(
            [
                entry.at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S"),
                who(entry.who),
                words.kind(entry.about),
                changes.subject(entry),
                words.deed(entry.what),
                "; ".join(f"{each.label}: {each.before}" for each in told),
                "; ".join(f"{each.label}: {each.after}" for each in told),
            ]
        )


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
