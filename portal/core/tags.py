"""Tags: words in brackets, such as `[FirstName]`, that stand for something.

A text with tags is never evaluated: each tag is replaced once, as plain text, in one pass from left to right.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

MOST_NAMED = 10  # whoever mistyped more sees the rest when these are mended
_BRACKETS = re.compile(r"\[([^\[\]\n]{1,40})\]")
_OPENED = re.compile(r"\[([^\[\]\n]*)(\]?)")
_LONGEST = 40  # signs in brackets that may be meant as a tag
_ONE_WORD = re.compile(r"[^\W\d_][^\W_]*")
_SHORTEST = 3  # signs that say which name they begin
_CLOSE = 0.85  # to a name, of a word whose bracket is missing; prose is further away


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `tag` is the tag it stands for, or empty."""

    text: str
    tag: str = ""


@dataclass(frozen=True)
class Unknown:
    """Something that looks like a tag and is none. `line` and `column` count from 1.

    `nearest` may be empty, but for what is not `closed`: that is the beginning of a tag without its bracket.
    """

    name: str
    line: int
    column: int
    nearest: str
    closed: bool = True


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

    One word in brackets looks like a tag, and so does a name written with spaces, hyphens or other capitals. After a
    bracket that is not closed on its line only the beginning of a name does: what follows it may be prose.
    """
    squeezed = {_squeezed(name): name for name in names}
    found: list[Unknown] = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _OPENED.finditer(line):
            closed = bool(match[2])
            mistake = _misnamed(match[1], squeezed) if closed else _unclosed(match[1], squeezed)
            if mistake is None:
                continue
            name, nearest = mistake
            found.append(Unknown(name, number, match.start() + 1, nearest, closed))
            if len(found) == MOST_NAMED:
                return found
    return found


def _misnamed(inside: str, squeezed: Mapping[str, str]) -> tuple[str, str] | None:
    """What stands in brackets, and the name nearest to it, if it looks like a tag and is none."""
    meant = squeezed.get(_squeezed(inside), "")
    if inside == meant or len(inside) > _LONGEST or not (meant or _ONE_WORD.fullmatch(inside)):
        return None
    return inside, meant or _nearest(_squeezed(inside), squeezed)


def _unclosed(rest: str, squeezed: Mapping[str, str]) -> tuple[str, str] | None:
    """What a tag without its bracket is called, and the name it begins, if `rest` looks like one.

    A name, or a word with capitals inside, may have prose behind it; any other word has to stand alone.
    """
    rest = rest.strip()
    word = _ONE_WORD.match(rest)
    if word and (word[0] in squeezed.values() or word[0][1:] != word[0][1:].lower()):
        rest = word[0]
    name = _begun(_squeezed(rest), squeezed) if len(rest) <= _LONGEST else ""
    return (rest, name) if name else None


def _begun(short: str, squeezed: Mapping[str, str]) -> str:
    if short in squeezed or len(short) < _SHORTEST:
        return squeezed.get(short, "")
    longer = [name for key, name in squeezed.items() if key.startswith(short)]
    return min(longer) if longer else _nearest(short, squeezed, _CLOSE)


def _nearest(word: str, squeezed: Mapping[str, str], least: float = 0.6) -> str:
    found = get_close_matches(word, squeezed, 1, least)
    return squeezed[found[0]] if found else ""


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
