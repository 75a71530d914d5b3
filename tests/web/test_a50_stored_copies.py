"""What is kept of an uploaded photo: two clean upright copies and nothing else, and no file without its row."""

import json
import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from portal.adapters.storage import DiskStorage, StorageUnavailable
from portal.domain.photos.service import SWEEP_AGE
from portal.jobs import housekeeping
from tests.files.pictures import (
    CORNERS,
    SECRETS,
    file,
    four_corners,
    sideways_heic,
    talkative_heic,
    talkative_jpeg,
    talkative_png,
    talkative_webp,
)
from tests.journeys.rows import rows
from tests.journeys.walk import draft_of, walk

KINDS = {
    "a JPEG held sideways": lambda: talkative_jpeg(6),
    "a JPEG held upside down": lambda: talkative_jpeg(3),
    "a PNG": talkative_png,
    "a WebP": talkative_webp,
    "a HEIC": talkative_heic,
    "a HEIC held sideways": sideways_heic,
}
TRACES = (*SECRETS, b"Exif", b"http://ns.adobe.com/xap", b"xmpmeta", b"GPS")


@pytest.fixture
def folder(settings):
    return Path(urlsplit(settings.storage_url).path) / "photos"


@pytest.fixture
def draft(garage, clock, client):
    return draft_of(walk(client, "photos"))


def send(client, draft, content, name="IMG_0001"):
    data = {"label": "overview", "key": "k", "photo": (BytesIO(content), name)}
    return client.open(f"{draft}/photos/upload", method="POST", data=data, Accept="application/json")


def uid_of(answer):
    return json.loads(answer.data)["uid"]


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", KINDS)
def test_a50_two_upright_copies_without_a_trace_of_their_owner(draft, client, folder, kind):
    content = KINDS[kind]()
    assert any(trace in content for trace in TRACES)
    assert send(client, draft, content).status == 201
    large, thumb = files(folder)
    assert {large.name, thumb.name} == {"large.jpg", "thumb.jpg"}
    for copy in (large, thumb):
        data = copy.read_bytes()
        assert not [trace for trace in TRACES if trace in data]
        assert corners(data) == list(CORNERS.values())


def corners(data):
    """The names of the colours nearest to those in the quarters of a picture."""
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.format is None and not image.getexif()
    quarters = [(x * image.width // 4, y * image.height // 4) for y in (1, 3) for x in (1, 3)]
    named = {name: Image.new("RGB", (1, 1), name).getpixel((0, 0)) for name in CORNERS.values()}
    found = [image.getpixel(point) for point in quarters]
    return [
        min(named, key=lambda name: sum((a - b) ** 2 for a, b in zip(named[name], pixel, strict=True)))
        for pixel in found
    ]


def test_a53_a_store_that_fails_half_way_leaves_no_row_and_soon_no_file(draft, app, client, clock, folder):
    class HalfWay(DiskStorage):
        def put(self, key, data):
            if key.endswith("thumb.jpg"):
                raise StorageUnavailable
            super().put(key, data)

    whole = app.extensions["portal"]
    app.extensions["portal"] = replace(whole, storage=HalfWay(folder.parent))
    assert send(client, draft, file(four_corners(60, 40), "JPEG")).status == 503
    assert rows(app)["photo"] == []
    app.extensions["portal"] = whole
    tidy_later(app, clock, folder)
    assert files(folder) == []


def test_a53_a_removed_photo_leaves_no_file(draft, app, client, folder):
    answer = send(client, draft, file(four_corners(60, 40), "JPEG"))
    assert len(files(folder)) == 2
    client.open(f"{draft}/photos/{uid_of(answer)}/remove", method="POST")
    assert files(folder) == []


def test_a53_the_sweep_leaves_what_has_a_row(draft, app, client, clock, folder):
    assert send(client, draft, file(four_corners(60, 40), "JPEG")).status == 201
    tidy_later(app, clock, folder)
    assert len(files(folder)) == 2


def test_a53_a_draft_that_was_forgotten_leaves_no_photo(draft, app, client, clock, folder):
    send(client, draft, file(four_corners(60, 40), "JPEG"))
    clock.forward(days=1, minutes=1)
    with app.app_context():
        housekeeping.tidy()
    assert rows(app)["photo"] == rows(app)["draft"] == []
    assert files(folder) == []


def test_a53_a_broken_picture_leaves_nothing(draft, app, client, folder):
    whole = talkative_jpeg()
    assert send(client, draft, whole[: len(whole) // 2]).status == 422
    assert rows(app)["photo"] == [] and files(folder) == []


def tidy_later(app, clock, folder):
    """The hourly round an hour after everything was written."""
    for path in files(folder):
        os.utime(path, (clock.now().timestamp(),) * 2)
    clock.forward(seconds=SWEEP_AGE.total_seconds() + 1)
    with app.app_context():
        housekeeping.tidy()
