"""One accent colour and the tones derived from it, each readable by construction (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from dataclasses import dataclass

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (23, 26, 31)
DARK_PAGE: Rgb = (21, 24, 28)
TEXT_CONTRAST = 4.5


@dataclass(frozen=True)
class Tones:
    """Colours as `#rrggbb`: the accent, text on it, a soft surface, and the accent as text on the page."""

    accent: str
    ink: str
    soft: str
    strong: str


@dataclass(frozen=True)
class Fit:
    """How an accent does on the light or the dark page: contrast ratios from 1 to 21, as they are after `tones`.

    `chosen` is that of the accent itself on the page, `button` that of the words on a button, `text` that of links.
    """

    tones: Tones
    chosen: float
    button: float
    text: float
    dark_words: bool
    button_changed: bool
    text_changed: bool


def parse(value: str) -> Rgb | None:
    """`#rrggbb` as three numbers, or None."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return None
    return (int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tones(accent: str, *, dark: bool = False) -> Tones:
    """The tones of `accent` for the light or the dark page.

    Raises:
        ValueError: if `accent` is not `#rrggbb`.
    """
    colour = _known(accent)
    page = DARK_PAGE if dark else WHITE
    away = WHITE if dark else INK
    surface = _mix(colour, page, 0.16 if dark else 0.08)
    strong = colour
    while min(contrast(strong, page), contrast(strong, surface)) < TEXT_CONTRAST:
        strong = _mix(away, strong, 0.08)
    # A dark accent would vanish on the dark page; a bright one on the light page is carried by its dark words.
    face = strong if dark and contrast(colour, page) < 3 else colour
    ink = WHITE if contrast(WHITE, face) >= TEXT_CONTRAST else INK
    while contrast(ink, face) < TEXT_CONTRAST:
        face = _mix(WHITE, face, 0.08)
    return Tones(accent=_hex(face), ink=_hex(ink), soft=_hex(surface), strong=_hex(strong))


def fit(accent: str, *, dark: bool = False) -> Fit:
    """What becomes of `accent` on the light or the dark page, and how readable that is.

    Raises:
        ValueError: if `accent` is not `#rrggbb`.
    """
    derived, page = tones(accent, dark=dark), DARK_PAGE if dark else WHITE
    chosen, face, ink, strong = map(_known, (accent, derived.accent, derived.ink, derived.strong))
    return Fit(
        derived,
        chosen=contrast(chosen, page),
        button=contrast(ink, face),
        text=contrast(strong, page),
        dark_words=ink == INK,
        button_changed=face != chosen,
        text_changed=strong != chosen,
    )


def _known(value: str) -> Rgb:
    colour = parse(value)
    if colour is None:
        raise ValueError(value)
    return colour


def _luminance(colour: Rgb) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(top: Rgb, bottom: Rgb, share: float) -> Rgb:
    red, green, blue = (
        min(255, max(0, round(share * a + (1 - share) * b))) for a, b in zip(top, bottom, strict=True)
    )
    return (red, green, blue)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
