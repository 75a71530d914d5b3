"""A25: whatever the mail server does, no mail is lost, its state is known, and nobody who books notices."""

import threading
from datetime import timedelta

import pytest

from portal.adapters.smtp import SmtpMailer
from portal.domain.mailing import service
from tests.support import post_office, smtp
from tests.support.post_office import PURPOSE, message, queue, states


@pytest.fixture
def office(database):
    with post_office.post_office(database.url) as app:
        yield app


@pytest.fixture
def sink():
    with smtp.sink() as server:
        yield server


@pytest.fixture
def clock():
    return post_office.Clock()


@pytest.fixture
def deliver(office, sink, clock, tmp_path):
    mailer = SmtpMailer(post_office.settings(tmp_path, smtp_port=sink.port))
    writer = post_office.PlainWriter()
    return lambda: service.deliver_due(mailer, {PURPOSE: writer}, clock)


def work_through(deliver, clock, *, hours):
    """What a worker does in `hours`: a sweep every minute, at once again while there is more."""
    for _ in range(hours * 60):
        while deliver().more:
            pass
        clock.forward(minutes=1)


def arrived_once(sink, uids):
    return sorted(sink.message_ids()) == sorted(f"<{uid}@portal.example.com>" for uid in uids)


def test_a25_down_for_two_hours(deliver, sink, clock):
    sink.stop()
    uids = queue(45)
    deliver()
    row = message(uids[0])
    assert row.state == "queued" and "refused" in row.server_answer
    work_through(deliver, clock, hours=2)
    assert set(states()) == {"queued"}
    sink.start()
    while deliver().more:
        pass
    clock.forward(minutes=1)
    while deliver().more:
        pass
    assert set(states()) == {"sent"} and arrived_once(sink, uids)


@pytest.mark.parametrize("step", ["mail_answer", "recipient_answer", "data_answer"])
def test_a25_refused_for_now(deliver, sink, clock, step):
    uids = queue(3)
    setattr(sink, step, "451 4.3.0 disk full")
    deliver()
    for uid in uids:
        row = message(uid)
        assert (row.state, row.attempts, row.server_answer) == ("queued", 1, "451 4.3.0 disk full")
    setattr(sink, step, "")
    work_through(deliver, clock, hours=1)
    assert set(states()) == {"sent"} and arrived_once(sink, uids)


@pytest.mark.parametrize("step", ["recipient_answer", "data_answer"])
def test_a25_refused_for_good(deliver, sink, clock, step):
    (bad,) = queue()
    setattr(sink, step, "550 5.1.1 no such user")
    deliver()
    row = message(bad)
    assert (row.state, row.server_answer) == ("failed", "550 5.1.1 no such user")
    setattr(sink, step, "")
    (good,) = queue()
    work_through(deliver, clock, hours=1)
    assert states() == ["failed", "sent"] and arrived_once(sink, [good])


def test_a25_our_sender_refused_is_our_trouble_and_no_mail_is_given_up(deliver, sink, clock):
    uids = queue(2)
    sink.mail_answer = "550 5.7.1 sender not allowed"
    work_through(deliver, clock, hours=2)
    assert set(states()) == {"queued"}
    sink.mail_answer = ""
    work_through(deliver, clock, hours=2)
    assert arrived_once(sink, uids)


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a25_hanging(deliver, sink, clock, step):
    uids = queue(3)
    sink.hang = step
    deliver()
    assert states() == ["queued"] * 3
    assert message(uids[0]).attempts == 1
    sink.hang = ""
    work_through(deliver, clock, hours=1)
    assert set(states()) == {"sent"} and arrived_once(sink, uids)


def test_a25_cut_after_the_data(deliver, sink, clock):
    uids = queue(2)
    sink.cut_after_data = True
    deliver()
    assert states() == ["queued"] * 2
    sink.cut_after_data = False
    work_through(deliver, clock, hours=1)
    assert set(states()) == {"sent"}
    # Nobody can know whether the server kept what it never said yes to; the one name makes two copies one mail.
    assert set(sink.message_ids()) == {f"<{uid}@portal.example.com>" for uid in uids}
    assert sink.count() == 3


def test_a25_greylisted(deliver, sink, clock):
    uids = queue(3)
    sink.greylist = True
    deliver()
    assert states() == ["queued"] * 3
    clock.forward(minutes=1)
    deliver()
    assert set(states()) == {"sent"} and arrived_once(sink, uids)


def test_a25_hung_up_between_two_mails(deliver, sink, clock):
    uids = queue(6)
    sink.most_mails_per_line = 2
    work_through(deliver, clock, hours=1)
    assert set(states()) == {"sent"} and arrived_once(sink, uids)


def test_a25_queueing_does_not_wait_for_a_hanging_server(office, sink, tmp_path):
    sink.hang = "DATA"
    patient = SmtpMailer(post_office.settings(tmp_path, smtp_port=sink.port, smtp_timeout_seconds=15))
    queue()

    def work():
        with office.app_context():
            service.deliver_due(patient, {PURPOSE: post_office.PlainWriter()}, post_office.Clock())

    worker = threading.Thread(target=work)
    worker.start()
    while not sink.tries:
        pass
    queue(20)
    assert worker.is_alive()  # still hanging, while every booking went through
    assert states() == ["sending"] + ["queued"] * 20
    sink.stop()
    worker.join()


def test_a25_a_day_of_refusals_ends_as_failed_and_says_why(deliver, sink, clock):
    (uid,) = queue()
    sink.recipient_answer = "450 4.2.2 mailbox full"
    work_through(deliver, clock, hours=25)
    row = message(uid)
    assert (row.state, row.server_answer) == ("failed", "450 4.2.2 mailbox full")
    assert row.due_at - row.queued_at > timedelta(hours=24)
