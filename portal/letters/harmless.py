"""What a stranger typed, reduced to what may stand in a mail to an address that nobody confirmed yet.

Mail programs turn anything that looks like an address into a link, so nothing that could look like one is left.
"""

import re
import unicodedata

NAME_LENGTH = 40
PLATE_LENGTH = 20
PROSE_LENGTH = 500
ADDRESS_SIGN = re.compile(r"([.:/\\@。．｡])(?=\S)")


def name(typed: str) -> str:
    """`typed` if it is plainly a name of letters, spaces, hyphens and apostrophes, else nothing."""
    words = " ".join(typed.split())
    plain = all(unicodedata.category(sign)[0] in "LM" or sign in " -'’" for sign in words)
    return words if plain and len(words) <= NAME_LENGTH else ""


def plate(typed: str) -> str:
    """The letters, digits and hyphens of a plate."""
    signs = "".join(sign if sign.isalnum() or sign == "-" else " " for sign in typed)
    return " ".join(signs.split())[:PLATE_LENGTH]


def prose(typed: str) -> str:
    """A line to be read by the garage: every word stays, but a space after each sign that could make it an address."""
    words = " ".join(typed.split())[:PROSE_LENGTH]
    return ADDRESS_SIGN.sub(r"\1 ", words)
