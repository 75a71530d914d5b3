"""The step of the photos with scripts, over a line that can be slow, broken or answered by a busy portal."""

import http.client
import json
import socket
import struct
import time
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.steps import answer, arrived, primary, walk
from tests.files.pictures import (
    CORNERS,
    SECRETS,
    file,
    four_corners,
    phone_jpeg,
    sideways_heic,
    talkative_jpeg,
)
from tests.journeys.rows import counts
from tests.journeys.walk import PORTAL
from tests.support.processes import HOST

FIRST_PART = 64 * 1024  # bytes; what is carried before something happens on the way
MEBIBYTE = 1024 * 1024
BUSY = "We are very busy."
BUSY_SECONDS = 4  # more than the script waits of its own accord
PATIENCE = 60_000  # ms
COLOURS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
LOOK = """(picture) => {
    const canvas = document.createElement("canvas");
    const [width, height] = [picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height];
    Object.assign(canvas, {width, height});
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0, width, height);
    const colours = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) =>
        [...context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data].slice(0, 3)));
    return [width / height, colours];
}"""  # of a canvas or an image


class Line(ThreadingHTTPServer):
    """Carries everything between a browser and the portal, and does `.uploads_do` to every photo on its way.

    One of "pass", "wait on the way", "wait for the answer", "break on the way", "lose the answer", "be busy".
    What waits goes on with `.free()`. `.uploads` holds what arrived of each photo, `.times` when.
    """

    daemon_threads = True

    def __init__(self, portal):
        self.portal = urlsplit(portal).netloc
        self.uploads_do, self.uploads, self.times = "pass", [], []
        self._go = Event()
        super().__init__((HOST, 0), _Carrier, bind_and_activate=False)
        # What has not arrived shall still be in the browser, not in the buffers between.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1400)
        self.server_bind()
        self.server_activate()
        self.url = f"http://{HOST}:{self.server_port}"

    def free(self):
        self.uploads_do = "pass"
        self._go.set()

    def wait(self):
        assert self._go.wait(120), "the test never let it go"

    def handle_error(self, *_about):
        """A browser that hangs up is nothing to talk about."""


class _Carrier(BaseHTTPRequestHandler):
    def do_GET(self):
        self._carry("")

    def do_POST(self):
        self._carry(self.server.uploads_do if self.path.endswith("/photos/upload") else "")

    def _carry(self, fate):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(min(length // 2, FIRST_PART))
        if fate == "wait on the way":
            self.server.wait()
        if fate == "break on the way":
            self.server.uploads.append(body)
            self._hang_up()
            return
        body += self.rfile.read(length - len(body))
        if len(body) < length:  # the browser gave up
            return
        if fate:
            self.server.uploads.append(body)
            self.server.times.append(time.monotonic())
        if fate == "be busy":
            headers = {"Retry-After": str(BUSY_SECONDS), "Content-Type": "application/json"}
            self._answer(503, headers, json.dumps({"error": BUSY}).encode())
            return
        status, headers, answer = self._portal_says(body)
        if fate == "wait for the answer":
            self.server.wait()
        if fate == "lose the answer":
            self._hang_up()
        else:
            self._answer(status, headers, answer)

    def _portal_says(self, body):
        portal = http.client.HTTPConnection(self.server.portal, timeout=120)
        with suppress(KeyError):
            del self.headers["Connection"]
        portal.request(
            self.command, self.path, body or None, dict(self.headers.items()) | {"Connection": "close"}
        )
        response = portal.getresponse()
        answer = response.read()
        portal.close()
        own = {"connection", "content-length", "date", "server", "transfer-encoding"}
        headers = {name: value for name, value in response.getheaders() if name.lower() not in own}
        return response.status, headers, answer

    def _answer(self, status, headers, answer):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def _hang_up(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_words):
        pass


@pytest.fixture(autouse=True)
def patience():
    """A large photo takes long on a busy machine."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def line(live):
    with Line(live.url) as line:
        Thread(target=line.serve_forever, daemon=True).start()
        yield line
        line.free()
        line.shutdown()


@pytest.fixture
def photos(line, page):
    """The page of the photos, at the end of `line`."""
    walk(page, "photos", line.url + PORTAL)
    page.locator("form.enhanced").wait_for()
    return page


def photo(name, content=None):
    kind = "image/heic" if name.endswith(".heic") else "image/jpeg"
    return {"name": name, "mimeType": kind, "buffer": content or talkative_jpeg()}


@cache
def grainy_jpeg(side=2048):
    """A photo that stays larger than what fits into the buffers of a connection, about 3 MB, however it is coded."""
    return file(Image.frombytes("RGB", (side, side), Random(1).randbytes(3 * side**2)), "JPEG", quality=90)


def choose(page, *files, slot="overview"):
    page.set_input_files(f"#gallery-{slot}", list(files))


def shots(page):
    return page.locator(".shot")


def shot(page, name):
    """The tile of the photo called `name`, by the label of its button, whatever the button does."""
    return shots(page).filter(has=page.get_by_role("button", name=name))


def added(page, count):
    """Wait until `count` photos are in, and none is on its way."""
    expect(page.locator(".shot[data-uid]")).to_have_count(count)
    expect(shots(page)).to_have_count(count)


def says(tile, words):
    expect(tile.locator(".shot-state")).to_contain_text(words)


def upright(picture, shape=600 / 400):
    """The four corners are where they belong in a picture on the page."""
    seen_shape, colours = picture.evaluate(LOOK)
    assert seen_shape == pytest.approx(shape, rel=0.02)
    for seen, colour in zip(colours, CORNERS.values(), strict=True):
        assert seen == pytest.approx(COLOURS[colour], abs=40), colour


def loaded(picture):
    """Wait until an image on the page is there in full."""
    picture.wait_for()
    picture.evaluate("(picture) => picture.decode()")
    return picture


def test_several_photos_go_up_at_once_each_with_its_progress_and_its_picture(live, line, photos):
    line.uploads_do = "wait on the way"
    names = ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]
    choose(photos, *(photo(name, grainy_jpeg()) for name in names))
    for name in names[:2]:
        tile = shot(photos, name)
        says(tile, "Sending")
        expect(tile.get_by_role("img", name=name)).to_be_visible()
        expect(tile.get_by_role("progressbar", name=f"Progress of {name}")).to_be_visible()
        part = tile.locator("progress")
        expect(part).not_to_have_js_property("value", 0)
        assert 0 < part.evaluate("(progress) => progress.value") < 100
    says(shot(photos, names[2]), "Waiting")
    line.free()
    added(photos, 3)
    assert photos.locator(".shot progress, .shot-state").count() == 0
    expect(photos.locator("[data-news]")).to_contain_text("is added.")
    assert counts(live.app)["photo"] == 3
    photos.reload()
    expect(photos.locator(".shot img")).to_have_count(3)


def test_a_photo_held_sideways_is_shown_upright(line, photos):
    held = {6: "IMG_6.jpg", 8: "IMG_8.jpg", 3: "IMG_3.jpg", 1: "IMG_1.jpg"}
    picture = four_corners(3000, 2000)
    choose(photos, *(photo(name, talkative_jpeg(tag, picture)) for tag, name in held.items()))
    added(photos, len(held))
    for name in held.values():
        upright(shot(photos, name).locator("canvas"))
    photos.reload()
    for name in held.values():
        upright(loaded(shot(photos, name).locator("img")))


def test_photos_that_were_chosen_before_the_script_came_are_taken_up(live, line, page):
    walk(page, "car", line.url + PORTAL)
    late = []
    page.route("**/photos.js*", lambda route: late.append(route))
    answer(page, "car")
    page.wait_for_url("**/photos", wait_until="commit")
    choose(page, photo("IMG_1.jpg"))
    choose(page, photo("IMG_2.jpg"), slot="damage_close")
    late.pop().continue_()
    added(page, 2)
    choose(page, photo("IMG_3.jpg"))
    added(page, 3)
    assert counts(live.app)["photo"] == 3


def test_a_photo_is_made_smaller_before_it_is_sent(line, photos):
    large = phone_jpeg()
    choose(photos, photo("IMG_1.jpg", large))
    added(photos, 1)
    [sent] = line.uploads
    assert len(sent) < len(large) / 3
    assert not any(secret in sent for secret in SECRETS)


def test_a_photo_the_browser_cannot_show_is_sent_as_it_is_and_shown_from_the_portal(line, photos):
    line.uploads_do = "wait on the way"
    choose(photos, photo("IMG_1.heic", sideways_heic()))
    tile = shot(photos, "IMG_1.heic")
    says(tile, "Sending")
    assert tile.locator("canvas, img").count() == 0
    assert tile.locator(".frame svg").is_visible()
    line.free()
    added(photos, 1)
    upright(loaded(tile.locator("img")), 1)
    [sent] = line.uploads
    assert sideways_heic() in sent


@pytest.fixture
def on_disk(tmp_path):
    """`on_disk(name, data)`: a file for the browser to read itself; to hand it so much takes long."""

    def write(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_a_photo_that_is_too_large_is_told_by_its_tile_and_never_sent(line, photos, on_disk):
    choose(photos, on_disk("huge.jpg", bytes(36 * MEBIBYTE)), on_disk("IMG_2.jpg", phone_jpeg()))
    says(shot(photos, "huge.jpg"), "huge.jpg is too large.")
    expect(shot(photos, "huge.jpg").locator(".retry")).to_be_hidden()
    expect(photos.locator(".shot[data-uid]")).to_have_count(1)
    assert len(line.uploads) == 1


def test_a_photo_that_can_be_made_small_enough_is_not_too_large(line, photos, on_disk):
    choose(photos, on_disk("IMG_1.jpg", phone_jpeg() + bytes(31 * MEBIBYTE)))
    added(photos, 1)


def test_going_on_waits_for_a_photo_that_is_still_being_sent(live, line, photos):
    line.uploads_do = "wait on the way"
    choose(photos, photo("IMG_1.jpg"))
    says(shot(photos, "IMG_1.jpg"), "Sending")
    primary(photos).click()
    expect(photos.locator("[data-hold-notice]")).to_contain_text("still on their way")
    arrived(photos, "photos")
    assert counts(live.app)["photo"] == 0
    line.free()
    arrived(photos, "timeslot")
    assert counts(live.app)["photo"] == 1


def test_going_on_leads_to_a_photo_that_was_refused(line, photos):
    choose(photos, photo("notes.jpg", b"no picture at all"), photo("IMG_2.jpg"))
    refused = shot(photos, "notes.jpg")
    says(refused, "notes.jpg is not a photo we can read.")
    assert refused.inner_text().count("notes.jpg") == 1
    expect(photos.locator(".shot[data-uid]")).to_have_count(1)
    primary(photos).click()
    expect(photos.locator("[data-hold-notice]")).to_contain_text("not in yet")
    remove = photos.get_by_role("button", name="Remove notes.jpg")
    expect(remove).to_be_focused()
    remove.click()
    primary(photos).click()
    arrived(photos, "timeslot")


def test_one_press_sends_a_photo_again_after_the_line_broke(live, line, photos):
    photos.clock.install()
    photos.clock.pause_at(
        photos.evaluate("Date.now()") / 1000 + 60
    )  # the script's own further tries never come
    line.uploads_do = "break on the way"
    choose(photos, photo("IMG_1.jpg", phone_jpeg()))
    tile = shot(photos, "IMG_1.jpg")
    says(tile, "The connection was lost.")
    expect(tile.locator(".shot-name")).to_have_text("IMG_1.jpg")
    expect(tile.locator(".shot-name")).to_be_visible()
    broken = len(line.uploads)
    line.free()
    tile.get_by_role("button", name="Try again: IMG_1.jpg").click()
    added(photos, 1)
    assert len(line.uploads) == broken + 1
    assert counts(live.app)["photo"] == 1


def test_a_photo_goes_up_by_itself_after_the_line_broke(live, line, photos):
    line.uploads_do = "break on the way"
    choose(photos, photo("IMG_1.jpg"))
    says(shot(photos, "IMG_1.jpg"), "We try again by ourselves.")
    line.free()
    added(photos, 1)
    assert counts(live.app)["photo"] == 1


def test_an_answer_that_is_lost_makes_no_photo_twice(live, line, photos):
    line.uploads_do = "lose the answer"
    choose(photos, photo("IMG_1.jpg"))
    says(shot(photos, "IMG_1.jpg"), "The connection was lost.")
    assert counts(live.app)["photo"] == 1
    before = len(line.uploads)
    line.free()
    added(photos, 1)
    assert len(line.uploads) > before
    assert counts(live.app)["photo"] == 1
    photos.reload()
    added(photos, 1)


def test_a_busy_portal_is_asked_again_by_itself_when_it_said(live, line, photos):
    line.uploads_do = "be busy"
    choose(photos, photo("IMG_1.jpg"))
    says(shot(photos, "IMG_1.jpg"), BUSY)
    primary(photos).click()
    line.uploads_do = "pass"
    arrived(photos, "timeslot")
    assert counts(live.app)["photo"] == 1
    first, again = line.times[:2]
    assert again - first > BUSY_SECONDS - 0.1


def test_a_removed_photo_is_gone(live, line, photos):
    choose(photos, photo("IMG_1.jpg"), photo("IMG_2.jpg"))
    added(photos, 2)
    photos.get_by_role("button", name="Remove IMG_1.jpg").click()
    expect(photos.locator("[data-news]")).to_have_text("IMG_1.jpg is removed.")
    expect(photos.get_by_role("button", name="Remove IMG_2.jpg")).to_be_focused()
    photos.get_by_role("button", name="Remove IMG_2.jpg").click()
    expect(photos.locator("#gallery-overview")).to_be_focused()
    expect(shots(photos)).to_have_count(0)
    assert counts(live.app)["photo"] == 0
    photos.reload()
    expect(photos.locator("form.enhanced")).to_be_visible()
    assert shots(photos).count() == 0


@pytest.mark.parametrize("moment", ["wait on the way", "wait for the answer"])
def test_a_photo_that_is_cancelled_on_its_way_does_not_stay(live, line, photos, moment):
    choose(photos, photo("IMG_1.jpg"))
    added(photos, 1)
    line.uploads_do = moment
    choose(photos, photo("IMG_2.jpg", grainy_jpeg()))
    says(shot(photos, "IMG_2.jpg"), "Sending")
    if moment == "wait for the answer":
        expect(shot(photos, "IMG_2.jpg").locator("progress")).to_have_js_property("value", 100)
        wait_for_rows(live, photo=2)
    photos.get_by_role("button", name="Cancel IMG_2.jpg").click()
    expect(photos.locator("[data-news]")).to_have_text("IMG_2.jpg is removed.")
    primary(photos).click()
    line.free()
    arrived(photos, "timeslot")
    assert counts(live.app)["photo"] == 1


def wait_for_rows(live, **expected):
    """Wait until the tables have that many rows."""
    deadline = time.monotonic() + PATIENCE / 1000
    while any(counts(live.app)[name] != count for name, count in expected.items()):
        assert time.monotonic() < deadline, f"never {expected}"
        time.sleep(0.05)
