"""Whether a request keeps its place until it is confirmed: as a rule yes, under pressure for some effort, else no.

Nobody is turned away: a request without a place is confirmed like any other, if its time is free then.
"""

from dataclasses import dataclass
from datetime import date

from flask import g, request

from portal import clock
from portal.domain.booking import pressure
from portal.domain.garage.offerings import Offering
from portal.web import limits
from portal.web.customer.walk import effort, steps
from portal.web.customer.walk.effort import Effort

OFTEN = 2  # the level of effort for whoever had many places kept of late


@dataclass(frozen=True)
class Admission:
    """`effort`: what must be done first, for the place to be kept."""

    keep: bool
    effort: Effort | None = None


def of(offering: Offering, day: date) -> Admission:
    """How the request for a time on `day` goes on that the draft sent just now."""
    now, draft = clock.now(), g.draft
    domain = _domain(steps.typed(draft, "you").get("email", ""))
    found = pressure.of(offering, day, now, but_draft=draft.id)
    if found.full or "unkept" in request.form:
        return Admission(keep=False)
    level = _level(found, domain)
    if level is not None and not effort.is_done(request.form.get("proof", ""), draft.uid, now):
        return Admission(keep=False, effort=effort.asked(draft.uid, level, now))
    limits.count_kept(domain)
    return Admission(keep=True)


def keeps_again(offering: Offering, day: date, email: str) -> bool:
    """The same for a request that ran out and is renewed: where effort would be asked for, no place is kept."""
    domain = _domain(email)
    found = pressure.of(offering, day, clock.now())
    if found.full or _level(found, domain) is not None:
        return False
    limits.count_kept(domain)
    return True


def _level(found: pressure.Pressure, domain: str) -> int | None:
    often = OFTEN if limits.keeps_often(domain) else None
    return max((each for each in (found.level, often) if each is not None), default=None)


def _domain(email: str) -> str:
    return email.rpartition("@")[2].casefold()
