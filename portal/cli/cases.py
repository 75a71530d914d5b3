"""`flask case`: look at cases until staff have their screens."""

import json
from typing import Any

import click
from flask.cli import with_appcontext

from portal.domain.booking import queries as bookings
from portal.domain.cases import queries as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.queries import CaseView
from portal.domain.garage import queries as garages
from portal.domain.garage.errors import GarageUnknown
from portal.domain.garage.views import GarageView
from portal.domain.photos import queries as photos
from portal.domain.photos.service import keys


@click.group()
def case() -> None:
    """Cases of a garage."""


@case.command("list")
@click.argument("garage")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_appcontext
def list_cases(garage: str, limit: int, as_json: bool) -> None:
    """List the newest cases of GARAGE."""
    documents = [_line(view) for view in cases.newest(_garage(garage).id, limit)]
    if as_json:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    for each in documents:
        click.echo(f"{each['number']}  {each['plate']:<12} {each['car']:<24} {each['customer']}")


@case.command()
@click.argument("garage")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_appcontext
def show(garage: str, number: str, as_json: bool) -> None:
    """Show everything about the case NUMBER of GARAGE."""
    try:
        document = _document(cases.by_number(_garage(garage).id, number))
    except CaseUnknown:
        raise click.ClickException(f"{garage} has no case {number}") from None
    if as_json:
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for name, value in document.items():
        if isinstance(value, list):
            click.echo(f"{name}:")
            for item in value:
                click.echo(
                    "  " + ", ".join(f"{key} {part}" for key, part in item.items() if part not in ("", None))
                )
        else:
            click.echo(f"{name}: {value}")


def _garage(slug: str) -> GarageView:
    try:
        return garages.find(slug)
    except GarageUnknown:
        raise click.ClickException(f"there is no garage {slug}") from None


def _line(view: CaseView) -> dict[str, Any]:
    customer, vehicle = view.customer, view.vehicle
    return {
        "number": view.case.number,
        "created": view.case.created_at.isoformat(),
        "customer": f"{customer.first_name} {customer.last_name}",
        "plate": vehicle.plate,
        "car": f"{vehicle.make} {vehicle.model}",
    }


def _document(view: CaseView) -> dict[str, Any]:
    customer, vehicle, case_id = view.customer, view.vehicle, view.case.id
    return _line(view) | {
        "mail": customer.email,
        "phone": customer.phone,
        "address": ", ".join(filter(None, (customer.street, f"{customer.postcode} {customer.city}".strip()))),
        "language": view.case.language,
        "plate country": vehicle.plate_country,
        "VIN": vehicle.vin,
        "mileage in km": vehicle.mileage_km,
        "damage": view.case.damage,
        "consents": [
            {
                "purpose": consent.purpose,
                "words": consent.words_version,
                "language": consent.language,
                "given": consent.given_at.isoformat(),
            }
            for consent in cases.consents(customer.id)
        ],
        "bookings": [
            {
                "activity": booking.activity,
                "starts": booking.starts_at.isoformat(),
                "ends": booking.ends_at.isoformat(),
                "state": booking.state,
            }
            for booking in bookings.of_case(case_id)
        ],
        "photos": [
            {
                "what": photo.label,
                "name": photo.name,
                "size": f"{photo.width}x{photo.height}",
                "file": keys(photo.uid)[0],
            }
            for photo in photos.of_case(case_id)
        ],
        "history": [
            {"at": event.at.isoformat(), "who": event.actor, "what": event.what, **event.detail}
            for event in cases.history(case_id)
        ],
    }
