"""`.env.example` and the settings say the same."""

import re
from pathlib import Path

from pydantic import SecretStr

from portal.config import Settings

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"
ENTRY = re.compile(r"(?m)^# (?P<comment>.+)\n(?P<off># )?PORTAL_(?P<name>[A-Z_]+)=(?P<value>.*)$")


def entries():
    return {entry["name"].lower(): entry for entry in ENTRY.finditer(EXAMPLE.read_text(encoding="utf-8"))}


def test_every_setting_stands_there_once_with_one_comment():
    assert list(entries()) == list(Settings.model_fields)
    assert len(ENTRY.findall(EXAMPLE.read_text(encoding="utf-8"))) == len(Settings.model_fields)


def test_the_needed_ones_are_filled_in_by_hand_and_the_others_show_their_defaults():
    for name, field in Settings.model_fields.items():
        entry = entries()[name]
        assert bool(entry["off"]) is not field.is_required(), name
        if not field.is_required():
            assert entry["value"] == as_text(field.default), name


def as_text(default):
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if isinstance(default, bool):
        return str(default).lower()
    return "" if default is None else str(default)
