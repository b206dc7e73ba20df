"""What is at hand, live: states, reservations and their history; staff and their guidance."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("resource_states", "reservations", "resource_events", "staff", "staff_turns")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "resource_states",
        sa.Column("site", sa.String(100), primary_key=True),
        sa.Column("resource", sa.String(100), primary_key=True),
        sa.Column("status", sa.String(20), nullable=True),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("count", sa.Integer, nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
    )
    op.create_table(
        "reservations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("site", sa.String(100), nullable=False),
        sa.Column("resource", sa.String(100), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("closed_as", sa.String(20), nullable=False),
        sa.Column("advice", sa.String(64), nullable=False),
        sa.Column("action", sa.String(300), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
    )
    op.create_index("ix_reservations_site_until", "reservations", ["site", "until"])
    op.create_table(
        "resource_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("site", sa.String(100), nullable=False),
        sa.Column("resource", sa.String(100), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("count", sa.Integer, nullable=True),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_resource_events_site_at", "resource_events", ["site", "at"])
    op.create_table(
        "staff",
        sa.Column("site", sa.String(100), primary_key=True),
        sa.Column("staff", sa.String(64), primary_key=True),
        sa.Column("guidance", sa.String(20), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
    )
    op.create_table(
        "staff_turns",
        sa.Column("turn", sa.String(64), primary_key=True),
        sa.Column("site", sa.String(100), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("guidance", sa.String(20), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
    )
    op.create_index("ix_staff_turns_site_staff", "staff_turns", ["site", "staff"])


def downgrade() -> None:
    """Forget what was live."""
    for name in reversed(TABLES):
        op.drop_table(name)
