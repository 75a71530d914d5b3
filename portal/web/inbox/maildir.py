"""Reading the folder the demo's mail server writes to."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cached_property
from pathlib import Path

MOST_SHOWN = 100


class NotThere(Exception):
    """No mail has this name."""


@dataclass(frozen=True)
class File:
    """A file that came with a mail."""

    name: str
    content_type: str
    data: bytes


class Mail:
    """One mail as it was received."""

    def __init__(self, path: Path) -> None:
        self.key = path.name
        # By the clock of whoever tries the demo, on whose machine this runs.
        self.received_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self._parsed = parsed

    def header(self, name: str) -> str:
        """A header as a person reads it, or nothing."""
        return str(self._parsed.get(name, ""))

    @property
    def sender_name(self) -> str:
        return parseaddr(self.header("From"))[0]

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self._parsed.items()]

    @property
    def text(self) -> str:
        return self._words("plain")

    @property
    def html(self) -> str:
        return self._words("html")

    @cached_property
    def files(self) -> list[File]:
        return [
            File(part.get_filename() or "file", part.get_content_type(), part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
            for part in self._parsed.iter_attachments()
        ]

    def _words(self, kind: str) -> str:
        part = self._parsed.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


def newest(folder: Path) -> list[Mail]:
    """The last mails received, newest first."""
    return [Mail(path) for path in _paths(folder)[:MOST_SHOWN]]


def find(folder: Path, key: str) -> Mail:
    """The mail named `key`.

    Raises:
        NotThere: if there is none.
    """
    for path in _paths(folder):
        if path.name == key:
            return Mail(path)
    raise NotThere(key)


def _paths(folder: Path) -> list[Path]:
    arrived = folder / "new"
    if not arrived.is_dir():
        return []
    return sorted(arrived.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
