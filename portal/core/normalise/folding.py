"""Text as a search sees it: no accents, no capitals, no signs between the letters."""

import unicodedata

# Letters that are no letter with an accent, yet are typed as if they were.
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def folded(text: str) -> str:
    """`text` in small letters without accents: `Škoda Özgür` is `skoda ozgur`, `Groß` is `gross`."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(sign for sign in flat if not unicodedata.combining(sign)).translate(_ALIKE)


def squeezed(text: str) -> str:
    """`folded`, letters and digits alone: `1-ABC 234` is `1abc234`, `Ann.P@example.com` is `annpexamplecom`."""
    return "".join(sign for sign in folded(text) if sign.isalnum())
