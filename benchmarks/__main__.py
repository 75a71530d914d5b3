"""`python -m benchmarks`: measure, print the table, keep it as JSON."""

import argparse
import signal
import sys
import time
from pathlib import Path
from types import ModuleType

from benchmarks import databases, results
from benchmarks.measures import (
    cases,
    confirm,
    desk,
    first_page,
    last_place,
    locations,
    mail,
    memory,
    photo,
    photos_meanwhile,
    request,
    timeslots,
)
from benchmarks.results import Result
from benchmarks.rounds import FULL, QUICK, Effort

MEASURES = (
    timeslots,
    locations,
    cases,
    desk,
    request,
    confirm,
    last_place,
    photo,
    photos_meanwhile,
    mail,
    memory,
    first_page,
)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    names = {module.__name__.rpartition(".")[2]: module for module in MEASURES}
    asked = _asked(list(names))
    kinds = [asked.database] if asked.database else databases.reachable()
    chosen = [names[name] for name in asked.only] or list(names.values())
    started = time.monotonic()
    found = [
        result for module in chosen for result in _measure(module, kinds, QUICK if asked.quick else FULL)
    ]
    print(f"\n{results.machine()}; {', '.join(kinds)}; {(time.monotonic() - started) / 60:.0f} minutes\n")
    print(results.table(found))
    if asked.json:
        results.write(asked.json, found)


def _measure(module: ModuleType, kinds: list[str], effort: Effort) -> list[Result]:
    found = []
    for kind in kinds if module.BOTH else kinds[:1]:
        print(f"{module.__name__.rpartition('.')[2]} {kind if module.BOTH else ''}…", file=sys.stderr)
        found += module.measure(kind, effort)
    return found


def _asked(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/run", description="How fast the portal is; see docs/performance.md."
    )
    parser.add_argument("--quick", action="store_true", help="a short look, with fewer rounds and rows")
    parser.add_argument(
        "--only", action="append", default=[], choices=names, metavar="NAME", help=", ".join(names)
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="this one alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
