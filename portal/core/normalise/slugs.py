"""Names for addresses, made from names for people."""

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 40
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th"})


def slug(name: str, taken: Collection[str] = (), *, otherwise: str = "new") -> str:
    """`Klassiek herstel` as `klassiek-herstel`, or with a number at the end if that is `taken`.

    `otherwise` stands for a name in which no letter of the Latin alphabet is left.
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_SPELT)).encode("ascii", "ignore").decode()
    made = re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or otherwise
    number, free = 1, made
    while free in taken:
        number += 1
        end = f"-{number}"
        free = made[: _LONGEST - len(end)].strip("-") + end
    return free
