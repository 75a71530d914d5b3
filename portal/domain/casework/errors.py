"""Why something is not done with a whole case."""

from enum import StrEnum


class Hindrance(StrEnum):
    """Why two cases cannot be made one now."""

    ANOTHER_CAR = "another car"
    TWO_REPAIRS = "two repairs"  # both have a coming one, and a case has one
    OPEN_REQUEST = "open request"  # somebody is about to confirm an appointment of one of them


class NotMerged(Exception):
    """Two cases stay two; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance
