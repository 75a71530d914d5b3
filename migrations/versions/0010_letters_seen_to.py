"""a failed letter is seen to"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("seen_to_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("seen_to_by", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.drop_column("seen_to_by")
        table.drop_column("seen_to_at")
