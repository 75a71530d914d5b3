"""Lists that go on with older rows."""

from flask import request

LARGEST = 2**31 - 1


def older_than() -> int | None:
    """The id with which the address says where to go on; None at the beginning, or if it is none."""
    try:
        asked = int(request.args.get("before", "")[:12])
    except ValueError:
        return None
    return asked if 0 < asked <= LARGEST else None
