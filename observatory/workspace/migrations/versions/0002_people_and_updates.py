"""People, sessions, updates of the plan, decisions, the audit trail and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.String(40)
TIME = sa.String(40)
HASH = sa.String(64)
DATE = sa.String(10)
TABLES = (
    "people",
    "initiative_owners",
    "sessions",
    "one_time_links",
    "tokens",
    "attempts",
    "updates",
    "remarks",
    "decisions",
    "plan_imports",
    "audit",
    "audit_head",
    "outbox",
)
FIRST_HASH = "0" * 64


def upgrade() -> None:
    """Make the tables, and the head of an empty audit trail."""
    _people()
    _plan()
    _audit()
    head = sa.table("audit_head", sa.column("only"), sa.column("sequence"), sa.column("row_hash"))
    op.bulk_insert(head, [{"only": 1, "sequence": 0, "row_hash": FIRST_HASH}])


def downgrade() -> None:
    """Drop them."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", ID, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("city_id", ID),
        sa.Column("password_hash", sa.Text()),
        sa.Column("oidc_issuer", sa.String(300)),
        sa.Column("oidc_subject", sa.String(300)),
        sa.Column("has_notices", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME),
        sa.Column("reviewed_to", TIME),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name="people_oidc"),
    )
    op.create_table(
        "initiative_owners",
        sa.Column("initiative_id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id"), primary_key=True),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", HASH, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("form_token", sa.String(64), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(300), nullable=False),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", HASH, primary_key=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id")),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
    )
    op.create_table(
        "tokens",
        sa.Column("token_hash", HASH, primary_key=True),
        sa.Column("token_id", ID, nullable=False, unique=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
    )
    op.create_table(
        "attempts",
        sa.Column("attempt_key", sa.String(300), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", TIME, nullable=False),
        sa.Column("locked_until", TIME),
    )


def _plan() -> None:
    op.create_table(
        "updates",
        sa.Column("update_id", ID, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("initiative_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("author_id", ID, sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("reviewer_id", ID, sa.ForeignKey("people.person_id")),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("submitted_at", TIME),
        sa.Column("reviewed_at", TIME),
        sa.Column("published_at", TIME),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_updates_initiative_id", "updates", ["initiative_id"])
    op.create_index("updates_state", "updates", ["state", "published_at"])
    op.create_table(
        "remarks",
        sa.Column("remark_id", ID, primary_key=True),
        sa.Column("update_id", ID, sa.ForeignKey("updates.update_id"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("said_at", TIME, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("difference", sa.Text()),
    )
    op.create_index("ix_remarks_update_id", "remarks", ["update_id"])
    op.create_table(
        "decisions",
        sa.Column("decision_id", ID, primary_key=True),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due_date", DATE),
        sa.Column("decided_on", DATE, nullable=False),
        sa.Column("as_of", DATE, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_decisions_node_id", "decisions", ["node_id"])
    op.create_table(
        "plan_imports",
        sa.Column("import_id", ID, primary_key=True),
        sa.Column("imported_at", TIME, nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id")),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("person_name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("previous_hash", HASH, nullable=False),
        sa.Column("row_hash", HASH, nullable=False),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_table(
        "audit_head",
        sa.Column("only", sa.Integer(), primary_key=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", HASH, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("message_id", ID, primary_key=True),
        sa.Column("message_key", sa.String(200), nullable=False, unique=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("sent_at", TIME),
    )
