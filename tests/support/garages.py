"""The garages of the tests, from files as real garages are."""

from pathlib import Path

from flask import Flask

from portal import clock
from portal.domain.garage import file, queries, service
from portal.domain.garage.views import GarageView
from portal.wiring import wired

FOLDER = Path(__file__).resolve().parents[1] / "files" / "garages"


def apply(app: Flask, slug: str) -> GarageView:
    """Set the garage up that `slug`.toml describes."""
    with app.app_context():
        service.apply(
            file.read(FOLDER / f"{slug}.toml"), folder=FOLDER, storage=wired().storage, now=clock.now()
        )
        return queries.find(slug)
