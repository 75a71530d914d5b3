"""A photo of 12 megapixels, from the upload to the stored copies, against plain Pillow."""

import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from statistics import median

from PIL import Image, ImageOps

from benchmarks import client, pictures, processes, seeds
from benchmarks.results import Result, at_most
from benchmarks.rounds import MILLI, Effort, in_turn, own_cpu_ms, ratio
from benchmarks.sites import site

BOTH = False
TIMES = 3
SIZES, QUALITY = (2048, 480), 82


def measure(kind: str, effort: Effort) -> Iterator[Result]:
    photo = pictures.twelve_megapixels()
    with site(kind) as ours, ours.serve() as server:
        drafts = seeds.drafts(ours.database, ours.garage(), [None] * (effort.rounds + 2))
        [worker] = server.workers
        uploads = iter([f"/bench/assessment/{draft}/photos/upload" for draft in drafts])
        form, kind_of_form = client.photo_form(photo, label="overview")

        def upload() -> float:
            path, before = next(uploads), processes.cpu_of_tree(worker)
            for _ in range(TIMES):
                client.send(server.port, path, form, kind_of_form, expect=201)
            return (processes.cpu_of_tree(worker) - before) / TIMES * MILLI

        found = in_turn(
            {"ours": upload, "plain": lambda: own_cpu_ms(lambda: _plain(photo), TIMES)}, effort.rounds
        )
        grown = _memory_grown(worker, upload)
    yield Result(
        f"photo of 12 megapixels ({len(photo) / 2**20:.1f} MiB): CPU, ours against plain Pillow",
        median(found["ours"]),
        "ms",
        median(found["plain"]),
        ratio(found["ours"], found["plain"]),
        at_most(0.45),
        at_most(0.25),
    )
    yield Result("photo of 12 megapixels: memory while it is handled", grown, "MiB", goal=at_most(40))


def _plain(photo: bytes) -> None:
    """What one writes without a second thought."""
    upright = ImageOps.exif_transpose(Image.open(BytesIO(photo)))
    for longest in SIZES:
        share = longest / max(upright.size)
        copy = upright.resize((round(upright.width * share), round(upright.height * share)))
        copy.save(BytesIO(), "JPEG", quality=QUALITY)


def _memory_grown(worker: int, upload: Callable[[], object]) -> float:
    """MiB above what the worker and its decoder fill at rest, at the highest moment that was seen."""
    rest = processes.memory_of_tree(worker)
    at_work = threading.Thread(target=upload)
    at_work.start()
    highest = rest
    while at_work.is_alive():
        highest = max(highest, processes.memory_of_tree(worker))
        time.sleep(0.001)
    at_work.join()
    return highest - rest
