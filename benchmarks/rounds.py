"""Measuring in turns: machines change their speed within minutes, so only what ran side by side is compared."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from benchmarks.servers import Server

T = TypeVar("T")
R = TypeVar("R")
MILLI = 1000


@dataclass(frozen=True)
class Effort:
    """How long to measure: `rounds` of `times` requests each; other counts are divided by `part`."""

    rounds: int
    times: int
    part: int

    def of(self, count: int) -> int:
        return max(1, count // self.part)


FULL, QUICK = Effort(9, 100, 1), Effort(3, 30, 10)


def in_turn(turns: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """What each of `turns` gives, asked one after the other, again and again, after one round that does not count."""
    found: dict[str, list[float]] = {name: [] for name in turns}
    for number in range(rounds + 1):
        for name, turn in turns.items():
            value = turn()
            if number:
                found[name].append(value)
    return found


def cpu_ms(server: Server, ask: Callable[[], object], times: int) -> float:
    """Milliseconds of CPU one request costs the server."""
    before = server.cpu()
    for _ in range(times):
        ask()
    return (server.cpu() - before) / times * MILLI


def own_cpu_ms(ask: Callable[[], object], times: int) -> float:
    """Milliseconds of CPU one `ask` costs this process."""
    before = time.process_time()
    for _ in range(times):
        ask()
    return (time.process_time() - before) / times * MILLI


def wall_ms(ask: Callable[[], object], times: int) -> float:
    """Milliseconds by the clock that one `ask` takes."""
    started = time.perf_counter()
    for _ in range(times):
        ask()
    return (time.perf_counter() - started) / times * MILLI


def ratio(one: list[float], other: list[float]) -> float:
    """The median of `one` against `other`, round by round."""
    return median(a / b for a, b in zip(one, other, strict=True))


def p99(values: list[float]) -> float:
    """The value that one in a hundred exceeds."""
    return _exceeded_by(0.01, values)


def p95(values: list[float]) -> float:
    """The value that one in twenty exceeds."""
    return _exceeded_by(0.05, values)


def _exceeded_by(part: float, values: list[float]) -> float:
    return sorted(values)[max(0, int(len(values) * (1 - part)) - 1)]


def at_once(ask: Callable[[T], R], of: list[T], people: int) -> list[R]:
    """What `ask` gives for each of `of`, so many `people` asking at a time."""
    with ThreadPoolExecutor(people) as crowd:
        return list(crowd.map(ask, of))
