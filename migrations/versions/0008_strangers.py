"""letters a stranger can cause; one mailbox whatever its spelling"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("tally", sa.String(), server_default="", nullable=False))
    op.add_column("message", sa.Column("held_back", sa.String(), server_default="", nullable=False))
    op.add_column("message", sa.Column("unwanted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_message_tally", "message", ["tally", "queued_at"])
    op.add_column("booking", sa.Column("mailbox", sa.String(), server_default="", nullable=False))
    op.execute("UPDATE booking SET mailbox = lower(email)")
    op.create_index("ix_booking_mailbox", "booking", ["mailbox"])


def downgrade() -> None:
    op.drop_index("ix_booking_mailbox", "booking")
    op.drop_index("ix_message_tally", "message")
    with op.batch_alter_table("booking") as table:
        table.drop_column("mailbox")
    with op.batch_alter_table("message") as table:
        table.drop_column("unwanted_at")
        table.drop_column("held_back")
        table.drop_column("tally")
