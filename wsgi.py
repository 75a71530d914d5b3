"""What a WSGI server loads: `gunicorn wsgi:app`."""

import gc
import os
import sys

from dotenv import load_dotenv

from portal import create_app
from portal.config import Misconfigured

HOPELESS = 4  # with this status gunicorn does not start a worker again and again

# The `flask` command reads .env by itself; a WSGI server must not see other settings than it.
if "FLASK_SKIP_DOTENV" not in os.environ:
    load_dotenv()

try:
    app = create_app(commands="FLASK_RUN_FROM_CLI" in os.environ)
except Misconfigured as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(HOPELESS)
# What is loaded by now stays for good: looking through it for rubbish again and again takes a tenth of a request.
gc.collect()
gc.freeze()
