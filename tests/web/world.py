"""A portal in the middle of its day: of both flows one draft, one request, one booking, one request that ran out.

One repair was booked and cancelled since, and somebody is about to book the assessment of a case the garage knows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.db import db
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case
from portal.domain.garage import queries as garages
from portal.wiring import wired
from tests.files.pictures import file, four_corners
from tests.journeys.walk import answer, draft_of, requested, walk
from tests.journeys.workshop import document, set_up
from tests.support.clocks import StoppedClock
from tests.support.letterbox import Mail
from tests.support.visitor import Page, Visitor

PICTURE = file(four_corners(60, 40), "JPEG")
TIMES = ("2026-12-01T09:00", "2026-12-01T09:30", "2026-12-01T10:00")
REPAIRED = "2026-12-01T11:00"
REPAIRS = ("repair late", "repair booked", "repair cancelled", "repair held", "repair unfinished")
ASSESSED = "assessment unfinished"
KNOWN = (*REPAIRS, ASSESSED)
WORDS = dict.fromkeys(("nl", "fr", "de", "en"), "Classic")


@dataclass(frozen=True)
class World:
    """`drafts` are addresses, by what became of them; so are `links`, `mails`, `repairs` (drafts too) and `cases`.

    `photo` is that of the unfinished draft, `test_token` stands in the links of a test letter about a case.
    """

    drafts: dict[str, str]
    repairs: dict[str, str]
    cases: dict[str, str]
    mails: dict[str, Mail]
    photo: str
    test_token: str

    @property
    def links(self) -> dict[str, str]:
        return {name: links_of(mail)[0] for name, mail in self.mails.items()}

    def tokens(self, kind: str) -> list[str]:
        """The tokens that stand in mails behind `/<kind>/`, each once."""
        found = [
            link.partition(f"/{kind}/")[2].partition("/")[0]
            for mail in self.mails.values()
            for link in links_of(mail)
            if f"/{kind}/" in link
        ]
        return list(dict.fromkeys(found))


def links_of(mail: Mail) -> list[str]:
    """Every address of the portal in a mail, each once."""
    found = re.findall(r"""https://portal\.example\.com/[^\s"'<>]*""", mail.text + mail.html)
    return list(dict.fromkeys(found))


def personal(mail: Mail, ending: str = "") -> str:
    """An address of the booking's own page in its mail."""
    return next(link for link in links_of(mail) if "/booking/" in link and link.endswith(ending))


def build(app: Flask, visitor: Visitor, clock: StoppedClock, deliver: Callable[[], list[Mail]]) -> World:
    """Garage Peeters, which one may put into a frame and which repairs too, with a customer in every state."""
    garage = document("peeters") | {
        "allowed_sites": ["https://www.peeters.example.com"],
        "damage_flows": [{"slug": "classic", "default": True, "days": 3, "name": WORDS}],
    }
    hours = [{"days": "mon-fri", "open": ["09:00-12:00"]}]
    garage["locations"][0]["repair"] = [{"damage_flow": "classic", "hours": hours, "places": 3}]
    set_up(app, garage)
    known = {name: _case(app, name, clock) for name in KNOWN}
    drafts: dict[str, str] = {}
    repairs: dict[str, str] = {}
    mails: dict[str, Mail] = {}
    for name, time in zip(("late", "booked", "held"), TIMES, strict=True):
        drafts[name] = draft_of(requested(visitor, timeslot=time))
        [mails[name]] = deliver()
        if name == "late":
            repairs["repair late"] = _requested_repair(visitor, known["repair late"])
            [mails["repair late"]] = deliver()
            clock.forward(minutes=31)
        if name == "booked":
            visitor.open(mails[name].link).submit()
            [mails["booked since"]] = deliver()
    for name in ("repair booked", "repair cancelled", "repair held"):
        repairs[name] = _requested_repair(visitor, known[name])
        [mails[name]] = deliver()
        if name != "repair held":
            visitor.open(mails[name].link).submit()
            [mails[f"{name} since"]] = deliver()
    visitor.open(personal(mails["repair cancelled since"], "/cancel")).submit(sure=True)
    [mails["repair cancelled at last"]] = deliver()
    drafts[ASSESSED] = _draft(_begun(visitor, known[ASSESSED], "assessment"))
    repairs["repair unfinished"] = _draft(_begun(visitor, known["repair unfinished"]))
    photos = walk(visitor, "photos")
    drafts["unfinished"] = draft_of(photos)
    page = photos.submit("Add these photos", files={"overview": [("car.jpg", PICTURE)]})
    answer(page)
    photo = str(page.soup.select_one(".shot img")["src"]).rpartition("/")[2].removesuffix(".jpg")
    with app.app_context():
        (uid,) = wired().tokens.read("case", known["repair booked"])
        test_token = wired().tokens.sign("case_test", uid)
    return World(drafts, repairs, known, mails, photo, test_token)


def addresses(app: Flask, world: World, method: str) -> Iterator[tuple[Rule, str]]:
    """Every address of the public that answers `method`, in every state of the world.

    A new kind of address has to be named here. What is behind sign-in has tests of its own (`tests/web/staff`).
    """
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.rule.startswith("/staff"):
            continue
        found, values = [rule.rule], _values(world, rule.endpoint)
        for argument in rule.arguments:
            pattern = re.compile(rf"<(?:\w+:)?{argument}>")
            found = [pattern.sub(value, address) for address in found for value in values[argument]]
        yield from ((rule, address) for address in found)


def _values(world: World, endpoint: str) -> dict[str, list[str]]:
    """What may stand in an address, by the name of the argument."""
    part = endpoint.removeprefix("customer.").partition(".")[0]
    drafts = {"assessment": world.drafts, "repair": world.repairs}
    # The links of a case, and those of a test letter about one, lead the same ways.
    tokens = {
        "confirmation": world.tokens("confirm"),
        "booking": world.tokens("booking"),
        "unasked": world.tokens("unasked"),
        **{flow: [*world.cases.values(), world.test_token] for flow in ("assessment", "repair", "status")},
    }
    return {
        "garage": ["peeters"],
        "location": ["leuven"],
        "draft": [address.rpartition("/")[2] for address in drafts.get(part, {}).values()],
        "photo": [world.photo],
        "token": tokens.get(part, []),
        "name": ["0" * 32 + ".png"],
        "filename": ["css/customer.css"],
    }


def _case(app: Flask, name: str, clock: StoppedClock) -> str:
    """The token of a case of its own that Peeters knows."""
    with app.app_context():
        garage = garages.find("peeters")
        at = KNOWN.index(name)  # each of another customer, for letters to one mailbox are counted
        told = {"plate": f"2-REP-{at:03d}", "mail": f"customer{at}@example.com", "language": "en"}
        number = cases.create(garage, told, clock.now())
        uid = db.session.scalars(select(Case.uid).where(Case.number == number)).one()
        return wired().tokens.sign("case", uid)


def _begun(visitor: Visitor, token: str, flow: str = "repair") -> Page:
    return visitor.open(f"/peeters/{flow}/case/{token}").submit()


def _requested_repair(visitor: Visitor, token: str) -> str:
    """The address of the draft with which the repair of a case was asked for."""
    sent = answer(_begun(visitor, token), timeslot=REPAIRED).submit()
    assert sent.heading == "Not booked yet"
    return _draft(sent)


def _draft(page: Page) -> str:
    return page.path.rpartition("/")[0]
