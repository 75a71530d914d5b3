"""Where in a list its next page begins, as an address carries it: `0.4711.1ABC234`."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from portal.domain.booking.finding.search import Sort
from portal.domain.booking.finding.statements import PHASES

_MOST = 2**31  # what an id can be


class Place(NamedTuple):
    """After the row `id`, whose key is `key`, of one phase of an order; after none if `id` is 0."""

    phase: int
    id: int
    key: Any = None


START = Place(0, 0)


def of(phase: int, row: Any) -> Place:
    """The place after a row."""
    return Place(phase, row.id, row.key)


def spell(place: Place) -> str:
    """The text that `read` reads."""
    key = place.key
    told = key.isoformat() if isinstance(key, date) else key or ""
    return f"{place.phase}.{place.id}.{told}"


def read(told: str, sort: Sort) -> Place:
    """The place that was told; the start if it is none in this order."""
    phase, _, rest = told.partition(".")
    last, _, key = rest.partition(".")
    try:
        place = Place(int(phase), int(last))
        if not 0 < place.id < _MOST or place.phase < 0:
            return START
        order = PHASES[sort][place.phase]
        return place if order.key is None else place._replace(key=_key(order.kind, key))
    except (ValueError, IndexError, OverflowError):
        return START


def _key(kind: type, told: str) -> Any:
    if issubclass(kind, date):
        key = kind.fromisoformat(told)
        if isinstance(key, datetime):
            if key.tzinfo is None:
                raise ValueError(told)
            return key.astimezone(UTC)  # around the ends of the calendar there is none
        return key
    if "\0" in told:
        raise ValueError(told)
    return told.encode().decode()  # half characters are no text
