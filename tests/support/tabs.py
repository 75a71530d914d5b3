"""Two people, or two tabs of one, at the same moment: one stops halfway, the other comes."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask


class Tab(Thread):
    """Does one thing in a context of its own and keeps what came of it."""

    def __init__(self, app: Flask, work: Callable[[], object]) -> None:
        super().__init__()
        self.error: Exception | None = None
        self._app, self._work = app, work

    def run(self) -> None:
        with self._app.app_context():
            try:
                self._work()
            except Exception as error:
                self.error = error


class Halfway:
    """Whoever calls `name` of `where` stops before it, until `go_on` is set; `reached` says that somebody is there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
        self.reached, self.go_on = Event(), Event()
        do = getattr(where, name)

        def stop_and_do(*args: Any, **named: Any) -> Any:
            self.reached.set()
            self.go_on.wait(30)
            return do(*args, **named)

        monkeypatch.setattr(where, name, stop_and_do)

    def meet(self, first: Tab, second: Tab) -> None:
        """Let `first` get halfway, then `second` begin, then both end."""
        first.start()
        assert self.reached.wait(30)
        second.start()
        second.join(0.5)  # it waits for the first, on whichever lock
        self.go_on.set()
        first.join()
        second.join()
