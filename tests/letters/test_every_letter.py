"""What holds for every letter in every language."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from portal.core import colours
from portal.domain.booking.daylists import LIST
from portal.domain.correspondence.service import FROM_CASE, TEST
from portal.domain.garage.profile import LANGUAGES
from portal.domain.team.invitations import INVITATION
from portal.domain.team.service import PASSWORD_RESET
from portal.letters import links
from portal.letters.render import render
from portal.letters.writers import WRITERS
from tests.journeys.kinds import on_sqlite
from tests.support import every_letter

CLIPPED_BYTES = 102_000  # Gmail hides the rest of a longer one
DAYS = {
    "nl": ("dinsdag 1 december 2026", "woensdag 2 december 2026"),
    "fr": ("mardi 1er décembre 2026", "mercredi 2 décembre 2026"),
    "de": ("Dienstag, 1. Dezember 2026", "Mittwoch, 2. Dezember 2026"),
    "en": ("Tuesday 1 December 2026", "Wednesday 2 December 2026"),
}
OF_NO_BOOKING = {LIST, FROM_CASE}
TO_MEMBERS = {INVITATION, PASSWORD_RESET, TEST}  # tests of the desk know these
DESK = "desk@claes.example.com"

pytestmark = on_sqlite


_letters = {}  # by language: they are written once and only read here


@pytest.fixture(params=LANGUAGES)
def letters(request, app, mailer, clock):
    """Every letter of both flows to customer and garage, as they left, in one language."""
    language = request.param
    if language not in _letters:
        _letters[language] = every_letter.every(app, mailer, clock, language)
    return _letters[language]


def test_there_is_one_of_every_purpose_and_for_each_flow(letters):
    for purpose in WRITERS.keys() - TO_MEMBERS:
        flows = {""} if purpose in OF_NO_BOOKING else {"assessment", "repair"}
        assert {each.flow for each in letters if each.purpose == purpose} == flows, purpose


def test_they_speak_the_language_of_who_reads_them(letters):
    for each in letters:
        language = each.outgoing.language
        assert each.page.html["lang"] == language
        if each.purpose != FROM_CASE:  # these need no day
            assert any(day in each.letter.text for day in DAYS[language])
            assert any(day in each.page.get_text(" ") for day in DAYS[language])


def test_they_come_from_the_garage(letters):
    for each in letters:
        assert each.letter.sender_name == "Carrosserie Claes"


def test_answers_of_customers_go_to_the_garage_and_answers_of_the_garage_to_the_customer(letters):
    for each in letters:
        customer = {"assessment": "jan@example.com", "repair": "ann@example.com"}
        to_garage = each.purpose.startswith("garage_")
        assert each.letter.reply_to == (customer.get(each.flow, DESK) if to_garage else DESK)


def test_they_name_the_plate(letters):
    plates = {"assessment": "1-ABC-234", "repair": "2-DEF-567"}
    for each in letters:
        flow = "repair" if each.purpose == FROM_CASE else each.flow
        for plate in [plates[flow]] if flow else plates.values():
            assert plate in each.letter.text and plate in each.page.get_text(" ")
        assert not flow or plates[flow] in each.letter.subject


def test_both_halves_say_the_same(letters):
    for each in letters:
        for link in each.links:
            assert link in each.letter.text
        addresses = set(re.findall(r"https?://\S+", each.letter.text))
        assert addresses == each.links


def test_they_need_nothing_from_outside_and_run_nothing(letters):
    for each in letters:
        assert not each.page.select("script, link, iframe, form, object, [onclick], [onload]")
        assert "@import" not in each.letter.html and "url(" not in each.letter.html
        assert len(each.letter.html.encode()) < CLIPPED_BYTES


def test_they_are_dressed_for_outlook_and_for_the_dark(letters):
    for each in letters:
        assert each.page.select_one('meta[name="color-scheme"]')["content"] == "light dark"
        (sheet,) = each.page.select("style")
        assert "prefers-color-scheme: dark" in sheet.text
        assert all(table["role"] == "presentation" for table in each.page.select("table"))
        for button in each.page.select("a.button"):
            assert "padding" in button["style"]
            assert "<v:roundrect" in each.letter.html


def test_those_to_customers_have_one_button(letters):
    for each in letters:
        assert len(each.page.select("a.button")) == (not each.purpose.startswith("garage_"))


def test_they_have_one_heading_a_title_and_words_for_every_picture(letters):
    for each in letters:
        assert len(each.page.select("h1")) == 1 and each.page.title.text == each.letter.subject
        assert all(picture["alt"] for picture in each.page.select("img"))


def test_no_text_is_left_with_its_wiring_showing(letters):
    for each in letters:
        for words in (each.letter.subject, each.letter.text, each.letter.html):
            assert not re.search(r"%\(|\{\{|\{%|None|Undefined", words)
        assert "\n\n\n" not in each.letter.text


@pytest.mark.parametrize("accent", ["#ffffff", "#000000", "#f2c200", "#0b5d4e", "#808080", "#ff0000"])
def test_every_accent_can_be_read(ask, seen, monkeypatch, accent):
    appointment = seen(ask())
    brand = replace(appointment.location.brand, accent=accent)
    monkeypatch.setitem(vars(appointment.location), "brand", brand)
    letter = render(
        "assessment_confirmation", "en", appointment, link="https://x", code="123456", deadline="09:15"
    )
    style = BeautifulSoup(letter.html, "html.parser").select_one("a.button")["style"]
    ink = colours.parse(re.search(r"(?<!-)color: (#\w+)", style)[1])
    face = colours.parse(re.search(r"background: (#\w+)", style)[1])
    assert colours.contrast(ink, face) >= 4.5


def test_a_logo_has_an_address_of_its_own_and_the_garages_name(ask, seen, monkeypatch, settings):
    appointment = seen(ask())
    brand = replace(appointment.location.brand, logo_key="logos/0123.png")
    monkeypatch.setitem(vars(appointment.location), "brand", brand)
    letter = render(
        "assessment_confirmation", "en", appointment, link="https://x", code="123456", deadline="09:15"
    )
    logo = BeautifulSoup(letter.html, "html.parser").img
    assert (logo["src"], logo["alt"]) == (f"{settings.public_url}/peeters/logo/0123.png", "Garage Peeters")


def test_without_an_address_for_answers_they_go_to_the_location(ask, seen):
    appointment = seen(ask())
    quiet = appointment.garage.profile.mail.model_copy(update={"reply_to": None})
    profile = appointment.garage.profile.model_copy(update={"mail": quiet})
    appointment = replace(appointment, garage=replace(appointment.garage, profile=profile))
    letter = render(
        "assessment_confirmation", "en", appointment, link="https://x", code="123456", deadline="09:15"
    )
    assert letter.reply_to == "info@peeters.example.com"


def test_a29_links_keep_the_configured_address_whatever_a_request_claims(app, ask, seen, settings):
    appointment = seen(ask())
    with app.test_request_context("/", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
        assert links.confirm(appointment).startswith(f"{settings.public_url}/")
