"""Garage files as text, so that a test changes them as a person would."""

from pathlib import Path

from portal.domain.garage import file
from portal.domain.garage.profile import GarageFile
from tests.support.garages import FOLDER

PEETERS = (FOLDER / "peeters.toml").read_text(encoding="utf-8")
MAES = (FOLDER / "maes.toml").read_text(encoding="utf-8")


def changed(text: str, old: str, new: str) -> str:
    """`text` with the first `old` changed."""
    assert old in text, f"no {old!r} to change"
    return text.replace(old, new, 1)


def read(folder: Path, text: str) -> GarageFile:
    """The garage that `text` describes, read from a file in `folder`."""
    path = folder / "garage.toml"
    path.write_text(text, encoding="utf-8")
    return file.read(path)
