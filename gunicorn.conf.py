"""How gunicorn serves the portal; it reads this file by itself, and its command line wins over it."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

from dotenv import dotenv_values

worker_class = "gthread"
workers = 2
threads = 8
control_socket_disable = True
# A worker that is told to stop ends the requests in its hands first, also slow uploads.
graceful_timeout = 30


def on_starting(_server: object) -> None:
    """Refuse to serve customers with settings that are not safe. A reload does not ask: what runs goes on running."""
    # In a process of its own: the code must not be in the master, or a reload would go on with the old one.
    told = {} if "FLASK_SKIP_DOTENV" in os.environ else dotenv_values()
    address = os.environ.get("PORTAL_BASE_URL") or told.get("PORTAL_BASE_URL") or ""
    if urlsplit(address).hostname in {"localhost", "127.0.0.1", "::1"}:
        return
    checked = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "doctor", "--deploy"], check=False
    )
    if checked.returncode:
        sys.exit("gunicorn does not start: not safe to serve customers, see above")
