"""What holds for every letter in every language."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from portal.core import colours
from portal.domain.booking import service as booking
from portal.domain.garage.profile import LANGUAGES
from portal.letters import links
from portal.letters.render import render

CLIPPED_BYTES = 102_000  # Gmail hides the rest of a longer one
DAYS = {
    "nl": "dinsdag 1 december 2026",
    "fr": "mardi 1er décembre 2026",
    "de": "Dienstag, 1. Dezember 2026",
    "en": "Tuesday 1 December 2026",
}


@pytest.fixture(params=LANGUAGES)
def letters(request, ask, deliver, clock, mailer):
    """Both letters about one request, as they left, in one language."""
    uid = ask(language=request.param)
    deliver()
    booking.confirm(uid, 1, clock.now())
    deliver()
    assert len(mailer.sent) == 2
    return mailer.sent


def test_they_speak_the_customers_language(letters):
    for outgoing in letters:
        page = BeautifulSoup(outgoing.letter.html, "html.parser")
        assert page.html["lang"] == outgoing.language
        assert DAYS[outgoing.language] in outgoing.letter.text
        assert DAYS[outgoing.language] in page.get_text(" ")


def test_they_come_from_the_garage_and_answers_go_there(letters):
    for outgoing in letters:
        assert outgoing.letter.sender_name == "Garage Peeters"
        assert outgoing.letter.reply_to == "desk@peeters.example.com"


def test_they_need_nothing_from_outside_and_run_nothing(letters):
    for outgoing in letters:
        page = BeautifulSoup(outgoing.letter.html, "html.parser")
        assert not page.select("script, link, iframe, form, object, [onclick], [onload]")
        assert "@import" not in outgoing.letter.html and "url(" not in outgoing.letter.html
        assert len(outgoing.letter.html.encode()) < CLIPPED_BYTES


def test_they_are_dressed_for_outlook_and_for_the_dark(letters):
    for outgoing in letters:
        page = BeautifulSoup(outgoing.letter.html, "html.parser")
        assert page.select_one('meta[name="color-scheme"]')["content"] == "light dark"
        (sheet,) = page.select("style")
        assert "prefers-color-scheme: dark" in sheet.text
        assert "padding" in page.select_one("a.button")["style"]
        assert all(table["role"] == "presentation" for table in page.select("table"))
        assert "<v:roundrect" in outgoing.letter.html


def test_they_have_one_heading_a_title_and_words_for_every_picture(letters):
    for outgoing in letters:
        page = BeautifulSoup(outgoing.letter.html, "html.parser")
        assert len(page.select("h1")) == 1 and page.title.text == outgoing.letter.subject
        assert all(picture["alt"] for picture in page.select("img"))


def test_no_text_is_left_with_its_wiring_showing(letters):
    for outgoing in letters:
        for words in (outgoing.letter.subject, outgoing.letter.text, outgoing.letter.html):
            assert not re.search(r"%\(|\{\{|\{%|None|Undefined", words)
        assert "\n\n\n" not in outgoing.letter.text


@pytest.mark.parametrize("accent", ["#ffffff", "#000000", "#f2c200", "#0b5d4e", "#808080", "#ff0000"])
def test_every_accent_can_be_read(ask, seen, monkeypatch, accent):
    appointment = seen(ask())
    brand = replace(appointment.location.brand, accent=accent)
    monkeypatch.setitem(vars(appointment.location), "brand", brand)
    letter = render("assessment_confirmation", "en", appointment, code="123456", deadline="09:15")
    style = BeautifulSoup(letter.html, "html.parser").select_one("a.button")["style"]
    ink = colours.parse(re.search(r"(?<!-)color: (#\w+)", style)[1])
    face = colours.parse(re.search(r"background: (#\w+)", style)[1])
    assert colours.contrast(ink, face) >= 4.5


def test_a_logo_has_an_address_of_its_own_and_the_garages_name(ask, seen, monkeypatch, settings):
    appointment = seen(ask())
    brand = replace(appointment.location.brand, logo_key="logos/0123.png")
    monkeypatch.setitem(vars(appointment.location), "brand", brand)
    letter = render("assessment_confirmation", "en", appointment, code="123456", deadline="09:15")
    logo = BeautifulSoup(letter.html, "html.parser").img
    assert (logo["src"], logo["alt"]) == (f"{settings.public_url}/peeters/logo/0123.png", "Garage Peeters")


def test_without_an_address_for_answers_they_go_to_the_location(ask, seen):
    appointment = seen(ask())
    quiet = appointment.garage.profile.mail.model_copy(update={"reply_to": None})
    profile = appointment.garage.profile.model_copy(update={"mail": quiet})
    appointment = replace(appointment, garage=replace(appointment.garage, profile=profile))
    letter = render("assessment_confirmation", "en", appointment, code="123456", deadline="09:15")
    assert letter.reply_to == "info@peeters.example.com"


def test_a29_links_keep_the_configured_address_whatever_a_request_claims(app, ask, seen, settings):
    appointment = seen(ask())
    with app.test_request_context("/", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
        assert links.confirm(appointment).startswith(f"{settings.public_url}/")
