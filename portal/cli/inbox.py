"""`flask inbox`: a mail server for the demo that delivers nothing and keeps everything."""

import mailbox
import signal
import threading
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.wiring import wired

HOST = "127.0.0.1"


@click.command("inbox")
@click.option(
    "--port", default=8025, show_default=True, type=click.IntRange(1, 65535), help="Port to take mail on."
)
@with_appcontext
def inbox(port: int) -> None:
    """Take every mail sent to PORT and keep it for the demo's inbox pages, until stopped."""
    folder = wired().settings.inbox_dir
    if folder is None:
        raise click.UsageError("PORTAL_INBOX_DIR says where the mails go; it is not set")
    click.echo(f"taking mail on {HOST}:{port} into {folder}")
    serve(port, folder)


def serve(port: int, folder: Path) -> None:
    """Take mail on `port` into the Maildir `folder` until SIGTERM or SIGINT."""
    from aiosmtpd.controller import Controller  # only where demos run is it installed
    from aiosmtpd.handlers import Mailbox

    folder.parent.mkdir(parents=True, exist_ok=True)
    mailbox.Maildir(folder, create=True)
    controller = Controller(Mailbox(folder), hostname=HOST, port=port)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    controller.start()
    stopped.wait()
    controller.stop()
