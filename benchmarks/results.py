"""What a measure found, and the table of it."""

import json
import operator
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

SIGNS = {"≥": operator.ge, "≤": operator.le, "=": operator.eq}
HEAD = ("what", "database", "ours", "yardstick", "ratio", "must", "goal", "reached")


@dataclass(frozen=True)
class Bar:
    """A height to clear, such as `≥ 0.35`."""

    sign: str
    value: float

    def is_cleared_by(self, value: float) -> bool:
        return bool(SIGNS[self.sign](value, self.value))

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"


@dataclass(frozen=True)
class Result:
    """One line of the table. The bars are about `ratio`, or about `ours` where there is none."""

    what: str
    ours: float
    unit: str
    yardstick: float | None = None
    ratio: float | None = None
    must: Bar | None = None
    goal: Bar | None = None
    database: str = ""

    @property
    def reached(self) -> str:
        value = self.ours if self.ratio is None else self.ratio
        if self.must and not self.must.is_cleared_by(value):
            return "missed"
        if self.goal and self.goal.is_cleared_by(value):
            return "goal"
        return "must" if self.must else "–"


def at_least(value: float) -> Bar:
    return Bar("≥", value)


def at_most(value: float) -> Bar:
    return Bar("≤", value)


def exactly(value: float) -> Bar:
    return Bar("=", value)


def table(results: Iterable[Result]) -> str:
    """The results as a Markdown table."""
    rows = [HEAD, *(_cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def write(path: Path, results: Iterable[Result]) -> None:
    """The results as JSON, with the day and the machine."""
    lines = [asdict(result) | {"reached": result.reached} for result in results]
    document = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "results": lines}
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> str:
    """Cores and model of this machine."""
    about = Path("/proc/cpuinfo").read_text().splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in about if line.startswith("model name")), "unknown"
    )
    return f"{os.cpu_count()} cores, {model}"


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.what,
        result.database or "any",
        f"{result.ours:.3g} {result.unit}".strip(),
        "" if result.yardstick is None else f"{result.yardstick:.3g} {result.unit}".strip(),
        "" if result.ratio is None else f"{result.ratio:.2f}",
        str(result.must or ""),
        str(result.goal or ""),
        result.reached,
    )


def _line(cells: Iterable[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
