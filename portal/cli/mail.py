"""`flask mail`: what became of letters, until staff have their screens."""

import json
from typing import Any

import click
from flask.cli import with_appcontext

from portal import clock
from portal.core.normalise import emails
from portal.domain.garage import queries as garages
from portal.domain.mailing import parking, queries
from portal.domain.mailing.models import Message, State
from portal.domain.mailing.service import ADDRESS


@click.group()
def mail() -> None:
    """Letters on their way, and those that arrived or never will."""


@mail.command("list")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only those.")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_appcontext
def list_letters(state: str | None, limit: int, as_json: bool) -> None:
    """List the newest letters and what became of them; addresses are masked."""
    slugs = {garage.id: garage.slug for garage in garages.every()}
    found = queries.newest(State(state) if state else None, limit)
    documents = [_document(message, slugs[message.garage_id]) for message in found]
    if as_json:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    for each in documents:
        click.echo(
            f"{each['due'][:16]}  {each['state']:<8} {each['purpose']:<16} {each['garage']:<12} "
            f"{each['to']}  {each['answer']}".rstrip()
        )


@mail.command()
@with_appcontext
def release() -> None:
    """Let mail leave that is parked since a backup was restored. What is of no use any more is skipped and listed."""
    parked = parking.parked()
    if parked is None:
        raise click.ClickException("mail is not parked")
    if not parked.finished:
        raise click.ClickException("the restore did not come to its end: run flask restore once more")
    waiting = parking.release(clock.now())
    click.echo(f"{waiting} waiting; flask mail list --state skipped shows what is not sent any more")


def _document(message: Message, garage: str) -> dict[str, Any]:
    return {
        "state": message.state,
        "purpose": message.purpose,
        "garage": garage,
        "to": emails.masked(message.recipient) if message.recipient else "(wiped)",
        "language": message.language,
        "queued": message.queued_at.isoformat(),
        "due": message.due_at.isoformat(),
        "sent": message.sent_at.isoformat() if message.sent_at else None,
        "attempts": message.attempts,
        "answer": ADDRESS.sub("…", message.server_answer),
    }
