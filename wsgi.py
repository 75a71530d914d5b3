"""What a WSGI server loads: `gunicorn wsgi:app`."""

import gc
import os

from dotenv import load_dotenv

from portal import create_app

# The `flask` command reads .env by itself; a WSGI server must not see other settings than it.
if "FLASK_SKIP_DOTENV" not in os.environ:
    load_dotenv()

app = create_app(commands="FLASK_RUN_FROM_CLI" in os.environ)
# What is loaded by now stays for good: looking through it for rubbish again and again takes a tenth of a request.
gc.collect()
gc.freeze()
