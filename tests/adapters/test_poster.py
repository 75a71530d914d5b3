"""The poster carries the code and the words, whatever signs a name has."""

import re
import zlib

import pytest

from portal.adapters import poster, qr
from portal.adapters.poster import Poster
from tests.files import pictures

ADDRESS = "https://portal.example.com/peeters/"


def drawn(**more):
    given = {
        "language": "en",
        "name": "Garage Peeters",
        "logo": None,
        "accent": "#0b5d4e",
        "title": "Book your damage assessment",
        "lead": "Show us the damage and pick a time.",
        "scan": "Scan with the camera of your phone",
        "address": ADDRESS,
        "contact": ["+32 16 22 00 00", "info@peeters.example.com"],
    }
    return poster.pdf(Poster(**{**given, **more}))


def content(pdf):
    """What the page draws."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompress(stream) for stream in streams if stream[:1] == b"\x78")


def test_words_and_address_stand_on_one_page():
    pdf = drawn()
    told = content(pdf)
    assert pdf.count(b"/Type /Page\n") == 1
    assert b"Book your damage assessment" in told and b"portal.example.com/peeters" in told


def test_every_dark_module_of_the_code_is_drawn():
    dark = sum(length for line in qr.modules(ADDRESS) for _, length in poster._runs(line))
    assert dark == sum(module for line in qr.modules(ADDRESS) for module in line)
    assert content(drawn()).count(b" re") >= sum(len(poster._runs(line)) for line in qr.modules(ADDRESS))


def test_a_logo_takes_the_place_of_the_name():
    logo = pictures.file(pictures.four_corners(), "PNG")
    assert b"/Subtype /Image" in drawn(logo=logo)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Škoda Łódź", b"\x8akoda ?\xf3dz"), ("Žluťoučký", b"\x8elutouck\xfd"), ("车库", b"??")],
)
def test_signs_the_font_lacks_do_not_break_it(name, written):
    assert written in content(drawn(name=name))


def test_a_long_title_becomes_smaller():
    assert drawn(title="Schadensbegutachtung " * 4)
