"""The hourly round: what is no longer needed goes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from portal import clock
from portal.db import empty_log
from portal.domain.booking import requests
from portal.domain.correspondence import service as correspondence
from portal.domain.drafts import service as drafts
from portal.domain.mailing import service as mailing
from portal.domain.photos import service as photos
from portal.domain.privacy import retention
from portal.domain.team import sign_ins
from portal.wiring import wired

log = logging.getLogger(__name__)

KEEP_ADDRESSES = timedelta(days=30)  # of mails that left or never will


def _photos(now: datetime) -> None:
    photos.forget_expired(wired().storage, now)


def _addresses(now: datetime) -> None:
    mailing.forget_addresses(now - KEEP_ADDRESSES)


def _old(now: datetime) -> None:
    retention.enforce(wired().storage, now)


def _log_of_database(_now: datetime) -> None:
    empty_log()  # somebody may have read when what was erased should have gone


# In this order: photos belong to drafts, and what a request says is kept as long as its draft. Doing a chore twice, or on
# two workers, does no harm.
CHORES: tuple[Callable[[datetime], object], ...] = (
    _photos,
    drafts.forget_expired,
    requests.forget_requests,
    _addresses,
    correspondence.forget_tests,
    sign_ins.forget_old,
    _old,
    _log_of_database,
)


def tidy() -> None:
    """Do every chore; one that fails is logged and keeps none of the others from being done."""
    for chore in CHORES:
        try:
            chore(clock.now())
        except Exception:
            log.exception("%s.%s failed; it is tried again in an hour", chore.__module__, chore.__name__)
