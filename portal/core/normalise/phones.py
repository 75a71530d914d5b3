"""Phone numbers in E.164; foreign ones are welcome."""

import phonenumbers
from phonenumbers import PhoneNumber, ValidationResult

_FEW = 6  # digits inside a country that are a whole number in a few places only


def normalise(value: str, country: str) -> str | None:
    """`value` as E.164 (`+32470123456`), read as a number of `country` (ISO code) if it names none; else None."""
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
    if not _is_somebodys(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_somebodys(number: PhoneNumber) -> bool:
    """Whether it is as long as numbers of its country are; so few digits that most are none must fit its plan too."""
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return False  # one for neighbours, without the code of their town, is none for us
    digits = phonenumbers.national_significant_number(number)
    return len(digits) > _FEW or phonenumbers.is_valid_number(number)


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
