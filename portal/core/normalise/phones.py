"""Phone numbers in E.164; foreign ones are welcome."""

import phonenumbers


def normalise(value: str, country: str) -> str | None:
    """`value` as E.164 (`+32470123456`), read as a number of `country` (ISO code) if it names none; else None."""
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken(e164: str) -> str:
    """As people read it: `+32 470 12 34 56`."""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def national(e164: str) -> str:
    """The digits that people dial inside the country, without the leading zero: `470123456`; empty if it is none."""
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(e164)).lstrip("0")
    except phonenumbers.NumberParseException:
        return ""
