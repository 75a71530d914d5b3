"""The nudge from a web process to a worker: small, signed, and never worth waiting for."""

import pickle

import pytest
from huey import RedisHuey, SqliteHuey
from redis.exceptions import RedisError

from portal import clock, jobs
from portal.adapters import queue
from portal.db import transaction
from portal.domain.mailing import service
from tests.support import post_office, smtp

pytestmark = pytest.mark.usefixtures("context", "garage")


def test_a_file_in_the_data_directory_is_the_queue_unless_redis_is_named(settings, redis_url):
    assert isinstance(queue.build(settings), SqliteHuey)
    assert (settings.data_dir / "queue.sqlite3").exists()
    assert isinstance(queue.build(settings.model_copy(update={"redis_url": redis_url})), RedisHuey)


def test_queueing_a_mail_leaves_one_nudge_without_any_data():
    post_office.queue()
    (task,) = queue.running().pending()
    assert (task.name, task.args, task.kwargs) == ("deliver", (), {})


def test_a_nudge_that_waited_a_minute_is_dropped_because_the_sweep_came_by():
    post_office.queue()
    (task,) = queue.running().pending()
    assert task.expires == jobs.NUDGE_SECONDS <= 60


def test_a_task_nobody_signed_is_not_opened():
    huey = queue.running()
    huey.storage.enqueue(pickle.dumps("anything"))
    with pytest.raises(ValueError, match="not found"):
        huey.dequeue()


def test_a_task_signed_with_another_key_is_not_opened(app, settings):
    other = settings.model_copy(update={"secret_key": type(settings.secret_key)("x" * 32)})
    jobs.register(app, queue.build(other))
    queue.wake()
    with pytest.raises(ValueError, match="mismatch"):
        queue.build(settings).dequeue()


def test_a_redis_that_is_gone_keeps_no_mail_from_being_queued(app, settings):
    gone = f"redis://127.0.0.1:{smtp.closed_port()}/0"
    jobs.register(app, queue.build(settings.model_copy(update={"redis_url": gone})))
    with pytest.raises(RedisError):
        queue.wake()
    post_office.queue()
    assert post_office.states() == ["queued"]


def test_a_redis_that_hangs_keeps_no_mail_from_being_queued(app, settings):
    with smtp.silent_server() as port:
        hanging = f"redis://127.0.0.1:{port}/0"
        jobs.register(app, queue.build(settings.model_copy(update={"redis_url": hanging})))
        with pytest.raises(RedisError):
            queue.wake()
        post_office.queue()
    assert post_office.states() == ["queued"]


def test_redis_carries_a_nudge_from_one_process_to_another(app, settings, redis_url):
    settings = settings.model_copy(update={"redis_url": redis_url})
    jobs.register(app, queue.build(settings))
    queue.wake()
    worker = queue.build(settings)
    jobs.register(app, worker)
    assert worker.dequeue().name == "deliver"
    assert worker.dequeue() is None


def test_a_batch_that_was_full_asks_for_the_next(monkeypatch):
    batches = iter([service.Batch(more=True), service.Batch(more=False)])
    monkeypatch.setattr(service, "deliver_due", lambda *_: next(batches))
    jobs.mail.deliver()
    assert queue.running().pending_count() == 1
    jobs.mail.deliver()
    assert queue.running().pending_count() == 1


def test_the_timetable_sweeps_and_reminds_every_minute_and_tidies_every_hour():
    now = clock.now()
    due = [
        {task.name for task in queue.running().read_periodic(now.replace(minute=minute))}
        for minute in range(60)
    ]
    assert all({"sweep", "reminders"} <= tasks for tasks in due)
    assert sum("housekeeping" in tasks for tasks in due) == 1


def test_a_chore_that_fails_keeps_no_other_from_being_done(monkeypatch):
    done = []

    def broken(now):
        raise OSError

    monkeypatch.setattr(jobs.housekeeping, "CHORES", (broken, done.append))
    jobs.housekeeping.tidy()
    assert len(done) == 1


def test_each_app_in_a_process_wakes_its_own_worker(app, settings, tmp_path):
    other = queue.build(settings.model_copy(update={"data_dir": tmp_path / "other"}))
    mine = queue.running()
    with transaction():
        post_office.write_down()
    assert (mine.pending_count(), other.pending_count()) == (1, 0)
