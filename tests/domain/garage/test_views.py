"""A location fills what it leaves empty from its garage."""

import pytest

from portal import clock
from portal.domain.garage import queries, service
from portal.wiring import wired
from tests.domain.garage.given import MAES, changed, read

pytestmark = pytest.mark.usefixtures("context")


def test_a_location_inherits_brand_contact_and_words(group):
    antwerpen = group.by_slug("antwerpen")
    assert (antwerpen.brand.name, antwerpen.brand.accent) == ("Carrosserie Maes", "#b3261e")
    assert (antwerpen.contact.phone_href, antwerpen.contact.mail) == ("+3232000000", "info@maes.example.com")
    assert antwerpen.contact.phone == "+32 3 200 00 00"
    assert antwerpen.privacy("en") == "We use your details for your case only."


def test_a_location_has_its_own_brand_contact_and_words(group):
    luik = group.by_slug("luik")
    assert luik.brand.accent == "#1d4ed8"
    assert (luik.contact.phone_href, luik.contact.mail) == ("+3243000000", "liege@maes.example.com")
    assert luik.privacy("fr") == "À Liège, les mêmes règles valent."


def test_words_that_are_missing_in_a_language_come_in_the_first_language_of_the_garage(group, garage):
    assert group.by_slug("antwerpen").privacy("de") == "Wij gebruiken uw gegevens alleen voor uw schadegeval."
    assert garage.locations[0].bring("de") == ["Ihren Führerschein"]
    assert group.by_slug("antwerpen").bring("nl") == []


def test_only_locations_that_take_assessments_are_offered(group):
    assert [place.slug for place in group.assessment_locations] == ["antwerpen", "luik", "hasselt"]
    assert group.flows == ("assessment", "repair", "status")
    assert not group.by_slug("mechelen").takes("assessment")


def test_a_garage_hides_a_flow_for_all_its_locations(tmp_path, context):
    file = read(tmp_path, changed(MAES, 'slug = "maes"', 'slug = "maes"\nflows = []'))
    service.apply(file, folder=tmp_path, storage=wired().storage, now=clock.now())
    maes = queries.find("maes")
    assert (maes.flows, maes.assessment_locations) == ((), ())


def test_a_location_is_found_by_slug_and_id_within_its_garage(group, garage):
    luik = group.by_slug("luik")
    assert group.by_id(luik.id) is luik
    assert group.by_slug("leuven") is group.by_id(garage.locations[0].id) is group.by_id(None) is None


def test_the_map_finds_the_address_whatever_is_in_it(group):
    assert group.by_slug("luik").map_url.endswith("query=Rue+de+F%C3%A9tinne+5%2C+4020+Li%C3%A8ge%2C+BE")
