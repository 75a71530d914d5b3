"""A week as a picture: days side by side, hours downwards, each window a block."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.scheduling import Window

EARLIEST, LATEST = 8, 18  # hours that are always shown
HOUR = 48  # px


@dataclass(frozen=True)
class Block:
    """One window; windows of different dates at the same hour lie side by side in `lanes`."""

    window: Window
    lane: int
    lanes: int
    top: int

    @property
    def left(self) -> float:
        """Per cent of the width of the week."""
        return round(100 * ((self.window.weekday or 0) + self.lane / self.lanes) / 7, 3)

    @property
    def width(self) -> float:
        """Per cent of the width of the week."""
        return round(100 / 7 / self.lanes, 3)

    @property
    def height(self) -> int:
        return (self.window.end - self.window.start) * HOUR // 60


@dataclass(frozen=True)
class Picture:
    """Blocks on the hours from `first` to `last`."""

    first: int
    last: int
    blocks: list[Block]

    @property
    def hours(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def height(self) -> int:
        return (self.last - self.first) * HOUR


def of(windows: Sequence[Window]) -> Picture:
    """The picture of a weekly series."""
    first = min([EARLIEST, *(window.start // 60 for window in windows)])
    last = max([LATEST, *(-(-window.end // 60) for window in windows)])
    blocks = []
    for day in range(7):
        lanes = _lanes([window for window in windows if window.weekday == day])
        for number, lane in enumerate(lanes):
            blocks += [
                Block(window, number, len(lanes), (window.start - first * 60) * HOUR // 60) for window in lane
            ]
    return Picture(first, last, blocks)


def _lanes(windows: Sequence[Window]) -> list[list[Window]]:
    lanes: list[list[Window]] = []
    for window in sorted(windows, key=lambda each: each.start):
        free = next((lane for lane in lanes if lane[-1].end <= window.start), None)
        if free is None:
            lanes.append([window])
        else:
            free.append(window)
    return lanes
