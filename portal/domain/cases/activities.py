"""The pieces of work on a case as one text: `Bodywork=2026-12-01 | Painting | Polishing`."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from portal.core.normalise import days

MAX_NAME = 80


class Piece(NamedTuple):
    """A piece of work, and the day it was started on."""

    name: str
    started_on: date | None


class PieceRefused(Exception):
    """A piece whose name is missing, too long or has a sign of `spelled` in it, that is there twice, or whose day is none.

    `part` is its text.
    """

    def __init__(self, part: str, *, twice: bool = False) -> None:
        super().__init__(part)
        self.part = part
        self.twice = twice


def listed(text: str) -> tuple[Piece, ...]:
    """All pieces of `text`, in its order.

    Raises:
        PieceRefused: if one of them is wrong.
    """
    return tuple(Piece(name, _day(day, part)) for name, day, part in _parts(text))


def amended(before: Sequence[Piece], text: str) -> tuple[Piece, ...]:
    """`before`, with those of `text` added or, where their names are known, changed; a bare name changes nothing.

    Raises:
        PieceRefused: as `listed`.
    """
    pieces = {piece.name.casefold(): piece for piece in before}
    for name, day, part in _parts(text):
        known = pieces.get(name.casefold())
        if known is None or day is not None:
            pieces[name.casefold()] = Piece(known.name if known else name, _day(day, part))
    return tuple(pieces.values())


def spelled(pieces: Sequence[Piece]) -> str:
    """The text that `listed` reads."""
    return " | ".join(
        f"{piece.name}={piece.started_on.isoformat()}" if piece.started_on else piece.name for piece in pieces
    )


def _parts(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Name, day (None if nothing was said about it) and whole text of each piece."""
    seen = set()
    for part in filter(None, map(str.strip, text.split("|"))):
        name, equals, day = part.rpartition("=") if "=" in part else (part, "", "")
        name = name.strip()
        if not name or len(name) > MAX_NAME or "=" in name:
            raise PieceRefused(part)
        if name.casefold() in seen:
            raise PieceRefused(name, twice=True)
        seen.add(name.casefold())
        yield name, day.strip() if equals else None, part


def _day(text: str | None, part: str) -> date | None:
    if not text:
        return None
    if (day := days.normalise(text)) is None:
        raise PieceRefused(part)
    return day
