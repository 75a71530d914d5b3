"""`flask case create` and `flask case update`."""

from collections.abc import Callable
from typing import Any

import click
from flask.cli import with_appcontext

from portal import clock
from portal.cli.cases import finding, words
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.cases import service
from portal.domain.cases.details import FIELDS, SOME_ACTIVITIES
from portal.domain.cases.errors import CaseUnknown, DetailsRefused

_DAY = "2026-12-31 or 31/12/2026."
_HELP = {
    "location": "Slug of the location; may be left out if there is only one.",
    "plate": "Licence plate, in any spelling.",
    "plate_country": "Its country in two letters; else that of the location.",
    "vin": "Chassis number.",
    "phone": "In any spelling; without +32 and the like, it is one of the location's country.",
    "language": "For letters and pages; else the garage's first.",
    "damage_flow": "Slug of the kind of repair; else the garage's default one.",
    "damage": "What happened, in words.",
    "damage_zones": 'Where the car is damaged, such as "bonnet front_left_door".',
    "vehicle_in": f"Day the car came in: {_DAY}",
    "ready": f"Day on which work could begin: {_DAY}",
    "planned_end": f"Day the repair should be done: {_DAY}",
    "finished": f"Day the repair was done: {_DAY}",
    "collected": f"Day the car was collected: {_DAY}",
}


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for every field; only those that are given reach the command."""
    command = click.option(
        "--activity",
        "activities",
        multiple=True,
        metavar="NAME[=DAY]",
        help="A piece of the work, and the day it started; repeat it for more. Those that a case has already "
        'stay; NAME= takes the day away, --activity "" all of them.',
    )(command)
    for name in reversed([name for name in FIELDS if name not in ("number", "activities")]):
        command = click.option(f"--{name.replace('_', '-')}", name, help=_HELP.get(name))(command)
    return command


def _given(options: dict[str, Any]) -> dict[str, str]:
    pieces = options.pop("activities")
    given = {name: value for name, value in options.items() if value is not None}
    if pieces:  # an empty one among them: from here on, only these
        given["activities" if "" in pieces else SOME_ACTIVITIES] = " | ".join(pieces)
    return given


@click.command()
@click.argument("garage")
@click.option("--number", help="Number in the garage's own system; else the case gets one of ours.")
@_fields
@with_appcontext
def create(garage: str, **options: Any) -> None:
    """Open a case of GARAGE and say its number."""
    try:
        click.echo(service.create(finding.garage(garage), _given(options), clock.now(), by=COMMAND_LINE))
    except DetailsRefused as refused:
        raise _refusal(refused) from None


@click.command()
@click.argument("garage")
@click.argument("number")
@_fields
@with_appcontext
def update(garage: str, number: str, **options: Any) -> None:
    """Change what is given of the case NUMBER of GARAGE; an empty value, such as --phone "", empties a field."""
    try:
        changes = service.update(finding.garage(garage), number, _given(options), clock.now())
    except CaseUnknown:
        raise finding.no_case(garage, number) from None
    except DetailsRefused as refused:
        raise _refusal(refused) from None
    for name, (before, after) in changes.items():
        click.echo(f"{name}: {words.changed(before, after)}")
    if not changes:
        click.echo("unchanged")


def _refusal(refused: DetailsRefused) -> click.ClickException:
    return click.ClickException("\n".join(words.sentence(problem) for problem in refused.problems))
