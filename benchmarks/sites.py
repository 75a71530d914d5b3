"""A portal with a database and a folder of its own, set up as a garage would do it, and the processes it needs."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from flask import Flask
from flask_login.utils import _create_identifier

from benchmarks import databases, processes, servers
from benchmarks.servers import Server
from portal import clock, config, create_app
from portal.adapters.tokens import Tokens
from portal.core import codes
from portal.db import db, transaction
from portal.domain.garage import file, service
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.domain.team import sign_ins
from portal.domain.team.models import Member, Membership
from portal.domain.team.rights import Role
from portal.wiring import wired

GARAGE_FILE = Path(__file__).parent / "garage.toml"
SECRET = "only-for-measuring-" * 2


@dataclass(frozen=True)
class Site:
    """One installation of the portal."""

    folder: Path
    database: databases.Database
    app: Flask
    smtp_port: int
    env: dict[str, str]

    def serve(self, *options: str) -> AbstractContextManager[Server]:
        """Its web server."""
        return servers.serving("wsgi:app", self.env, self.folder, "/healthz", options)

    def serve_row(self) -> AbstractContextManager[Server]:
        """The yardstick ROW on the same database and the same kind of server."""
        url = self.database.url.replace("postgresql://", "postgresql+psycopg://")
        return servers.serving("benchmarks.row:app", {"ROW_DATABASE_URL": url}, self.folder, "/")

    def work(self) -> AbstractContextManager[int]:
        """Its worker, the process that sends mail."""
        return processes.running(
            "flask", "--app", "wsgi", "worker", env=self.env, log=self.folder / "worker.log"
        )

    def confirmation(self, uid: str) -> str:
        """The address of the confirmation link of a request."""
        return f"/bench/confirm/{Tokens(SECRET, []).sign('confirm', uid, 1)}"

    def status(self, uid: str) -> str:
        """The address of the status page of a case."""
        return f"/bench/status/{Tokens(SECRET, []).sign('case', uid)}"

    def signed_in(self, garage: GarageView) -> str:
        """The session cookie of a new owner of the garage, as if the sign-in page had just been passed."""
        browser = self.app.test_client()
        now, url = clock.now(), f"http://{processes.HOST}"
        with self.app.app_context(), transaction() as session:
            member = Member(
                email="owner@example.com",
                name="Owner",
                language="en",
                created_at=now,
                fs_uniquifier=codes.uid(),
            )
            session.add(member)
            session.flush()
            session.add(Membership(member_id=member.id, garage_id=garage.id, role=Role.OWNER))
            uid = sign_ins.begin(session, member.id, device="Bench", network=processes.HOST, now=now)
            unique = member.fs_uniquifier
        with self.app.test_request_context(base_url=url, environ_base={"REMOTE_ADDR": processes.HOST}):
            same_browser = _create_identifier()  # else every page would take the browser for another one
        with browser.session_transaction("/staff/", base_url=url) as kept:
            kept.permanent = True  # as every page of the desk leaves it
            kept.update(_user_id=unique, _fresh=True, _id=same_browser, sign_in=uid)
        cookie = browser.get_cookie("desk", processes.HOST, "/staff")
        assert cookie is not None, "the session was kept"
        return cookie.value

    def garage(self, horizon_days: int = 60, locations: int = 1) -> GarageView:
        """The measured garage; another one for every other horizon and number of locations."""
        slug = "bench" if (horizon_days, locations) == (60, 1) else f"bench-{horizon_days}-{locations}"
        with self.app.app_context():
            described = file.read(GARAGE_FILE)
            place = described.locations[0]
            assert place.assessment is not None
            hours = place.assessment.model_copy(update={"horizon_days": horizon_days})
            names = [place.slug, *(f"{place.slug}-{number}" for number in range(2, locations + 1))]
            places = [place.model_copy(update={"assessment": hours, "slug": name}) for name in names]
            described = described.model_copy(update={"slug": slug, "locations": places})
            service.apply(described, folder=GARAGE_FILE.parent, storage=wired().storage, now=clock.now())
            view = garages.find(slug)
            db.session.remove()
            return view


@contextmanager
def site(kind: str, smtp_port: int = 9) -> Iterator[Site]:
    """A new portal on an empty database of `kind`, whose mail goes to `smtp_port` of this machine."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        with databases.empty(kind, folder) as database:
            settings = {
                "secret_key": SECRET,
                "base_url": f"http://{processes.HOST}",
                "data_dir": name,
                "database_url": database.url,
                "rate_limits": "false",
                "smtp_host": processes.HOST,
                "smtp_port": str(smtp_port),
                "smtp_security": "none",
                "smtp_timeout_seconds": "5",
            }
            app = create_app(config.read(**settings))
            env = {f"PORTAL_{key.upper()}": value for key, value in settings.items()}
            with app.app_context():
                flask_migrate.upgrade()
                db.session.remove()
            made = Site(folder, database, app, smtp_port, env)
            made.garage()
            yield made
            with app.app_context():
                db.engine.dispose()
