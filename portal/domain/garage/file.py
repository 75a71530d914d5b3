"""Garage files: one readable TOML file a garage."""

import tomllib
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal.domain.garage.errors import FileRefused
from portal.domain.garage.profile import GarageFile

_PLAIN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "there is no such setting here",
    "literal_error": "not one of {expected}",
    "date_type": "a date is written like 2026-12-24, without quotes",
    "date_parsing": "a date is written like 2026-12-24, without quotes",
    "date_from_datetime_parsing": "a date is written like 2026-12-24, without quotes",
    "date_from_datetime_inexact": "a date is written like 2026-12-24, without a time",
    "url_parsing": "an address is written like https://www.example.com",
    "url_scheme": "an address is written like https://www.example.com",
}


def read(path: Path) -> GarageFile:
    """The garage that `path` describes.

    Raises:
        FileRefused: with one line for each thing that is wrong: where it stands in the file, and what is wrong.
        OSError: if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows editors like to begin with a byte order mark
        return GarageFile.model_validate(tomllib.loads(text))
    except UnicodeDecodeError:
        raise FileRefused(["the file is not written in UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise FileRefused([str(error)]) from None
    except ValidationError as error:
        raise FileRefused([_line(problem) for problem in error.errors()]) from None


def _line(problem: ErrorDetails) -> str:
    place = ""
    for part in problem["loc"]:
        if part != "[key]":
            place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    words = _PLAIN_WORDS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    words = words.format(**problem.get("ctx", {})) if problem["type"] in _PLAIN_WORDS else words
    return f"{place}: {words}" if place else words
