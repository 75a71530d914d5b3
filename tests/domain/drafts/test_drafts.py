"""What a customer types is kept for a day from the last change, under a name nobody guesses."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db, transaction
from portal.domain.drafts import queries, service
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.models import Draft
from portal.domain.drafts.service import Answered
from tests.support.racers import together

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
UID = "kP3vX0qZl1mYt7aBcD9efw"


@pytest.fixture
def peeters(garage, context):
    return garage.id


@pytest.fixture
def maes(group, context):
    return group.id


def begin(garage_id, typed=None, *, uid=UID, step="you", done=True, language="nl", now=NOW):
    service.begin(
        uid,
        garage_id=garage_id,
        entry_location_id=None,
        language=language,
        step=step,
        answered=Answered(typed or {"first_name": "Jan"}, done),
        now=now,
    )


def save(garage_id, typed, *, step="car", done=True, now=NOW, **more):
    service.save(UID, garage_id=garage_id, answers={step: Answered(typed, done)}, now=now, **more)


def find(garage_id, now=NOW):
    db.session.rollback()
    return queries.find(garage_id, UID, now)


def find_id():
    db.session.rollback()
    return db.session.scalars(select(Draft.id).where(Draft.uid == UID)).one()


def test_a_draft_begins_with_the_first_answers(peeters):
    begin(peeters)
    draft = find(peeters)
    assert draft.answers == {"you": {"typed": {"first_name": "Jan"}, "done": True, "sent": True, "rules": ""}}
    assert (draft.language, draft.expires_at) == ("nl", NOW + DAY)


def test_answers_are_kept_right_or_wrong_finished_or_not_step_by_step(peeters):
    begin(peeters)
    save(peeters, {"plate": "?"}, done=False)
    service.save(UID, garage_id=peeters, answers={"photos": Answered({}, False, sent=False)}, now=NOW)
    save(peeters, {"plate": "1-ABC-234"})
    assert find(peeters).answers == {
        "you": {"typed": {"first_name": "Jan"}, "done": True, "sent": True, "rules": ""},
        "car": {"typed": {"plate": "1-ABC-234"}, "done": True, "sent": True, "rules": ""},
        "photos": {"typed": {}, "done": False, "sent": False, "rules": ""},
    }


def test_several_steps_are_kept_at_once(peeters):
    begin(peeters)
    answers = {"car": Answered({"plate": "X"}, False), "timeslot": Answered({}, False)}
    service.save(UID, garage_id=peeters, answers=answers, now=NOW)
    assert find(peeters).answers.keys() == {"you", "car", "timeslot"}


def test_the_language_changes_only_when_it_is_told_to(peeters):
    begin(peeters)
    save(peeters, {})
    assert find(peeters).language == "nl"
    save(peeters, {}, language="fr")
    assert find(peeters).language == "fr"


def test_a_draft_lives_for_a_day_from_the_last_change(peeters):
    begin(peeters)
    find(peeters, NOW + DAY - MOMENT)
    with pytest.raises(DraftUnknown):
        find(peeters, NOW + DAY)
    save(peeters, {}, now=NOW + DAY / 2)
    find(peeters, NOW + DAY)
    with pytest.raises(DraftUnknown):
        find(peeters, NOW + DAY * 1.5)


def test_a_draft_whose_time_is_over_takes_no_more_answers(peeters):
    begin(peeters)
    with pytest.raises(DraftUnknown):
        save(peeters, {}, now=NOW + DAY)
    with pytest.raises(DraftUnknown):
        begin(peeters, now=NOW + DAY)


def test_nobody_finds_a_draft_that_was_never_begun(peeters):
    for call in (lambda: find(peeters), lambda: save(peeters, {})):
        with pytest.raises(DraftUnknown):
            call()


def test_a_draft_belongs_to_its_garage_alone(peeters, maes):
    begin(peeters)
    for call in (
        lambda: find(maes),
        lambda: save(maes, {"plate": "X"}),
        lambda: begin(maes, {"first_name": "Eve"}),
    ):
        with pytest.raises(DraftUnknown):
            call()
    assert find(peeters).answers == {
        "you": {"typed": {"first_name": "Jan"}, "done": True, "sent": True, "rules": ""}
    }


def test_beginning_again_carries_on(peeters):
    begin(peeters)
    save(peeters, {"plate": "X"})
    begin(peeters, {"first_name": "Ann"}, now=NOW + timedelta(hours=1))
    draft = find(peeters)
    assert draft.answers["you"]["typed"] == {"first_name": "Ann"} and "car" in draft.answers
    assert draft.expires_at == NOW + timedelta(hours=1) + DAY


def test_a22_beginning_ten_times_at_once_is_one_draft(app, peeters):
    assert together(app, [lambda: begin(peeters)] * 10) == [None] * 10
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 1


def test_steps_that_are_saved_at_once_are_all_kept(app, peeters):
    begin(peeters)
    steps = [f"step {number}" for number in range(10)]
    saves = [lambda step=step: save(peeters, {"a": step}, step=step) for step in steps]
    assert together(app, saves) == [None] * 10
    assert find(peeters).answers.keys() == {"you", *steps}


def test_a_draft_that_is_kept_begins_its_day_anew(peeters):
    begin(peeters)
    draft_id = find_id()
    with transaction():
        service.keep(draft_id, NOW + timedelta(hours=3))
    assert find(peeters).expires_at == NOW + timedelta(hours=3) + DAY


def test_some_answers_of_a_step_are_corrected_and_the_others_stay(peeters):
    begin(peeters, {"first_name": "Jan", "email": "jan@exmaple.com"})
    with transaction() as session:
        service.correct(session, find_id(), "you", email="jan@example.com")
    assert find(peeters).answers["you"] == {
        "typed": {"first_name": "Jan", "email": "jan@example.com"},
        "done": True,
        "sent": True,
        "rules": "",
    }


def test_a_closed_draft_takes_no_more_answers_but_is_found(peeters):
    begin(peeters)
    draft_id = find_id()
    with transaction():
        service.close(draft_id)
    for call in (lambda: save(peeters, {}), lambda: begin(peeters, {"first_name": "Ann"})):
        with pytest.raises(DraftUnknown):
            call()
    assert find(peeters).answers["you"]["typed"] == {"first_name": "Jan"}


def test_a_draft_that_is_gone_is_neither_locked_kept_corrected_nor_closed(peeters):
    for what in (
        lambda session: service.lock(session, 1),
        lambda session: service.keep(1, NOW),
        lambda session: service.correct(session, 1, "you", email="x"),
        lambda session: service.close(1),
    ):
        with pytest.raises(DraftUnknown), transaction() as session:
            what(session)


def test_drafts_whose_time_is_over_are_deleted_and_no_others(peeters):
    begin(peeters)
    begin(peeters, uid="younger", now=NOW + MOMENT)
    assert service.forget_expired(NOW + DAY - MOMENT) == 0
    assert service.forget_expired(NOW + DAY) == 1
    assert list(db.session.scalars(select(Draft.uid))) == ["younger"]


def test_text_of_any_kind_comes_back_as_it_was_typed(peeters):
    typed = {"damage": "Ångström 🚗 'quoted' \"twice\" \\u0000 \u202e \ufeff {{ 7*7 }}\n\tnext"}
    begin(peeters, typed)
    assert find(peeters).answers["you"]["typed"] == typed
