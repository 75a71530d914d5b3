"""The checks of every page find what they should."""

import pytest
from bs4 import BeautifulSoup

from tests.support import markup

PAGE = """<!doctype html><html lang="en"><head><title>A page</title><script src="a.js"></script></head>
<body><a href="#main">Skip</a><main id="main"><h1>A page</h1>
<form id="form"><label for="name">Name</label><input id="name" aria-describedby="hint"><p id="hint">Yours.</p>
<button>Go</button></form></main></body></html>"""

WRONG = [
    ('lang="en"', "", "html has no lang"),
    ("<title>A page</title>", "", "no title"),
    ("<h1>A page</h1>", "", "0 h1"),
    ("<h1>A page</h1>", "<h1>A</h1><h1>B</h1>", "2 h1"),
    ('<p id="hint">', '<p id="hint"></p><p id="hint">', "id hint is there 2 times"),
    ('id="hint"', "", "no element hint"),
    ('id="main"', "", "no element main"),
    ("<button>", '<button form="other">', "no element other"),
    ('<label for="name">Name</label>', "", "no label"),
    ('<label for="name">', '<label for="nome">', "which is no input"),
    ("Go", "", "no words"),
    ("<h1>", '<img src="a.png"><h1>', "no alt"),
    ("<h1>", '<h1 style="color: red">', "style on"),
    ("<h1>", '<h1 onclick="x()">', "onclick on"),
    ("<h1>", "<script>x()</script><h1>", "inline script"),
    ("<h1>", "<style>h1 {}</style><h1>", "inline style"),
]


def faults(html):
    return markup.faults(BeautifulSoup(html, "html.parser"))


def test_nothing_is_wrong_with_a_good_page():
    assert faults(PAGE) == []


@pytest.mark.parametrize(("good", "bad", "fault"), WRONG)
def test_each_thing_made_wrong_is_found(good, bad, fault):
    assert good in PAGE
    assert any(fault in found for found in faults(PAGE.replace(good, bad, 1)))
