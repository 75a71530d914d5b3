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
    """Refuse to start with settings that are missing or wrong, or to serve customers with such as are not safe.

    A reload does not ask: what runs goes on running.
    """
    told = {} if "FLASK_SKIP_DOTENV" in os.environ else dotenv_values()
    given = {name: value for name, value in {**told, **os.environ}.items() if value is not None}
    at_home = urlsplit(given.get("PORTAL_BASE_URL", "")).hostname in {"localhost", "127.0.0.1", "::1"}
    ask = ["-P", "portal/config.py"] if at_home else ["-m", "flask", "--app", "wsgi", "doctor", "--deploy"]
    # In a process of its own: the code must not be in the master, or a reload would go on with the old one.
    if subprocess.run([sys.executable, *ask], env=given, check=False).returncode:
        sys.exit("gunicorn does not start before this is mended")
