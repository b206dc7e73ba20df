"""Training: groups of people, and drills assigned to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "training_groups",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("members", sa.JSON, nullable=False),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("scenario", sa.String(200), nullable=False),
        sa.Column("difficulty", sa.Integer, nullable=True),
        sa.Column("due", sa.Date, nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_assignments_audience_who", "assignments", ["audience", "who"])


def downgrade() -> None:
    """Groups and assignments are forgotten; the drills themselves stay."""
    op.drop_index("ix_assignments_audience_who", "assignments")
    op.drop_table("assignments")
    op.drop_table("training_groups")
