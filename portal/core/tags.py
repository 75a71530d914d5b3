"""Tags: words in brackets, such as `[FirstName]`, that stand for something.

A text with tags is never evaluated: each tag is replaced once, as plain text, in one pass from left to right.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

MOST_NAMED = 10  # whoever mistyped more sees the rest when these are mended
_BRACKETS = re.compile(r"\[([^\[\]\n]{1,40})\]")
_ONE_WORD = re.compile(r"[^\W\d_][^\W_]*")


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `tag` is the tag it stands for, or empty."""

    text: str
    tag: str = ""


@dataclass(frozen=True)
class Unknown:
    """Something that looks like a tag and is none. `line` and `column` count from 1; `nearest` may be empty."""

    name: str
    line: int
    column: int
    nearest: str


def used(text: str, names: Collection[str]) -> list[str]:
    """Those of `names` that stand in `text` as tags, each once, in the order of their first place."""
    return list(dict.fromkeys(found[1] for found in _BRACKETS.finditer(text) if found[1] in names))


def pieces(text: str, values: Mapping[str, str], apart: Collection[str] = ()) -> list[Piece]:
    """`text` with each tag of `values` replaced; each tag of `apart` is a piece of its own, as it is written.

    A tag that stands for nothing takes the space before it along, so that `Hello [FirstName],` becomes `Hello,`.
    """
    found: list[Piece] = []
    plain: list[str] = []
    for piece in _split(text, {*values, *apart}):
        if piece.tag in apart:
            found += [Piece("".join(plain)), piece]
            plain = []
        elif piece.tag and not values[piece.tag]:
            plain[-1:] = [plain[-1].rstrip(" ")] if plain else []
        else:
            plain.append(values[piece.tag] if piece.tag else piece.text)
    return [piece for piece in (*found, Piece("".join(plain))) if piece.text]


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each tag of `values` replaced; other words in brackets stay as they are."""
    return "".join(piece.text for piece in pieces(text, values))


def unknown(text: str, names: Collection[str]) -> list[Unknown]:
    """What looks like a tag in `text` and is none of `names`: the first few, in order.

    One word in brackets looks like a tag, and so does a name written with spaces, hyphens or other capitals.
    """
    squeezed = {_squeezed(name): name for name in names}
    found: list[Unknown] = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _BRACKETS.finditer(line):
            name = match[1]
            meant = squeezed.get(_squeezed(name), "")
            if name in names or not (meant or _ONE_WORD.fullmatch(name)):
                continue
            nearest = meant or next(iter(get_close_matches(_squeezed(name), squeezed, 1)), "")
            found.append(Unknown(name, number, match.start() + 1, squeezed.get(nearest, nearest)))
            if len(found) == MOST_NAMED:
                return found
    return found


def _split(text: str, names: Collection[str]) -> Iterator[Piece]:
    end = 0
    for found in _BRACKETS.finditer(text):
        if found[1] in names:
            if found.start() > end:
                yield Piece(text[end : found.start()])
            yield Piece(found[0], found[1])
            end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def _squeezed(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum()).casefold()
