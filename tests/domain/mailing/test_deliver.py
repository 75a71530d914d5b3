"""Sending what was written down, and noting what became of it."""

from datetime import timedelta

import pytest

from portal.adapters.mailer import RefusedForGood, RefusedForNow, Unreachable
from portal.domain.mailing import claims, service
from portal.domain.mailing.errors import Outdated
from portal.domain.mailing.models import State
from tests.support import post_office
from tests.support.post_office import NOW, PURPOSE, message, queue, states


@pytest.fixture
def deliver(office, mailer, writer, clock):
    def now(**given):
        return service.deliver_due(given.pop("mailer", mailer), {PURPOSE: writer}, clock, **given)

    return now


def test_a_due_mail_is_sent_and_noted(deliver, mailer, clock):
    (uid,) = queue(language="fr", recipient="jan@example.com")
    clock.forward(seconds=3)
    done = deliver()
    (outgoing,) = mailer.sent
    assert (outgoing.uid, outgoing.recipient, outgoing.language) == (uid, "jan@example.com", "fr")
    assert outgoing.at == clock.at
    row = message(uid)
    assert (row.state, row.attempts, row.sent_at) == ("sent", 1, clock.at)
    assert done.ends == {State.SENT: 1} and not done.more


def test_a_sent_mail_is_never_sent_again(deliver, mailer, clock):
    queue()
    for _ in range(3):
        deliver()
        clock.forward(hours=30)
    assert len(mailer.sent) == 1


def test_nothing_due_needs_no_mail_server(deliver):
    class NoServer:
        def connection(self):
            raise AssertionError

    assert not deliver(mailer=NoServer()).ends


def test_the_longest_waiting_go_first_and_a_full_batch_says_there_may_be_more(deliver, mailer, clock):
    later = queue(2, now=NOW + timedelta(seconds=1))
    first = queue(2)
    clock.forward(minutes=1)
    assert deliver(batch=3).more
    assert [mail.uid for mail in mailer.sent] == [*first, later[0]]
    assert not deliver(batch=3).more
    assert states() == ["sent"] * 4


def test_a_claimed_mail_is_nobody_elses_until_the_lease_runs_out(deliver, mailer, clock):
    queue()
    claims.take(clock(), 20)
    assert states() == ["sending"]
    clock.forward(seconds=119)
    deliver()
    assert not mailer.sent
    clock.forward(seconds=1)
    deliver()
    assert len(mailer.sent) == 1


def test_a_refusal_for_good_ends_a_mail(deliver, mailer, writer, clock):
    (uid,) = queue()
    mailer.trouble = RefusedForGood("550 no such user")
    deliver()
    row = message(uid)
    assert (row.state, row.attempts, row.server_answer) == ("failed", 1, "550 no such user")
    assert writer.deferrals == [uid]
    mailer.trouble = None
    clock.forward(hours=2)
    deliver()
    assert not mailer.sent


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_until_a_day_is_over(
    deliver, mailer, writer, clock
):
    (uid,) = queue()
    mailer.trouble = RefusedForNow("450 greylisted")
    pauses = []
    while message(uid).state == "queued":
        deliver()
        row = message(uid)
        pauses.append((row.due_at - clock.at) / timedelta(minutes=1))
        clock.at = row.due_at
    assert pauses[:9] == [1, 2, 4, 8, 15, 30, 60, 60, 60]
    row = message(uid)
    assert (row.state, row.server_answer) == ("failed", "450 greylisted")
    assert row.attempts == len(pauses) == len(writer.deferrals)
    assert row.due_at > row.give_up_at


def test_a_greylisted_mail_leaves_at_the_next_try(deliver, mailer, clock):
    (uid,) = queue()
    mailer.trouble = RefusedForNow("450 greylisted")
    deliver()
    assert message(uid).state == "queued"
    mailer.trouble = None
    clock.forward(seconds=59)
    deliver()
    assert not mailer.sent
    clock.forward(seconds=1)
    deliver()
    row = message(uid)
    assert (row.state, row.attempts, row.server_answer) == ("sent", 2, "")


def test_a_mail_first_seen_after_its_day_still_gets_one_try(deliver, mailer, clock):
    queue()
    clock.forward(days=3)
    deliver()
    assert len(mailer.sent) == 1


def test_what_is_no_longer_useful_is_skipped(deliver, mailer, writer):
    (uid,) = queue()
    writer.trouble = Outdated()
    assert deliver().ends == {State.SKIPPED: 1}
    row = message(uid)
    assert (row.state, row.attempts) == ("skipped", 0)
    assert not mailer.sent


def test_a_letter_that_cannot_be_written_stops_no_other_and_is_tried_again(deliver, mailer, writer, clock):
    (broken,) = queue()
    writer.trouble = KeyError("street")
    deliver()
    row = message(broken)
    assert (row.state, row.attempts, row.server_answer) == ("queued", 1, "not written: KeyError")
    writer.trouble = None
    queue(2)
    deliver()
    assert len(mailer.sent) == 2
    clock.forward(minutes=1)
    deliver()
    assert message(broken).state == "sent"


def test_a_purpose_nobody_writes_for_is_tried_again(mailer, office, clock):
    (uid,) = queue()
    service.deliver_due(mailer, {}, clock)
    assert message(uid).state == "queued"


def test_an_unreachable_server_costs_no_mail_an_attempt(deliver, mailer, writer, clock):
    uids = queue(3)

    class Down:
        def connection(self):
            raise Unreachable("ConnectionRefusedError")

    done = deliver(mailer=Down(), batch=3)
    assert not done.more
    for uid in uids:
        row = message(uid)
        assert (row.state, row.attempts, row.server_answer) == ("queued", 0, "ConnectionRefusedError")
        assert row.due_at == clock.at + timedelta(minutes=1)
    assert writer.written == []
    clock.forward(minutes=1)
    deliver()
    assert len(mailer.sent) == 3


def test_an_address_the_server_quotes_does_not_reach_the_log(deliver, mailer, caplog):
    (uid,) = queue()
    mailer.trouble = Unreachable("421 <jan@example.com> too many")
    deliver()
    assert "421" in caplog.text and "jan@example.com" not in caplog.text
    assert "jan@example.com" in message(uid).server_answer


def test_a_server_that_stays_down_for_a_day_fails_its_mails(deliver, clock):
    class Down:
        def connection(self):
            raise Unreachable("ConnectionRefusedError")

    (uid,) = queue()
    clock.forward(hours=24, seconds=-59)
    deliver(mailer=Down())
    assert message(uid).state == "failed"


def test_a_broken_line_costs_only_the_mail_it_broke_on(deliver, mailer, writer, clock):
    first, second, third = queue(3)
    send = mailer.send

    def breaks_on_second(outgoing):
        if outgoing.uid == second:
            raise Unreachable("SMTPServerDisconnected")
        send(outgoing)

    mailer.send = breaks_on_second
    assert not deliver(batch=3).more
    assert [message(uid).state for uid in (first, second, third)] == ["sent", "queued", "queued"]
    assert [message(uid).attempts for uid in (first, second, third)] == [1, 1, 0]
    assert writer.deferrals == [second]
    for _ in range(2):
        clock.forward(minutes=1)
        deliver()
    assert message(third).state == "sent"  # though the second keeps breaking the line


def test_a_slow_server_does_not_make_a_worker_outstay_its_lease(deliver, mailer, clock):
    queue(5)
    send = mailer.send

    def slowly(outgoing):
        clock.forward(seconds=25)
        send(outgoing)

    mailer.send = slowly
    deliver(batch=5)
    assert states() == ["sent"] * 3 + ["queued"] * 2
    mailer.send = send
    deliver()
    assert states() == ["sent"] * 5 and len(mailer.sent) == 5


def test_a_worker_that_lost_its_lease_spoils_nothing(office, mailer, writer, clock):
    (uid,) = queue()
    (lost,) = claims.take(clock(), 20)
    clock.forward(minutes=3)
    service.deliver_due(mailer, {PURPOSE: writer}, clock)
    claims.try_again(lost, clock(), "451 later")
    claims.failed(lost, "550 never")
    claims.skipped(lost)
    claims.put_back([lost], clock())
    row = message(uid)
    assert (row.state, row.server_answer) == ("sent", "")


def test_no_transaction_stays_open_while_the_server_takes_its_time(deliver, mailer, writer, clock):
    from portal.db import db

    queue()
    idle = []
    mailer.send = lambda outgoing: idle.append(db.session().in_transaction())
    write = writer.write

    def reads(claim, now):
        post_office.states()
        db.session().connection()
        return write(claim, now)

    writer.write = reads
    deliver()
    assert idle == [False]


def test_two_workers_share_the_mail_and_send_none_twice(office, mailer, writer, clock):
    from concurrent.futures import ThreadPoolExecutor

    queue(60)

    def work(_):
        with office.app_context():
            while service.deliver_due(mailer, {PURPOSE: writer}, clock, batch=7).ends:
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert states() == ["sent"] * 60
    assert len(mailer.sent) == len({mail.uid for mail in mailer.sent}) == 60
