"""The proof that somebody, or one case, was erased, which says nothing about who it was."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Erasure(Model):
    """Somebody, or one case, was erased. `counts`: how many rows of each kind went, or were made nobody's.

    `seal` is made of the address, or of the uid of the case, with a secret of the portal: it tells nothing, but whoever
    comes back with a restored backup is known by it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"), index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    seal: Mapped[str]
    counts: Mapped[dict] = mapped_column(JSON, default=dict)
