"""words of letters, and letters as they were sent"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("garage_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["garage_id"], ["garage.id"], name=op.f("fk_letter_words_garage_id_garage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_words")),
        sa.UniqueConstraint(
            "garage_id", "letter", "language", name=op.f("uq_letter_words_garage_id_letter_language")
        ),
    )
    op.create_table(
        "written_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("garage_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_written_letter_case_id_case")),
        sa.ForeignKeyConstraint(
            ["garage_id"], ["garage.id"], name=op.f("fk_written_letter_garage_id_garage")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_written_letter_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_letter")),
        sa.UniqueConstraint("uid", name=op.f("uq_written_letter_uid")),
    )
    with op.batch_alter_table("written_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_written_letter_garage_id"), ["garage_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_letter_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("written_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_written_letter_case_id"))
        batch_op.drop_index(batch_op.f("ix_written_letter_garage_id"))

    op.drop_table("written_letter")
    op.drop_table("letter_words")
