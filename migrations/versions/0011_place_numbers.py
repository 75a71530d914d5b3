"""no place of a timeslot is booked twice; what is kept outside the hours is kept on purpose"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SLOT = ("location_id", "day", "start_minute", "flow", "damage_flow")


def upgrade() -> None:
    op.add_column("booking", sa.Column("place_number", sa.Integer(), nullable=True))
    op.add_column("booking", sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
    booking = sa.table("booking", *map(sa.column, ("id", "state", "place_number", *SLOT)))
    other = booking.alias()
    same = (other.c[name] == booking.c[name] for name in SLOT)
    before = sa.select(sa.func.count()).where(*same, other.c.state == "booked", other.c.id <= booking.c.id)
    op.execute(
        booking.update()
        .where(booking.c.state == "booked")
        .values(place_number=before.correlate(booking).scalar_subquery())
    )
    taken = sa.text("state = 'booked'")
    op.create_index(
        "uq_booking_place",
        "booking",
        [*SLOT, "place_number"],
        unique=True,
        sqlite_where=taken,
        postgresql_where=taken,
    )


def downgrade() -> None:
    op.drop_index("uq_booking_place", "booking")
    with op.batch_alter_table("booking") as table:
        table.drop_column("kept_at")
        table.drop_column("place_number")
