"""The letters that are ready-made, in every language: a file each, its first line the subject."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.domain.garage.profile import Flow

FOLDER = Path(__file__).parent / "ready"
PURPOSES: tuple[Flow, ...] = ("assessment", "repair", "status")


@dataclass(frozen=True)
class Words:
    """A subject, and the words below it; tags as they are written."""

    subject: str
    words: str


@cache
def words(purpose: str, language: str) -> Words:
    """The ready-made letter of this purpose."""
    subject, _, text = (
        (FOLDER / f"{purpose}.{language}.txt").read_text(encoding="utf-8").strip().partition("\n")
    )
    return Words(subject, text.strip())
