"""What the signed link of a case says, whichever flow it leads to."""

from typing import NamedTuple

from portal.adapters.tokens import Forged
from portal.domain.cases.errors import CaseUnknown
from portal.letters.links import CASE, CASE_TEST
from portal.wiring import wired


class CaseLink(NamedTuple):
    """The uid of the case that a link names; `test`: the link is of a test letter, and may only show."""

    uid: str
    test: bool


def case_link(token: str) -> CaseLink:
    """What a link names.

    Raises:
        CaseUnknown: if we did not sign it.
    """
    for purpose in (CASE, CASE_TEST):
        try:
            (uid,) = wired().tokens.read(purpose, token)
        except (Forged, ValueError):
            continue
        return CaseLink(str(uid), test=purpose == CASE_TEST)
    raise CaseUnknown(token)
