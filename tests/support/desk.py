"""People at the desk: members with a role, and browsers in which they are signed in."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask

from portal.core import codes
from portal.db import db, transaction
from portal.domain.garage import queries as garages
from portal.domain.team import sign_ins
from portal.domain.team.models import Member, Membership
from portal.domain.team.rights import Role
from tests.support.visitor import Visitor

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def member(
    app: Flask,
    slug: str | None = None,
    role: Role = Role.OWNER,
    *,
    name: str = "",
    language: str = "en",
    locations: Sequence[str] | None = None,
    operator: bool = False,
    password: str | None = None,
) -> int:
    """A member, of the garage `slug` if that is given; the id. The address is `<name>@desk.example.com`."""
    name = name or str(role)
    with app.app_context():
        with transaction() as session:
            made = Member(
                email=f"{name.lower()}@desk.example.com",
                name=name.capitalize(),
                language=language,
                password=password,
                operator=operator,
                created_at=LONG_AGO,
                fs_uniquifier=codes.uid(),
            )
            session.add(made)
            session.flush()
            if slug is not None:
                garage = garages.known(slug)
                ids = None if locations is None else [garage.by_slug(each).id for each in locations]
                session.add(Membership(member_id=made.id, garage_id=garage.id, role=role, locations=ids))
            member_id = made.id
        db.session.remove()
    return member_id


def browser(app: Flask, base_url: str, member_id: int) -> Visitor:
    """A browser in which a member is signed in, as if the sign-in page had just been passed."""
    visitor = Visitor(app, base_url, cookies=True)
    with app.app_context():
        with transaction() as session:
            made = session.get_one(Member, member_id)
            uid = sign_ins.begin(
                session, member_id, device="Firefox, Linux", network="127.0.0.1", now=LONG_AGO
            )
            unique = made.fs_uniquifier
        db.session.remove()
    visitor.keep(_user_id=unique, _fresh=True, fs_paa=time.time(), sign_in=uid)
    return visitor


def at_desk(app: Flask, base_url: str, slug: str, role: Role = Role.OWNER, **more) -> Visitor:
    """A browser in which a new member of a garage is signed in."""
    return browser(app, base_url, member(app, slug, role, **more))
