"""`flask worker`: the process that sends mail and keeps the timetable."""

import logging

import click
from flask.cli import with_appcontext

from portal.adapters import queue
from portal.cli import deployment

POLL_SECONDS = 1.0
STOP_SECONDS = 30


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send mail and do what the timetable says, until SIGTERM or SIGINT. Any number of these may run at once."""
    deployment.refuse_unsafe()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    run()


def run() -> None:
    """Work on the queue of the running app; on SIGTERM the task in hand is finished first."""
    # One thread: a process that dies then has at most one mail in the air.
    consumer = queue.running().create_consumer(
        workers=1, max_delay=POLL_SECONDS, graceful_signal="TERM", shutdown_timeout=STOP_SECONDS
    )
    consumer.run()
