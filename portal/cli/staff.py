"""`flask staff`: the first people of a garage, before anybody can sign in."""

import click
from flask.cli import with_appcontext

from portal import clock
from portal.core.normalise import emails
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.garage import queries as garages
from portal.domain.team import invitations, service
from portal.domain.team.errors import AlreadyMember, MemberUnknown
from portal.domain.team.rights import Role
from portal.letters import links


@click.group()
def staff() -> None:
    """People who sign in."""


@staff.command()
@click.argument("garage")
@click.argument("mail")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.OWNER.value, show_default=True
)
@click.option("--language", default=None, help="Of the letter; the garage's first if not given.")
@with_appcontext
def invite(garage: str, mail: str, role: str, language: str | None) -> None:
    """Invite whoever reads MAIL to the team of GARAGE. The letter leaves with the worker; its link is printed too."""
    view = garages.known(garage)
    if view is None:
        raise click.ClickException(f"there is no garage {garage}")
    address = emails.normalise(mail)
    if address is None:
        accented = emails.is_accented(mail)
        raise click.ClickException(
            f"{mail} has accents before the @, where no mail can have them"
            if accented
            else f"{mail} is not a mail address"
        )
    try:
        uid = invitations.invite(
            view,
            email=address,
            role=Role(role),
            locations=None,
            language=language or view.languages[0],
            by=COMMAND_LINE,
            now=clock.now(),
        )
    except AlreadyMember:
        raise click.ClickException(f"{address} is in the team of {garage} already") from None
    click.echo(links.invitation(uid))


@staff.command()
@click.argument("mail")
@click.option("--no-longer", is_flag=True, help="Take it back.")
@with_appcontext
def operator(mail: str, no_longer: bool) -> None:
    """Let a member look after all garages: make them, open and close their portals."""
    try:
        service.make_operator(emails.normalise(mail) or mail, operator=not no_longer)
    except MemberUnknown:
        raise click.ClickException(
            f"nobody with the address {mail} has an account; invite them first"
        ) from None
    click.echo(f"{mail} {'no longer looks' if no_longer else 'looks'} after all garages")
