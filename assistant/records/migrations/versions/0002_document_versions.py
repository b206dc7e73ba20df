"""Documents with versions, days of validity, the file they came from, and remarks on what was left out."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW = ("number", "source", "valid_from", "valid_until", "remarks")


def upgrade() -> None:
    """Add the columns, with what is true of documents taken in before, and the table of other versions."""
    op.add_column("documents", sa.Column("number", sa.Integer, nullable=False, server_default="1"))
    op.add_column("documents", sa.Column("source", sa.Text, nullable=False, server_default=""))
    op.add_column("documents", sa.Column("valid_from", sa.Date, nullable=True))
    op.add_column("documents", sa.Column("valid_until", sa.Date, nullable=True))
    op.add_column("documents", sa.Column("remarks", sa.JSON, nullable=False, server_default=sa.text("'[]'")))
    op.create_table(
        "document_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("name", sa.String(1000), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("version", sa.String(100), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("playbooks", sa.JSON, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=True),
        sa.Column("valid_until", sa.Date, nullable=True),
        sa.Column("remarks", sa.JSON, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("scheduled", sa.Boolean, nullable=False),
        sa.UniqueConstraint("collection", "name", "number"),
    )


def downgrade() -> None:
    """Keep the active versions alone."""
    op.drop_table("document_versions")
    for name in reversed(NEW):
        op.drop_column("documents", name)
