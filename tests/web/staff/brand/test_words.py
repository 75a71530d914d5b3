"""What to bring, privacy words and languages."""

import pytest

from portal.domain.garage import queries as garages
from portal.domain.team.rights import Role
from tests.journeys.workshop import change

ADDRESS = "/staff/maes/brand/"


@pytest.fixture
def owner(at_group_desk):
    return at_group_desk(Role.OWNER)


@pytest.fixture
def maes(app, group):
    """`maes()`: the group as it is."""

    def now():
        with app.app_context():
            return garages.find("maes")

    return now


def test_lists_and_privacy_words_are_kept_by_language(owner, maes, client):
    page = owner.open(f"{ADDRESS}words")
    page.submit("Save", bring_en="Your licence\r\n\r\n Coffee money ", privacy_en="One.\r\n\r\nTwo.")
    assert maes().by_slug("antwerpen").bring("en") == ["Your licence", "Coffee money"]
    assert [p.get_text() for p in client.open("/maes/privacy").soup.select(".words p")] == ["One.", "Two."]


def test_a_location_may_say_it_differently(owner, maes):
    page = owner.open(f"{ADDRESS}words").click("Maes Antwerpen")
    assert (
        page.soup.select_one("[name=privacy_en]")["placeholder"] == "We use your details for your case only."
    )
    page.submit("Save", bring_nl="Koffie")
    assert maes().by_slug("antwerpen").bring("nl") == ["Koffie"]
    assert maes().by_slug("antwerpen").privacy("en") == "We use your details for your case only."


def test_privacy_words_are_needed_in_every_language(owner, maes):
    page = owner.open(f"{ADDRESS}words").submit("Save", privacy_fr="", bring_en="Coffee")
    assert (page.status, page.errors) == (422, ["Write the privacy words in this language: Français."])
    assert page.value("bring_en") == "Coffee"
    assert maes().profile.bring == {}


def test_a_new_language_comes_with_its_words(owner, maes, client):
    page = owner.open(f"{ADDRESS}languages").click("Add Deutsch")
    assert page.value("privacy").startswith("Wir verwenden Ihre Daten")
    assert page.submit("Add Deutsch", privacy="").errors == ["Write the privacy words."]
    page = page.submit("Add Deutsch", privacy="Nur für Ihren Fall.")
    assert page.hops == [303] and maes().languages == ["nl", "fr", "en", "de"]
    assert "Nur für Ihren Fall." in client.open("/maes/privacy?lang=de").text


def test_damage_flows_need_their_name_in_a_new_language(app, at_group_desk, owner, maes):
    names = {"name_nl": "Ruit", "name_fr": "Vitre", "name_en": "Glass"}
    owner.open("/staff/maes/work/flows/new").submit("Save", length="1", unit="days", **names)
    page = owner.open(f"{ADDRESS}languages/de/add").submit("Add Deutsch")
    assert page.errors == ["Enter a name for “Glass”."]
    page.submit("Add Deutsch", flow_ruit="Scheibe")
    assert maes().profile.damage_flows[0].name["de"] == "Scheibe"


def test_a_language_goes_and_its_words_come_back_with_it(owner, maes, client):
    page = owner.open(f"{ADDRESS}languages").submit("Remove Français")
    assert maes().languages == ["nl", "en"]
    assert "FR" not in client.open("/maes/").text
    page = owner.open(f"{ADDRESS}languages").click("Add Français")
    assert page.value("privacy") == "Nous utilisons vos données uniquement pour votre dossier."


def test_the_last_language_stays(owner, maes):
    for name in ("Français", "Nederlands"):
        page = owner.open(f"{ADDRESS}languages").submit(f"Remove {name}")
    assert maes().languages == ["en"]
    assert "Remove English" not in page.text


def test_the_order_is_changed_unless_somebody_was_quicker(owner, maes):
    page = owner.open(f"{ADDRESS}languages")
    page.submit("Put first English")
    assert maes().languages == ["en", "nl", "fr"]
    late = page.submit("Remove Français")
    assert late.status == 409 and maes().languages == ["en", "nl", "fr"]


def test_a_legal_notice_is_a_page_where_there_is_one(owner, client):
    assert client.open("/maes/imprint").status == 404
    assert "Legal notice" not in client.open("/maes/").links()
    owner.open(f"{ADDRESS}words").submit("Save", imprint_en="Maes NV, Antwerp\r\n\r\nVAT BE0000.000.000")
    page = client.open("/maes/").click("Legal notice")
    assert [p.get_text() for p in page.soup.select(".words p")] == ["Maes NV, Antwerp", "VAT BE0000.000.000"]


def test_a_line_that_begins_with_a_hash_is_a_heading(app, garage, client):
    words = "We keep little.\n\n# Who sees it\nOur own people.\n\n#Your rights\n\nAsk us. #1 in town."
    change(app, "peeters", privacy=dict.fromkeys(("nl", "fr", "de", "en"), words))
    page = client.open("/peeters/privacy")
    assert [each.get_text() for each in page.soup.select(".words h2")] == ["Who sees it", "Your rights"]
    assert [each.get_text() for each in page.soup.select(".words p")] == [
        "We keep little.",
        "Our own people.",
        "Ask us. #1 in town.",
    ]


def test_a_location_may_have_a_legal_notice_of_its_own(owner, client):
    owner.open(f"{ADDRESS}words").click("Maes Antwerpen").submit("Save", imprint_en="Maes Antwerpen BV")
    assert "Maes Antwerpen BV" in client.open("/maes/antwerpen/").click("Legal notice").text
