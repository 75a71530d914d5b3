"""`flask case list` and `flask case show`."""

import json
from collections.abc import Iterator
from typing import Any

import click
from flask.cli import with_appcontext

from portal.cli.cases import finding, words
from portal.db import db
from portal.domain.booking import queries as bookings
from portal.domain.cases import details, rows
from portal.domain.cases import queries as cases
from portal.domain.cases.queries import CaseView
from portal.domain.cases.service import ANSWERED
from portal.domain.photos import queries as photos
from portal.domain.photos.service import keys


@click.command("list")
@click.argument("garage")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_appcontext
def list_cases(garage: str, limit: int, as_json: bool) -> None:
    """List the newest cases of GARAGE."""
    documents = [_line(view) for view in cases.newest(finding.garage(garage).id, limit)]
    if as_json:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    for each in documents:
        click.echo(f"{each['number']}  {each['plate']:<12} {each['car']:<24} {each['customer']}")


@click.command()
@click.argument("garage")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_appcontext
def show(garage: str, number: str, as_json: bool) -> None:
    """Show everything about the case NUMBER of GARAGE."""
    view = finding.garage(garage)
    known = rows.known(db.session(), view, [number], locked=False)
    if not known:
        raise finding.no_case(garage, number)
    (case,) = known.values()
    document = _document(case)
    click.echo(json.dumps(document, indent=2, ensure_ascii=False) if as_json else "\n".join(_lines(document)))


def _line(view: CaseView) -> dict[str, Any]:
    customer, vehicle = view.customer, view.vehicle
    return {
        "number": view.case.number,
        "created": view.case.created_at.isoformat(),
        "customer": f"{customer.first_name} {customer.last_name}".strip(),
        "plate": vehicle.plate,
        "car": f"{vehicle.make} {vehicle.model}".strip(),
    }


def _document(known: rows.Known) -> dict[str, Any]:
    case, history = known.case, cases.history(known.case.id)
    document = {
        "number": case.number,
        "created": case.created_at.isoformat(),
        "changed": case.changed_at.isoformat(),
    }
    document |= {name: details.plain(value) for name, value in known.values.items() if name != "number"}
    return document | {
        "activities": [
            {"name": name, "started": details.plain(started_on)}
            for name, started_on in known.values["activities"]
        ],
        "consents": [
            {
                "purpose": consent.purpose,
                "words": consent.words_version,
                "language": consent.language,
                "given": consent.given_at.isoformat(),
            }
            for consent in cases.consents(known.customer.id)
        ],
        "answers": [answer for event in history for answer in event.detail.get("answers", ())],
        "bookings": [
            {
                "for": booking.flow,
                "starts": booking.starts_at.isoformat(),
                "ends": booking.ends_at.isoformat(),
                "state": booking.state,
            }
            for booking in bookings.of_case(case.id)
        ],
        "photos": [
            {
                "what": photo.label,
                "name": photo.name,
                "size": f"{photo.width}x{photo.height}",
                "file": keys(photo.uid)[0],
            }
            for photo in photos.of_case(case.id)
        ],
        "history": [
            {"at": event.at.isoformat(), "who": event.actor, "what": event.what, **event.detail}
            for event in history
            if event.what != ANSWERED
        ],
    }


def _lines(document: dict[str, Any]) -> Iterator[str]:
    for name, value in document.items():
        if isinstance(value, list):
            yield f"{name}:"
            yield from (f"  {_told(item)}" for item in value)
        else:
            yield f"{name}: {'' if value is None else value}"


def _told(item: dict[str, Any]) -> str:
    parts = {key: part for key, part in item.items() if part not in ("", None) and key != "fields"}
    fields = item.get("fields", {})
    changes = [f"{name} {words.changed(*texts)}" for name, texts in fields.items()]
    return ", ".join([*(f"{key} {part}" for key, part in parts.items()), *changes])
