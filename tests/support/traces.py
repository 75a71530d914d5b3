"""Whether anything of a person is left: in rows, in files, in the raw bytes of a SQLite database."""

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from tests.journeys.rows import rows


def spelled(values: Iterable[str]) -> set[str]:
    """Each value as text and as JSON escapes it, in small letters."""
    return {spelling.casefold() for value in values for spelling in (value, json.dumps(value)[1:-1])}


def in_rows(app: Flask, values: Iterable[str]) -> dict[str, list[str]]:
    """The values that stand anywhere in a table, by its name."""
    wanted = spelled(values)
    found = {}
    for name, held in rows(app).items():
        text = json.dumps([[str(cell) for cell in row] for row in held], ensure_ascii=False).casefold()
        if here := sorted(value for value in wanted if value in text):
            found[name] = here
    return found


def in_files(folder: Path, values: Iterable[str]) -> dict[str, list[str]]:
    """The values that stand in the bytes of any file below `folder`, by its name."""
    wanted = spelled(values)
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("utf-8", "replace").casefold()
            if here := sorted(value for value in wanted if value in content):
                found[path.name] = here
    return found


def in_database_files(url: str, values: Iterable[str]) -> dict[str, list[str]]:
    """The same in the files of a SQLite database: the main one and its log."""
    main = Path(urlsplit(url).path)
    wanted = spelled(values)
    found = {}
    for path in (main, Path(f"{main}-wal")):
        if path.exists():
            content = path.read_bytes().decode("utf-8", "replace").casefold()
            if here := sorted(value for value in wanted if value in content):
                found[path.name] = here
    return found
