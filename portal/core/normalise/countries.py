"""Countries, by the two letters of ISO 3166."""

import phonenumbers


def normalise(value: str) -> str | None:
    """The code in capitals, or None if no country has it."""
    code = value.strip().upper()
    return code if code in phonenumbers.SUPPORTED_REGIONS else None
