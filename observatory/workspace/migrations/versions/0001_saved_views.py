"""Saved views."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table of saved views."""
    op.create_table(
        "saved_views",
        sa.Column("view_id", sa.String(16), primary_key=True),
        sa.Column("page", sa.String(40), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("snapshot_id", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("saved_views")
