"""What customers are asked and told in words of the garage's own."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from portal.domain.garage.profile import (
    PHOTO_LABELS,
    Announcement,
    GarageProfile,
    Language,
    PhotoWish,
    Question,
)

T = TypeVar("T")
AnnouncementPage = Literal["first", "timeslot"]

_EVERY_PHOTO = tuple(PhotoWish(label=label) for label in PHOTO_LABELS)


def wishes(listed: Iterable[PhotoWish]) -> tuple[PhotoWish, ...]:
    """The photos of a list; an empty one asks for all there are."""
    return tuple(listed) or _EVERY_PHOTO


def in_words(
    questions: Iterable[Question], language: str, garage: GarageProfile
) -> list[tuple[Question, str]]:
    """Questions with the words of each, in `language` or else the garage's first."""
    return [
        (each, in_language(each.words, language, garage) or next(iter(each.words.values())))
        for each in questions
    ]


def told(
    announcement: Announcement | None, where: AnnouncementPage, language: str, garage: GarageProfile
) -> str:
    """What an announcement says on that page; nothing if it is not for it."""
    if announcement is None or not getattr(announcement, where):
        return ""
    return in_language(announcement.words, language, garage) or ""


def in_language(words: Mapping[Language, T], language: str, garage: GarageProfile) -> T | None:
    """Words in `language`, or else in the garage's first."""
    spoken: Mapping[str, T] = words  # type: ignore[assignment]
    return spoken.get(language) or spoken.get(garage.languages[0])
