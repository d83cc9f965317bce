"""No day of the last review with a person: sessions tell when somebody was last here."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Drop the column, which nothing has ever filled."""
    op.drop_column("people", "reviewed_to")


def downgrade() -> None:
    """Make it again, empty as it was."""
    op.add_column("people", sa.Column("reviewed_to", sa.String(40)))
