"""A poster for the door of the workshop: one A4 page as a PDF, with a code that leads to the portal."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from portal.adapters import qr
from portal.core import colours

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "Helvetica"  # every reader of PDF has it; its signs are those of `ENCODING`
ENCODING = "cp1252"
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 18.0  # mm
LOGO = (110.0, 34.0)
CODE = 92.0
INK = colours.INK


@dataclass(frozen=True)
class Poster:
    """What stands on it. `address` is what the code leads to, `contact` the last lines."""

    language: str
    name: str
    logo: bytes | None
    accent: str
    title: str
    lead: str
    scan: str
    address: str
    contact: Sequence[str]


def pdf(poster: Poster) -> bytes:
    """The page, ready to print."""
    # Loaded when somebody wants a poster: it takes a tenth of the memory of a web worker and of the time to start one.
    from fpdf import FPDF

    page = FPDF(format="A4", unit="mm")
    page.core_fonts_encoding = ENCODING
    page.set_auto_page_break(False)
    page.set_margins(MARGIN, MARGIN)
    page.set_title(_writable(f"{poster.title} – {poster.name}"))
    page.set_lang(poster.language)
    page.add_page()
    _brand(page, poster)
    _words(page, poster)
    _code(page, poster)
    _foot(page, poster)
    return bytes(page.output())


def _brand(page: "FPDF", poster: Poster) -> None:
    width, height = LOGO
    if poster.logo:
        page.image(
            BytesIO(poster.logo),
            x=(WIDTH - width) / 2,
            y=14,
            w=width,
            h=height,
            keep_aspect_ratio=True,
            alt_text=_writable(poster.name),
        )
    else:
        _line(page, poster.name, top=22, size=34, style="B")


def _words(page: "FPDF", poster: Poster) -> None:
    tones = colours.tones(poster.accent)
    page.set_fill_color(tones.accent)
    page.rect(0, 60, WIDTH, 70, style="F")
    page.set_text_color(tones.ink)
    _line(page, poster.title, top=70, size=44, style="B")
    page.set_xy(MARGIN, 98)
    page.set_font(FONT, size=20)
    page.multi_cell(WIDTH - 2 * MARGIN, 9, _writable(poster.lead), align="C")


def _code(page: "FPDF", poster: Poster) -> None:
    page.set_text_color(*INK)
    page.set_fill_color(*INK)
    modules = qr.modules(poster.address)
    side = CODE / len(modules)
    left, top = (WIDTH - CODE) / 2, 146.0
    for row, line in enumerate(modules):
        for first, length in _runs(line):
            # A hair larger than the module, so that no printer shows a line between two of them.
            page.rect(left + first * side, top + row * side, length * side + 0.02, side + 0.02, style="F")
    _line(page, poster.scan, top=246, size=16)
    _line(page, poster.address.partition("://")[2].partition("?")[0].rstrip("/"), top=255, size=16, style="B")


def _foot(page: "FPDF", poster: Poster) -> None:
    page.set_text_color(*colours.parse("#535b68") or INK)
    _line(page, "  ·  ".join(poster.contact), top=275, size=12)


def _line(page: "FPDF", words: str, *, top: float, size: float, style: Literal["", "B"] = "") -> None:
    """One centred line, smaller if it must be."""
    text, room = _writable(words), WIDTH - 2 * MARGIN
    page.set_font(FONT, style=style, size=size)
    while page.get_string_width(text) > room and size > 8:
        size -= 1
        page.set_font_size(size)
    page.set_xy(MARGIN, top)
    page.cell(room, size * 0.45, text, align="C")


def _runs(line: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(line):
        if dark and found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((at, 1))
    return found


def _writable(words: str) -> str:
    """`words` in signs the font has: of others the letter without its marks, or a question mark."""

    def sign(each: str) -> str:
        try:
            each.encode(ENCODING)
        except UnicodeEncodeError:
            plain = unicodedata.normalize("NFKD", each).encode("ascii", "ignore").decode()
            return plain or "?"
        return each

    return "".join(map(sign, words))
