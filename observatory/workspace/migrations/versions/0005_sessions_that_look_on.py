"""Sessions of administrators that look at the pages as somebody of another role."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("sessions", sa.Column("looks_as", sa.Text()))


def downgrade() -> None:
    """Drop it: whoever looks as another is oneself again."""
    op.drop_column("sessions", "looks_as")
