"""What the address of a page asks for."""

from datetime import date

from flask import request


def day(name: str = "day") -> date | None:
    """The day that the address gives by this name, if it is one."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
