"""What the signed link of a case says, whichever flow it leads to."""

from portal.adapters.tokens import Forged
from portal.domain.cases.errors import CaseUnknown
from portal.letters.links import CASE
from portal.wiring import wired


def case_uid(token: str) -> str:
    """The uid of the case that a link names.

    Raises:
        CaseUnknown: if we did not sign it.
    """
    try:
        (uid,) = wired().tokens.read(CASE, token)
    except (Forged, ValueError):
        raise CaseUnknown(token) from None
    return str(uid)
