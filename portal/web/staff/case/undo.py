"""One step back: what the last press changed, offered once, on the next page."""

from typing import Any

from flask import g, session

from portal.domain.cases import details, within

KEY = "undo"


def offer(words: str, before: dict[str, str]) -> None:
    """Say what was done, and offer to give the fields their text from `before` the change back."""
    fresh = within.find(g.desk.reach, g.case.case.number)
    session[KEY] = {
        "case": fresh.case.number,
        "words": words,
        "before": before,
        "expected": details.fingerprint(fresh.values, before),
    }


def offered() -> dict[str, Any] | None:
    """What is offered on a page of this case; it is not offered again."""
    kept = session.get(KEY)
    if kept is None or kept["case"] != g.case.case.number:
        return None
    return session.pop(KEY)
