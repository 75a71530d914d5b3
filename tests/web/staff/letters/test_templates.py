"""The room in which a garage changes the words of its letters."""

import unicodedata

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.correspondence.models import LetterWords
from portal.domain.team.rights import Role
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.support.scanners import follow_everything
from tests.web.naughty import NAUGHTY, arriving
from tests.web.staff.letters.conftest import ROOM

REPAIR = f"{ROOM}repair/en/"


def audit(app):
    with app.app_context():
        return [(each.what, each.subject) for each in db.session.scalars(select(AuditEntry))]


@pytest.fixture
def owner(at_claes):
    return at_claes(Role.OWNER)


@pytest.fixture
def copy(owner):
    """The page of a copy of the invitation to the repair, in Dutch."""
    page = owner.open(ROOM)
    form = next(form for form in page._forms() if form._button("Duplicate Invitation to the repair"))
    address, _, data = form.sent("", {}, {})
    return owner.open(address, method="POST", data=data, Referer=page.url)


def test_every_letter_stands_there_in_every_language(owner):
    page = owner.open(ROOM)
    words = [name for name in page.links() if name.startswith("Ready-made –")]
    assert len(words) == 3 * 4
    assert "Confirmation" in page.text


def test_own_words_hold_from_then_on_and_are_logged(owner, app):
    page = owner.open(REPAIR).submit("Save", subject="Come to us", words="[FirstName],\n\n[URLBookRepair]")
    assert page.text.count("Saved.") == 1
    assert owner.open(REPAIR).value("subject") == "Come to us"
    assert "Your words – Invitation to the repair, English" in owner.open(ROOM).links()
    assert audit(app) == [("saved", "repair (en)")]


def test_saving_what_is_there_already_keeps_the_ready_made_words(owner, app):
    owner.open(REPAIR).submit("Save")
    with app.app_context():
        assert db.session.scalars(select(LetterWords)).all() == []
    assert audit(app) == []


def test_ready_made_words_come_back_and_so_do_ones_own(owner, app):
    usual = owner.open(REPAIR).value("subject")
    page = owner.open(REPAIR).submit("Save", subject="Come to us")
    page = page.submit("Restore the ready-made words")
    assert page.value("subject") == usual
    page = page.submit("Take my words back")
    assert page.value("subject") == "Come to us"
    assert [what for what, _ in audit(app)] == ["saved", "restored", "taken back"]


def test_unknown_tags_are_named_with_line_and_column_and_nothing_is_lost(owner):
    words = "Hello [FirstNam],\n\nyour car [plate] and [Bananas].\n[URLBookRepair]"
    page = owner.open(REPAIR).submit("Save", words=words, subject="About [Plaet]")
    assert page.status == 422
    assert page.errors == [
        "Position 7: there is no tag [Plaet]. Did you mean [Plate]?",
        "Line 1, column 7: there is no tag [FirstNam]. Did you mean [FirstName]?",
        "Line 3, column 10: there is no tag [plate]. Did you mean [Plate]?",
        "Line 3, column 22: there is no tag [Bananas]. The list of tags says which there are.",
    ]
    assert (page.value("words"), page.value("subject")) == (words, "About [Plaet]")


def test_a_tag_without_its_bracket_is_named_and_nothing_is_lost(owner):
    words = "Hello.\n\n[URLStatusRepair\n\nBye [for now"
    page = owner.open(REPAIR).submit("Save", words=words, subject="About [Plate")
    assert page.status == 422
    assert page.errors == [
        "Position 7: [Plate lacks its closing bracket. Did you mean [Plate]?",
        "Line 3, column 1: [URLStatusRepair lacks its closing bracket. Did you mean [URLStatusRepair]?",
    ]
    assert (page.value("words"), page.value("subject")) == (words, "About [Plate")


def test_an_address_has_no_place_in_a_subject(owner):
    page = owner.open(REPAIR).submit("Save", subject="See [URLBookRepair]")
    assert page.status == 422 and "nobody can press a subject" in page.errors[0]


def test_a_letter_that_lost_its_button_is_saved_with_a_word_about_it(owner):
    page = owner.open(REPAIR).submit("Save", words="Hello.")
    assert page.status == 200 and "This letter has no [URLBookRepair]" in page.text


@pytest.mark.parametrize(
    ("field", "typed"), [("subject", ""), ("words", " \n "), ("subject", "x" * 151), ("words", "x" * 6001)]
)
def test_nothing_and_too_much_are_refused(owner, field, typed):
    page = owner.open(REPAIR).submit("Save", **{field: typed})
    assert page.status == 422 and len(page.errors) == 1


def test_whoever_saves_second_is_told_and_loses_nothing(owner, at_claes):
    mine = owner.open(REPAIR)
    at_claes(Role.OWNER, name="otto").open(REPAIR).submit("Save", subject="Of Otto")
    page = mine.submit("Save", subject="Mine")
    assert page.status == 409 and "Somebody saved this letter meanwhile" in page.text
    assert "Of Otto" in page.text and page.value("subject") == "Mine"
    assert page.submit("Save").status == 200
    assert owner.open(REPAIR).value("subject") == "Mine"


def test_a_copy_is_a_letter_of_its_own(owner, copy, app):
    first = f"{ROOM}repair/nl/"
    assert copy.heading == "Copy of Invitation to the repair"
    assert copy.value("subject") == owner.open(first).value("subject")
    owner.open(first).submit("Save", subject="Come to us")
    copy = copy.submit("Save", name="Winter tyres", subject="Winter is coming")
    assert copy.heading == "Winter tyres"
    assert owner.open(first).value("subject") == "Come to us"
    assert "Your words – Winter tyres, Nederlands" in owner.open(ROOM).links()
    assert copy.submit("Remove this letter").heading == "Letters"
    assert owner.open(copy.path).status == 404
    assert [what for what, _ in audit(app)] == ["duplicated", "saved", "saved", "removed"]


def test_the_ready_made_ones_cannot_be_removed(owner):
    page = owner.open(
        f"{ROOM}repair/remove", method="POST", data={"csrf_token": owner.token()}, Referer=owner.base_url
    )
    assert page.status == 404


def test_looking_shows_the_letter_of_a_made_up_case_or_a_real_one_and_keeps_nothing(owner, known, look, app):
    page = owner.open(REPAIR)
    before = rows(app)
    made_up = look(page, words="[FirstName] [Plate] [CaseNumber]\n\n[URLBookRepair]").text
    assert "Ann 1-ABC-234 K7M-2QX-9RA" in made_up and "/repairs/repair/" in made_up
    real = look(page, words="[CaseNumber]\n[URLBookRepair]", case=known.number).text
    assert known.number in real and known.test_token in real and known.token not in real
    assert rows(app) == before


def test_looking_shows_what_is_being_typed_whatever_it_is(owner, look):
    page = owner.open(REPAIR)
    shown = look(page, words="{{ 7 * 7 }} {% raw %} <script>alert(1)</script> [Bananas]\n[URLBookRepair")
    assert shown.status_code == 200
    assert "{{ 7 * 7 }} {% raw %} &lt;script&gt;alert(1)&lt;/script&gt; [Bananas]" in shown.text
    assert look(page, words="", subject="").status_code == 200


def test_the_letter_shown_can_do_nothing_and_only_the_desk_shows_it(owner):
    policy = owner.raw(f"{REPAIR}preview").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy


def test_it_is_shown_by_day_and_by_night(owner, look):
    page = owner.open(REPAIR)
    assert "@media not all" in look(page).text
    assert "@media all" in look(page, shade="dark").text


def test_a_test_goes_to_whoever_asked_and_nothing_typed_is_lost(owner, deliver, app):
    page = owner.open(REPAIR).submit("Send a test to me", subject="Trying [Plate]")
    assert "A test is on its way to owner@desk.example.com" in page.text
    assert page.value("subject") == "Trying [Plate]" and "not saved yet" in page.text
    [mail] = deliver()
    assert (mail.recipient, mail.subject) == ("owner@desk.example.com", "Test: Trying 1-ABC-234")
    assert owner.open(REPAIR).value("subject") != "Trying [Plate]"


def test_the_links_of_a_test_work_and_change_nothing(owner, known, deliver, app, client):
    owner.open(REPAIR).submit("Send a test to me", case=known.number)
    [mail] = deliver()
    assert mail.link.endswith(f"/repairs/repair/case/{known.test_token}")
    assert known.token not in mail.text + mail.html
    before = rows(app)
    assert client.open(mail.link).status == 200
    follow_everything(client, mail.link)
    assert rows(app) == before


def test_after_a_test_that_was_refused_save_still_saves(owner):
    page = owner.open(REPAIR).submit("Send a test to me", subject="Hello [Nmae]")
    assert "Saved." in page.submit("Save", subject="Hello").text


def test_pressing_test_twice_sends_one(owner, deliver):
    page = owner.open(REPAIR)
    for _ in range(2):
        page.submit("Send a test to me")
    assert len(deliver()) == 1


def test_while_the_portal_is_not_active_words_can_be_saved_but_not_tried_out(owner, app):
    set_up(app, document("repairs") | {"active": False})
    page = owner.open(REPAIR)
    assert "not open yet" in page.text
    assert page.submit("Save", subject="Soon").status == 200
    refused = owner.open(REPAIR).submit("Send a test to me")
    assert refused.status == 422 and "[URLBookRepair] leads nowhere yet" in refused.errors[0]
    assert owner.raw(f"{REPAIR}preview").status_code == 200


@on_sqlite
@pytest.mark.parametrize("address", ["repair/xx/", "nothing/en/", "repair/en/preview?case=none"])
def test_what_is_not_there_is_not_found(owner, address):
    assert owner.open(f"{ROOM}{address}").status == 404


def test_a42_a_case_of_another_location_is_not_shown(app, claes, at_claes, known, clock):
    member = at_claes(Role.RECEPTION, name="rita", locations=["tilburg"])
    assert member.open(f"/staff/repairs/cases/{known.number}/letters/").status == 404
    elsewhere = cases.opened(app, claes, clock.now(), location="tilburg")
    assert member.open(f"/staff/repairs/cases/{elsewhere.number}/letters/").status == 200


@on_sqlite
@pytest.mark.parametrize("name", NAUGHTY)
def test_a44_every_field_keeps_what_was_typed_or_says_what_is_wrong(owner, app, copy, name):
    typed = arriving(NAUGHTY[name])
    page = copy.submit("Save", name=typed, subject=typed, words=typed)
    assert page.status in {200, 422}
    kept = page if page.status == 422 else owner.open(copy.path)
    wrong = {str(field["name"]) for field in page.soup.select("[aria-invalid=true]")}
    for field in {"name", "subject", "words"} - wrong:
        assert same(kept.value(field)) == same(typed)
    assert bool(wrong) == (page.status == 422)
    assert owner.open(ROOM).status == 200


def same(text):
    return unicodedata.normalize("NFC", " ".join(text.split()))
