"""the other cases of a car are found by its chassis number, without walking through all cars"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_vehicle_by_vin", "vehicle", ["garage_id", "vin"])


def downgrade() -> None:
    op.drop_index("ix_vehicle_by_vin", "vehicle")
