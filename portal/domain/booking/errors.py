"""Why a booking is refused."""

from typing import Any

from portal.core.scheduling import Refusal


class NoPlace(Exception):
    """The place is not there (any more); `refusal` is the rule that says so."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class RequestUnknown(Exception):
    """No request has this name."""


class AlreadyBooked(Exception):
    """The request became a booking before; `uid` names it."""

    def __init__(self, uid: str) -> None:
        super().__init__(uid)
        self.uid = uid


class Cancelled(Exception):
    """The booking was cancelled."""


class TooLate(Exception):
    """So shortly before the appointment the garage wants a call."""


class NotBookable(Exception):
    """The case is given no such appointment: the car came, the repair is booked, or nobody knows a mail address."""


class TooManyOpen(Exception):
    """The customer has as many coming appointments as the garage allows."""


class Late(Exception):
    """The hold of the request is over."""


class Superseded(Exception):
    """The link belongs to an address that was mended since."""


class WrongCode(Exception):
    """The typed code is not the one in the mail; `left` tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class TooManyLetters(Exception):
    """The confirmation was sent as often as one request may ask."""


class Undecided(Exception):
    """Saving would leave `outside` (see `booking/outside.py`) outside, and nobody said what becomes of some of it."""

    def __init__(self, outside: list[Any]) -> None:
        super().__init__(len(outside))
        self.outside = outside


class DamageFlowIsDefault(Exception):
    """The default damage flow cannot go; another one must be the default first."""


class DamageFlowUsed(Exception):
    """A case, a booking or hours are of this damage flow."""
