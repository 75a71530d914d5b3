"""The links of a case, to be put into letters and onto job cards."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.adapters import qr as codes
from portal.domain.cases import queries as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.letters.tags import FlowHidden, PortalNotActive, Tag, address

DRAWN = {".png": codes.png, ".svg": codes.svg}


@click.command()
@click.argument("garage")
@click.argument("number")
@with_appcontext
def links(garage: str, number: str) -> None:
    """Print what each tag stands for in a letter about the case NUMBER of GARAGE."""
    view, case = _case(garage, number)
    for tag in Tag:
        try:
            click.echo(f"[{tag}] {_address(tag, view, case)}")
        except FlowHidden:
            click.echo(f"[{tag}] hidden from customers")


@click.command()
@click.argument("garage")
@click.argument("number")
@click.argument("out", metavar="OUT.png|OUT.svg", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def qr(garage: str, number: str, out: Path) -> None:
    """Write the QR code for the job card: it leads to the status page of the case NUMBER of GARAGE."""
    draw = DRAWN.get(out.suffix.lower())
    if draw is None:
        raise click.UsageError(f"{out}: its name ends in {' or '.join(DRAWN)}")
    view, case = _case(garage, number)
    try:
        link = _address(Tag.STATUS_REPAIR, view, case)
    except FlowHidden:
        raise click.ClickException(f"customers of {garage} do not see how far a repair is") from None
    try:
        out.write_bytes(draw(link))
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from None
    click.echo(f"{out}: {link}")


def _address(tag: Tag, garage: GarageView, case: Case) -> str:
    try:
        return address(tag, garage, case=case)
    except PortalNotActive:
        raise click.ClickException(f"the portal of {garage.slug} is not active") from None


def _case(slug: str, number: str) -> tuple[GarageView, Case]:
    garage = next((view for view in garages.every() if view.slug == slug), None)
    if garage is None:
        raise click.ClickException(f"there is no garage {slug}")
    try:
        return garage, cases.by_number(garage.id, number).case
    except CaseUnknown:
        raise click.ClickException(f"{slug} has no case {number}") from None
