"""Sending what the outbox holds."""

from portal import clock
from portal.adapters import queue
from portal.domain.mailing import service
from portal.letters.writers import WRITERS
from portal.wiring import wired


def deliver() -> None:
    """Send one batch; the rest is a task of its own, so that a worker told to stop can."""
    if service.deliver_due(wired().mailer, WRITERS, clock.now).more:
        queue.wake()
