"""What a language model made of an advice, and what that cost."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "refinements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("advice_id", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("prompt", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("received", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("refused", sa.JSON, nullable=False),
        sa.Column("advice", sa.JSON, nullable=True),
    )


def downgrade() -> None:
    """Back to the playbook's words alone."""
    op.drop_table("refinements")
