"""Why a letter is not sent again, or its address not corrected."""

from enum import StrEnum


class DeliveryUnknown(Exception):
    """There is no such letter within reach."""


class Reason(StrEnum):
    """Why a letter is not sent again."""

    ON_ITS_WAY = "on its way"
    OVER = "over"  # the appointment, the link or the invitation it is about
    TOLD_OTHERWISE = (
        "told otherwise"  # the appointment was moved or cancelled since, which another letter tells
    )
    TOO_MANY = "too many"
    NOT_HERE = "not here"  # whoever wants it asks for it elsewhere
    NO_ADDRESS = "no address"


class NotSentAgain(Exception):
    """The letter would help nobody, or was sent as often as may be."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class NotCorrected(Exception):
    """The address of this letter does not stand on a case or a request that is still open."""


class Overtaken(Exception):
    """Somebody else corrected the address since it was read; `current` is what it is now."""

    def __init__(self, current: str) -> None:
        super().__init__()
        self.current = current
