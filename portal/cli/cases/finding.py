"""Finding what a command names, or ending it with one line."""

import click

from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView


def garage(slug: str) -> GarageView:
    """The garage, active or not: cases may be there before its customers are."""
    found = next((view for view in garages.every() if view.slug == slug), None)
    if found is None:
        raise click.ClickException(f"there is no garage {slug}")
    return found


def no_case(garage: str, number: str) -> click.ClickException:
    """The words for a number that no case has."""
    return click.ClickException(f"{garage} has no case {number}")
