"""Tags become addresses of the garage's portal, with and without a case, or are refused plainly."""

import pytest

from portal.adapters.tokens import Forged
from portal.domain.garage import queries as garages
from portal.letters.tags import FlowHidden, PortalNotActive, Tag, TagRefused, address, addresses, fill
from portal.wiring import wired
from tests.conftest import BASE_URL
from tests.journeys.kinds import on_sqlite
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.support.visitor import Visitor

pytestmark = on_sqlite
ASSESSMENT, REPAIR, STATUS = Tag.BOOK_ASSESSMENT, Tag.BOOK_REPAIR, Tag.STATUS_REPAIR


@pytest.fixture
def garage(app):
    return set_up(app, document("repairs"))


@pytest.fixture
def known(app, garage, clock):
    return cases.opened(app, garage, clock.now(), location="aalst")


@pytest.fixture
def case(known, context):
    return known.row


def changed(app, **given):
    return set_up(app, document("repairs") | given)


def test_without_a_case_they_lead_to_the_page_that_asks(garage, context):
    assert {tag.value: address(tag, garage) for tag in Tag} == {
        "URLBookAssessment": f"{BASE_URL}/repairs/assessment/",
        "URLBookRepair": f"{BASE_URL}/repairs/repair/",
        "URLStatusRepair": f"{BASE_URL}/repairs/status/",
    }


def test_with_a_location_they_lead_to_its_own_portal(garage, context):
    place = garage.by_slug("tilburg")
    assert address(REPAIR, garage, location=place) == f"{BASE_URL}/repairs/tilburg/repair/"
    assert address(STATUS, garage, location=place) == f"{BASE_URL}/repairs/tilburg/status/"


def test_with_a_case_they_carry_it_signed(known, case, garage):
    assert address(REPAIR, garage, case=case) == f"{BASE_URL}/repairs/repair/case/{known.token}"
    assert address(STATUS, garage, case=case) == f"{BASE_URL}/repairs/status/{known.token}"
    assert address(ASSESSMENT, garage, case=case) == f"{BASE_URL}/repairs/assessment/case/{known.token}"
    assert wired().tokens.read("case", known.token) == [case.uid]


def test_in_a_test_they_carry_it_signed_for_nothing_else(known, case, garage):
    assert addresses(
        "[URLBookRepair] [URLStatusRepair] [URLBookAssessment]", garage, case=case, test=True
    ) == {
        "URLBookRepair": f"{BASE_URL}/repairs/repair/case/{known.test_token}",
        "URLStatusRepair": f"{BASE_URL}/repairs/status/{known.test_token}",
        "URLBookAssessment": f"{BASE_URL}/repairs/assessment/case/{known.test_token}",
    }
    with pytest.raises(Forged):
        wired().tokens.read("case", known.test_token)


def test_every_address_opens(app, garage, known):
    with app.app_context():
        case, places = known.row, [None, *garage.locations]
        found = [address(tag, garage, case=case) for tag in Tag]
        for place in places:
            flows = place.flows if place else garage.flows
            found += [address(tag, garage, location=place) for tag in Tag if _flow(tag) in flows]
    visitor = Visitor(app, BASE_URL)
    assert {link: visitor.open(link).status for link in found} == dict.fromkeys(found, 200)


def _flow(tag):
    return {ASSESSMENT: "assessment", REPAIR: "repair", STATUS: "status"}[tag]


@pytest.mark.parametrize("tag", Tag)
def test_a_portal_that_is_not_active_refuses_them_all(context, known, case, tag):
    inactive = changed(context, active=False)
    for given in ({}, {"case": case}, {"location": inactive.locations[0]}):
        with pytest.raises(PortalNotActive) as refused:
            address(tag, inactive, **given)
        assert refused.value.tag == tag
    with pytest.raises(PortalNotActive):
        fill(f"See [{tag}].", inactive, case)


@pytest.mark.parametrize(
    ("tag", "flow"), [(ASSESSMENT, "assessment"), (REPAIR, "repair"), (STATUS, "status")]
)
def test_a_hidden_flow_refuses_its_own_tag_only(context, known, case, tag, flow):
    rest = [each for each in ("assessment", "repair", "status") if each != flow]
    hiding = changed(context, flows=rest)
    for given in ({}, {"case": case}):
        with pytest.raises(FlowHidden):
            address(tag, hiding, **given)
        assert all(address(other, hiding, **given) for other in Tag if other != tag)


def test_what_is_hidden_at_one_location_is_refused_there_and_for_its_cases(context, known, case):
    locations = document("repairs")["locations"]
    locations[0]["flows"] = ["assessment", "repair"]
    garage = changed(context, locations=locations)
    for given in ({"case": case}, {"location": garage.locations[0]}):
        with pytest.raises(FlowHidden):
            address(STATUS, garage, **given)
    assert address(STATUS, garage) and address(STATUS, garage, location=garage.locations[1])


def test_a_text_is_filled_and_its_other_words_stay(known, case, garage):
    text = "Dear [Name],\nsee [URLStatusRepair] or book: [URLBookRepair]. [URLStatusRepair]! [urlstatusrepair] [] [[x]]"
    status = f"{BASE_URL}/repairs/status/{known.token}"
    assert fill(text, garage, case) == (
        f"Dear [Name],\nsee {status} or book: {BASE_URL}/repairs/repair/case/{known.token}. {status}!"
        " [urlstatusrepair] [] [[x]]"
    )


def test_a_text_without_a_case_gets_the_pages_that_ask(garage, context):
    assert fill("[URLStatusRepair]", garage) == f"{BASE_URL}/repairs/status/"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no tags",
        "[URLStatusRepair",
        "URLStatusRepair]",
        "[ URLStatusRepair ]",
        "[URLNothing]",
        "\\1 %s {x}",
    ],
)
def test_a_text_without_tags_stays_as_it_is_even_where_tags_are_refused(context, garage, text):
    assert fill(text, garage) == text
    assert fill(text, changed(context, active=False)) == text


def test_a_tag_is_replaced_once(garage, context):
    assert fill("[[URLStatusRepair]]", garage) == f"[{BASE_URL}/repairs/status/]"
    assert fill("[URL[URLStatusRepair]StatusRepair]", garage).count(BASE_URL) == 1


def test_a_text_with_a_refused_tag_is_refused_whole(context, garage):
    hiding = changed(context, flows=["assessment"])
    with pytest.raises(TagRefused):
        fill("[URLBookAssessment] [URLStatusRepair]", hiding)


def test_a_garage_is_refused_by_what_it_is_now_not_by_what_it_was(context, garage):
    changed(context, active=False)
    with pytest.raises(PortalNotActive):
        address(STATUS, garages.by_id(garage.id))
