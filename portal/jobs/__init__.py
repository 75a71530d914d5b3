"""What happens later, and when: each task is one line into the domain."""

from collections.abc import Callable

from flask import Flask
from huey import Huey, crontab

from portal.adapters import queue
from portal.jobs import housekeeping, mail, reminders

# A nudge that waited this long is answered by the sweep; dropping it keeps a slow mail server from piling them up.
NUDGE_SECONDS = 60


def register(app: Flask, huey: Huey) -> None:
    """Give `huey` the tasks and the timetable of `app`, and let `app` wake its worker."""

    def task(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            with app.app_context():
                work()

        return run

    deliver = huey.task(name="deliver", expires=NUDGE_SECONDS)(task(mail.deliver))
    huey.periodic_task(crontab(minute="*"), name="sweep", expires=NUDGE_SECONDS)(task(mail.deliver))
    huey.periodic_task(crontab(minute="*"), name="reminders", expires=NUDGE_SECONDS)(task(reminders.remind))
    huey.periodic_task(crontab(minute="17"), name="housekeeping")(task(housekeeping.tidy))
    queue.attach(app, huey, deliver)
