"""Migrations that end at their n-th change of the schema, as if the power went.

python -m tests.support.cut_short 5
"""

import os
import sys

import flask_migrate
from sqlalchemy import event

from portal import create_app
from portal.db import db

CHANGES = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE")
POWER_CUT = 9


def main(changes: int) -> None:
    left = changes

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal left
        if statement.lstrip().startswith(CHANGES):
            left -= 1
            if left < 0:
                os._exit(POWER_CUT)

    app = create_app()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        flask_migrate.upgrade()


if __name__ == "__main__":
    main(int(sys.argv[1]))
