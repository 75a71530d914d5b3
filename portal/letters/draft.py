"""A letter somebody writes at the desk: what may be wrong with its tags, and what it looks like."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.adapters.mailer import Letter
from portal.core import tags
from portal.core.tags import Piece, Unknown
from portal.domain.cases.models import Case
from portal.domain.garage.views import GarageView, LocationView
from portal.letters import links
from portal.letters.render import render_of_location
from portal.letters.tags import FLOWS, Tag, TagRefused, address
from portal.letters.values import DISPENSABLE, Value

NAMES: frozenset[str] = frozenset({*map(str, Value), *map(str, Tag)})
_ADDRESSES = frozenset(map(str, Tag))
_GLANCE_LENGTH = 140


@dataclass(frozen=True)
class Block:
    """A paragraph of lines, or the one button that stands alone on its line."""

    lines: tuple[tuple[Piece, ...], ...] = ()
    button: str = ""


def unknown(text: str) -> list[Unknown]:
    """What looks like a tag and is none."""
    return tags.unknown(text, NAMES)


def addresses_in(text: str) -> list[str]:
    """The tags of `text` that stand for addresses."""
    return tags.used(text, _ADDRESSES)


def empty(text: str, values: Mapping[str, str]) -> list[str]:
    """The tags of `text` that stand for nothing and leave a hole."""
    return [name for name in tags.used(text, values) if not values[name] and name not in DISPENSABLE]


def refused(text: str, garage: GarageView, case: Case | None = None) -> list[TagRefused]:
    """The tags of `text` that have no address, and why."""
    found = []
    for name in addresses_in(text):
        try:
            address(Tag(name), garage, case=case)
        except TagRefused as no:
            found.append(no)
    return found


def shown_addresses(
    text: str, garage: GarageView, case: Case | None = None, *, test: bool = False
) -> dict[str, str]:
    """Addresses to look at: a tag that is refused shows where it will lead once it is not."""
    found = {}
    for name in addresses_in(text):
        try:
            found[name] = address(Tag(name), garage, case=case, test=test)
        except TagRefused:
            found[name] = links.entrance(garage, FLOWS[Tag(name)])
    return found


def compose(
    garage: GarageView,
    location: LocationView,
    language: str,
    *,
    subject: str,
    words: str,
    values: Mapping[str, str],
    addresses: Mapping[str, str],
    test: bool = False,
) -> Letter:
    """The letter with its tags replaced; a `test` says so in its subject."""
    told = blocks(words, values, addresses)
    return render_of_location(
        "case_letter",
        language,
        garage,
        location,
        heading=tags.fill(subject, values),
        test=test,
        blocks=told,
        addresses=addresses,
        glance=_glance(told),
    )


def blocks(words: str, values: Mapping[str, str], addresses: Mapping[str, str]) -> list[Block]:
    """`words` as paragraphs and buttons. Each tag is replaced once: what it stands for is never read as a tag."""
    found: list[Block] = []
    lines: list[tuple[Piece, ...]] = []
    for line in words.split("\n"):
        pieces = tuple(tags.pieces(line, values, addresses))
        told = [piece for piece in pieces if piece.text.strip()]
        button = told[0].tag if len(told) == 1 else ""
        if told and not button:
            lines.append(pieces)
            continue
        if lines:
            found.append(Block(tuple(lines)))
            lines = []
        if button:
            found.append(Block(button=button))
    return [*found, Block(tuple(lines))] if lines else found


def _glance(told: list[Block]) -> str:
    """What a list of mails shows beside the subject: the first words after the greeting."""
    plain = [
        " ".join(piece.text.strip() for line in block.lines for piece in line if not piece.tag)
        for block in told
        if block.lines
    ]
    return " ".join(plain[1:2] or plain)[:_GLANCE_LENGTH]
