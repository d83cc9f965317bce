"""Every table of the workspace, declared once; the migrations in `migrations/` make them."""

from sqlalchemy import Column, MetaData, String, Table, Text

METADATA = MetaData()

SAVED_VIEWS = Table(
    "saved_views",
    METADATA,
    Column("view_id", String(16), primary_key=True),
    Column("page", String(40), nullable=False),
    Column("search", Text, nullable=False),
    Column("snapshot_id", String(64), nullable=False),
    Column("saved_at", String(32), nullable=False),  # ISO 8601 in UTC: the same on both databases
    Column("content", Text, nullable=False),  # the rows as they were shown, as JSON
)
