"""An ordinary customer, who answers each step of the assessment and goes on."""

from typing import Any

from tests.support.visitor import Page, Visitor

PORTAL = "/peeters/assessment/"
YOU = {
    "first_name": "Ann",
    "last_name": "Peeters",
    "email": "ann@example.com",
    "phone": "0470 12 34 56",
    "consent": True,
}
CAR = {
    "plate": "1-abc-234",
    "make": "Volkswagen",
    "model": "Golf",
    "damage": "A post in a car park.",
}


def step_of(page: Page) -> str:
    """The step a page shows, by the last word of its address."""
    word = page.path.rstrip("/").rpartition("/")[2]
    return "you" if word == "assessment" else word


def answer(page: Page, **changed: Any) -> Page:
    """Answer the step that `page` shows as an ordinary customer does, but for what is `changed`, and go on."""
    answers: dict[str, Any] = {}
    if "timeslot" in changed and changed["timeslot"] not in page.options("timeslot"):
        page = page.visitor.open(f"{page.path}?day={changed['timeslot'].partition('T')[0]}")
    match step_of(page):
        case "you":
            answers = YOU
        case "car":
            answers = CAR
        case "location":
            answers = {"location": page.options("location")[0]}
        case "timeslot":
            answers = {"timeslot": page.options("timeslot")[0]}
    return page.submit(**{**answers, **changed})


def walk(visitor: Visitor, until: str, address: str = PORTAL, **changed: Any) -> Page:
    """The page of the step `until`, every step before it answered; `changed` are answers to whichever step asks."""
    page = visitor.open(address)
    while step_of(page) != until:
        step, mine = step_of(page), {}
        for name, value in changed.items():
            if page.soup.find(attrs={"name": name}):
                mine[name] = value
        page = answer(page, **mine)
        assert page.status == 200, page.errors or page.text
        assert step_of(page) != step, page.errors
    return page


def requested(visitor: Visitor, address: str = PORTAL, **changed: Any) -> Page:
    """The page that says that nothing is booked yet."""
    return walk(visitor, "sent", address, **changed)


def draft_of(page: Page) -> str:
    """The address below which all pages of this draft lie."""
    before, _, after = page.path.partition("/assessment/")
    return f"{before}/assessment/{after.split('/')[0]}"
