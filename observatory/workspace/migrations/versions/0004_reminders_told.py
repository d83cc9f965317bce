"""What reminders have told to whom, so that nothing is told twice."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reminders_told",
        sa.Column("person_id", sa.String(40), sa.ForeignKey("people.person_id"), primary_key=True),
        sa.Column("item_key", sa.String(200), primary_key=True),
        sa.Column("told_at", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("reminders_told")
