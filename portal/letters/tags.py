"""Tags: words in a letter of the garage, such as `[URLStatusRepair]`, that become addresses of its portal."""

from enum import StrEnum

from portal.core import tags
from portal.domain.cases.models import Case
from portal.domain.garage import queries as garages
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import GarageView, LocationView
from portal.letters import links


class Tag(StrEnum):
    """The tags there are."""

    BOOK_ASSESSMENT = "URLBookAssessment"
    BOOK_REPAIR = "URLBookRepair"
    STATUS_REPAIR = "URLStatusRepair"


class TagRefused(Exception):
    """The tag has no address to stand for."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(tag.value)
        self.tag = tag


class PortalNotActive(TagRefused):
    """The garage's portal is not active, so none of its addresses works."""


class FlowHidden(TagRefused):
    """Customers do not see this flow there."""


FLOWS: dict[Tag, Flow] = {
    Tag.BOOK_ASSESSMENT: "assessment",
    Tag.BOOK_REPAIR: "repair",
    Tag.STATUS_REPAIR: "status",
}


def address(
    tag: Tag,
    garage: GarageView,
    *,
    case: Case | None = None,
    location: LocationView | None = None,
    test: bool = False,
) -> str:
    """What a tag stands for: a signed link that knows the case, else the page that asks for it.

    `location` chooses the portal of one location; a case is at a location already. The link of a case in a `test`
    shows what its customer sees, and changes nothing.

    Raises:
        PortalNotActive: the garage's portal is not active.
        FlowHidden: the flow is hidden there.
    """
    if not garage.profile.active:
        raise PortalNotActive(tag)
    flow = FLOWS[tag]
    if case is not None:
        location = garages.location(garage, case.location_id)
    if not (location.takes(flow) if location else flow in garage.flows):
        raise FlowHidden(tag)
    if case is None:
        return links.entrance(garage, flow, location)
    if tag is Tag.STATUS_REPAIR:
        return links.status(garage, case.uid, test=test)
    return links.book(garage, flow, case.uid, test=test)


def addresses(
    text: str,
    garage: GarageView,
    *,
    case: Case | None = None,
    location: LocationView | None = None,
    test: bool = False,
) -> dict[str, str]:
    """What each tag of `text` stands for.

    Raises:
        TagRefused: one of them has no address, see `address`.
    """
    used = tags.used(text, tuple(Tag))
    return {name: address(Tag(name), garage, case=case, location=location, test=test) for name in used}


def fill(text: str, garage: GarageView, case: Case | None = None) -> str:
    """`text` with each tag replaced, once; other words in brackets stay as they are.

    Raises:
        TagRefused: a tag of the text has no address, see `address`.
    """
    return tags.fill(text, addresses(text, garage, case=case))
