"""What is not a picture is refused for the right reason, cheaply; what phones make is always taken."""

from collections.abc import Callable
from time import monotonic

import pytest

from portal.adapters import images
from portal.adapters.images import (
    NotAPicture,
    PictureBroken,
    PictureRefused,
    PictureTooHeavy,
    PictureTooLarge,
    PictureTooSlow,
)
from portal.adapters.images.guard import Darkroom, Limits
from tests.adapters.images.watch import Watch
from tests.files import hostile, pictures

MEMORY = 512 * 2**20
HUGE_CANVAS = 8_000, 8_000  # within the pixels we take; its decoder wants a gigabyte
PHONES: dict[str, Callable[[], bytes]] = {
    "JPEG of 12 megapixels": pictures.phone_jpeg,
    "progressive JPEG of 12 megapixels": lambda: pictures.phone_jpeg(progressive=True),
    "JPEG of 48 megapixels": lambda: pictures.phone_jpeg(8064, 6048),
    "JPEG of 50 megapixels": lambda: pictures.phone_jpeg(8160, 6120),
    "HEIC of 12 megapixels": pictures.phone_heic,
    "HEIC of 48 megapixels": lambda: pictures.phone_heic(8064, 6048),
    "screenshot": lambda: pictures.file(pictures.scene(1290, 2796), "PNG", compress_level=1),
    "WebP of 12 megapixels": lambda: pictures.file(pictures.scene(4032, 3024), "WEBP", method=0),
}


def test_a51_the_promise_is_five_seconds_and_half_a_gibibyte() -> None:
    assert Limits().seconds == 5
    assert Limits().memory == MEMORY


@pytest.mark.parametrize("kind", hostile.other_formats())
def test_a51_other_formats_are_not_pictures_whatever_their_name(kind: str) -> None:
    with pytest.raises(NotAPicture):
        images.process(hostile.other_formats()[kind])


@pytest.mark.parametrize("kind", hostile.vast())
def test_a51_pixel_bombs_are_refused_before_they_are_decoded(kind: str) -> None:
    with Watch() as watch, pytest.raises(PictureTooLarge):
        images.process(hostile.vast()[kind])
    assert watch.most_memory < 100 * 2**20


@pytest.mark.parametrize("name", hostile.cut())
def test_a51_cut_files_are_broken(name: str) -> None:
    with pytest.raises(PictureBroken):
        images.process(hostile.cut()[name])


@pytest.mark.parametrize("chunk", [b"zTXt", b"iCCP"])
def test_a51_words_that_swell_are_refused(chunk: bytes) -> None:
    with Watch() as watch, pytest.raises(PictureBroken):
        images.process(hostile.wordy_png(chunk))
    assert watch.most_memory < 100 * 2**20


def test_a51_very_many_frames_cost_no_more_than_the_first() -> None:
    with Watch() as watch:
        for kind in ("WEBP", "PNG"):
            images.process(hostile.many_frames(kind))
    assert watch.most_memory < 100 * 2**20


def test_a51_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(PictureTooLarge):
        images.process(b"\xff\xd8\xff" + bytes(Limits().bytes))


def test_a51_no_file_takes_more_memory_than_promised() -> None:
    with Watch() as watch, pytest.raises(PictureRefused):
        images.process(hostile.webp_canvas(*HUGE_CANVAS))
    assert watch.most_memory <= MEMORY


def test_a51_memory_that_runs_out_in_the_middle_is_told_apart() -> None:
    narrow = Darkroom(Limits(memory=120 * 2**20))
    for photo in (pictures.phone_heic(), hostile.png(8000, 8000, 8, 6, b"")):
        with pytest.raises(PictureTooHeavy):
            narrow.develop("photo", photo, (2048, 480))
    narrow.close()


def test_a51_control_without_its_limit_the_same_file_takes_more() -> None:
    unguarded = Darkroom(Limits(memory=4 * 2**30))
    with Watch() as watch:
        unguarded.develop("photo", hostile.webp_canvas(*HUGE_CANVAS), (2048, 480))
    unguarded.close()
    assert watch.most_memory > MEMORY


def test_a51_no_file_takes_more_time_than_promised() -> None:
    started = monotonic()
    with pytest.raises(PictureTooSlow):
        Darkroom(Limits(seconds=1)).develop("photo", hostile.scan_bomb(100), (2048, 480))
    assert monotonic() - started < Limits().clock


def test_a51_control_without_its_limit_the_same_file_goes_on() -> None:
    unguarded = Darkroom(Limits(seconds=60))
    assert unguarded.develop("photo", hostile.scan_bomb(100), (2048, 480)).files
    unguarded.close()


@pytest.mark.parametrize("kind", PHONES)
def test_a51_what_phones_make_is_always_taken(kind: str) -> None:
    photo = PHONES[kind]()
    with Watch() as watch:
        picture = images.process(photo)
    assert max(picture.width, picture.height) in range(1792, 2049)
    assert watch.most_memory <= MEMORY


def test_a51_a_photo_is_taken_whatever_its_camera_appended() -> None:
    picture = images.process(pictures.talkative_jpeg() + b"\0\0\0\x10SEFHSEFT" * 100)
    assert picture.width == 600
    assert images.process(pictures.talkative_heic() + b"SEFHe\0\0\0SEFT" * 100).width == 600
