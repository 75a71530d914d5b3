"""`flask case`: cases of a garage, until staff have their screens."""

import click

from portal.cli.cases.importing import import_cases
from portal.cli.cases.looking import list_cases, show
from portal.cli.cases.writing import create, update


@click.group()
def case() -> None:
    """Cases of a garage."""


for command in (list_cases, show, create, update, import_cases):
    case.add_command(command)
