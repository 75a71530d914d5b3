"""Text from outside, made safe to store: NFC, no control signs, no half characters."""

import unicodedata

_KEPT_CONTROLS = {"\n", "\t"}


def clean(value: str) -> str:
    """`value` in NFC, line ends as `\\n`, outer spaces off.

    Raises:
        ValueError: for characters no database or mail can carry (NUL and other controls, lone surrogates).
    """
    if (
        value.isascii() and value.isprintable()
    ):  # most of what people write; the long way takes twenty times as long
        return value.strip()
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    for sign in value:
        if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _KEPT_CONTROLS:
            raise ValueError(f"U+{ord(sign):04X}")
    return unicodedata.normalize("NFC", value).strip()


def printable(value: str) -> str:
    """`value` without the characters that `clean` refuses."""
    return "".join(
        sign for sign in value if sign in "\r\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def one_line(value: str) -> str:
    """`clean`, with every run of white space as one space."""
    return " ".join(clean(value).split())
