"""A portal in the middle of its day: one draft, one request, one booking, one request that ran out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.files.pictures import file, four_corners
from tests.journeys.walk import answer, draft_of, requested, walk
from tests.journeys.workshop import document, set_up
from tests.support.clocks import StoppedClock
from tests.support.letterbox import Mail
from tests.support.visitor import Visitor

PICTURE = file(four_corners(60, 40), "JPEG")
TIMES = ("2026-12-01T09:00", "2026-12-01T09:30", "2026-12-01T10:00")


@dataclass(frozen=True)
class World:
    """`drafts` are addresses, by what became of them; so are `links`, `mails` and the `photo` of the unfinished one."""

    drafts: dict[str, str]
    mails: dict[str, Mail]
    photo: str

    @property
    def links(self) -> dict[str, str]:
        return {name: links_of(mail)[0] for name, mail in self.mails.items()}


def links_of(mail: Mail) -> list[str]:
    """Every address of the portal in a mail, each once."""
    found = re.findall(r"""https://portal\.example\.com/[^\s"'<>]*""", mail.text + mail.html)
    return list(dict.fromkeys(found))


def build(app: Flask, visitor: Visitor, clock: StoppedClock, deliver: Callable[[], list[Mail]]) -> World:
    """Garage Peeters, which one may put into a frame, with a customer in every state."""
    set_up(app, document("peeters") | {"allowed_sites": ["https://www.peeters.example.com"]})
    drafts, mails = {}, {}
    for name, time in zip(("late", "booked", "held"), TIMES, strict=True):
        drafts[name] = draft_of(requested(visitor, timeslot=time))
        [mails[name]] = deliver()
        if name == "late":
            clock.forward(minutes=31)
        if name == "booked":
            visitor.open(mails[name].link).submit()
            [mails["booked since"]] = deliver()
    photos = walk(visitor, "photos")
    drafts["unfinished"] = draft_of(photos)
    page = photos.submit("Add these photos", files={"overview": [("car.jpg", PICTURE)]})
    answer(page)
    return World(
        drafts, mails, str(page.soup.select_one(".shot img")["src"]).rpartition("/")[2].removesuffix(".jpg")
    )


def addresses(app: Flask, world: World, method: str) -> Iterator[tuple[Rule, str]]:
    """Every address that answers `method`, in every state of the world. A new kind of address has to be named here."""
    values: dict[str, list[str]] = {
        "garage": ["peeters"],
        "location": ["leuven"],
        "draft": [draft.rpartition("/")[2] for draft in world.drafts.values()],
        "photo": [world.photo],
        "token": [link.rpartition("/")[2] for link in world.links.values()],
        "name": ["0" * 32 + ".png"],
        "filename": ["css/customer.css"],
    }
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()):
            continue
        found = [rule.rule]
        for argument in rule.arguments:
            pattern = re.compile(rf"<(?:\w+:)?{argument}>")
            found = [pattern.sub(value, address) for address in found for value in values[argument]]
        yield from ((rule, address) for address in found)
