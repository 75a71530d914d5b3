"""Members, what they are at which garage, and where they are signed in.

The columns that Flask-Security reads keep the names it gives them.
"""

from datetime import datetime
from typing import Any

from flask_security.core import UserMixin, WebAuthnMixin
from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.domain.audit.service import COMMAND_LINE


class Passkey(Model, WebAuthnMixin):
    """A key on a member's device that signs in without a password."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list | None] = mapped_column(MutableList.as_mutable(JSON()))
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str]
    usage: Mapped[str]

    def get_user_mapping(self) -> dict[str, int]:
        """How Flask-Security finds the member of a key."""
        return {"id": self.member_id}


class Member(Model, UserMixin):
    """A person who signs in. `operator` may create and activate garages.

    `fs_uniquifier` stands in every session: a new one signs the member out everywhere.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    # None: only a passkey opens.
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    operator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    mf_recovery_codes: Mapped[list | None] = mapped_column(MutableList.as_mutable(JSON()))
    webauthn: Mapped[list[Passkey]] = relationship(cascade="all, delete-orphan")  # type: ignore[assignment]

    @property
    def roles(self) -> list[Any]:  # type: ignore[override]
        """None that Flask-Security should know of: a role is held at a garage (`Membership`)."""
        return []


class Membership(Model):
    """What a member is at one garage; `locations` are the ids of the locations it is for, None for all."""

    __table_args__ = (UniqueConstraint("member_id", "garage_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"), index=True)
    role: Mapped[str]
    locations: Mapped[list | None] = mapped_column(JSON)


class Invitation(Model):
    """Somebody was asked to join. Ends by being accepted, withdrawn or too old."""

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"), index=True)
    email: Mapped[str]
    role: Mapped[str]
    locations: Mapped[list | None] = mapped_column(JSON)
    language: Mapped[str]
    invited_by: Mapped[str]
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def inviter(self) -> str | None:
        """Who asked, by name; None where it was done on the command line, as for the first owner."""
        return None if self.invited_by == COMMAND_LINE.name else self.invited_by


class SignIn(Model):
    """One browser in which a member is signed in, until it `ended_at`."""

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    device: Mapped[str]
    network: Mapped[str]
    ended_at: Mapped[datetime | None]
