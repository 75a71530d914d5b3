"""a garage asks for another time, or cancels"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("move_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("booking", sa.Column("called_off", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("booking") as table:
        table.drop_column("called_off")
        table.drop_column("move_asked_at")
