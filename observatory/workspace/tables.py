"""Every table of the workspace, declared once; the migrations in `migrations/` make them.

Times are ISO 8601 in UTC, as text: the same on both databases, and in order when sorted. What has
a shape of its own (the content of an update, old and new of an audit row) is JSON, as text.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

ID = String(40)
TIME = String(40)
HASH = String(64)  # SHA-256 as hexadecimal digits
DATE = String(10)

METADATA = MetaData()

SAVED_VIEWS = Table(
    "saved_views",
    METADATA,
    Column("view_id", String(16), primary_key=True),
    Column("page", String(40), nullable=False),
    Column("search", Text, nullable=False),
    Column("snapshot_id", String(64), nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("content", Text, nullable=False),  # the rows as they were shown, as JSON
)

PEOPLE = Table(
    "people",
    METADATA,
    Column("person_id", ID, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),  # in lower case
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("city_id", ID),  # of a member city's person
    Column("password_hash", Text),  # none for those who sign in elsewhere
    Column("oidc_issuer", String(300)),
    Column("oidc_subject", String(300)),
    Column("has_notices", Boolean, nullable=False),
    Column("created_at", TIME, nullable=False),
    Column("disabled_at", TIME),
    Column("version", Integer, nullable=False),
    UniqueConstraint("oidc_issuer", "oidc_subject", name="people_oidc"),
)

INITIATIVE_OWNERS = Table(
    "initiative_owners",
    METADATA,
    Column("initiative_id", ID, primary_key=True),
    Column("person_id", ID, ForeignKey("people.person_id"), primary_key=True),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", HASH, primary_key=True),
    Column("person_id", ID, ForeignKey("people.person_id"), nullable=False, index=True),
    Column("form_token", String(64), nullable=False),
    Column("started_at", TIME, nullable=False),
    Column("seen_at", TIME, nullable=False),
    Column("ended_at", TIME),
    Column("address", String(64), nullable=False),
    Column("agent", String(300), nullable=False),
    Column("looks_as", Text),  # the role whose view an administrator has, as JSON; else none
)

ONE_TIME_LINKS = Table(
    "one_time_links",
    METADATA,
    Column("token_hash", HASH, primary_key=True),
    Column("purpose", String(20), nullable=False),  # first_admin, invitation, password
    Column("person_id", ID, ForeignKey("people.person_id")),
    Column("created_at", TIME, nullable=False),
    Column("ends_at", TIME, nullable=False),
    Column("used_at", TIME),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("token_hash", HASH, primary_key=True),
    Column("token_id", ID, nullable=False, unique=True),
    Column("person_id", ID, ForeignKey("people.person_id"), nullable=False),
    Column("label", String(100), nullable=False),
    Column("created_at", TIME, nullable=False),
    Column("ends_at", TIME, nullable=False),
    Column("revoked_at", TIME),
)

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("attempt_key", String(300), primary_key=True),  # of an account, or of an address
    Column("failures", Integer, nullable=False),
    Column("failed_at", TIME, nullable=False),
    Column("locked_until", TIME),
)

UPDATES = Table(
    "updates",
    METADATA,
    Column("update_id", ID, primary_key=True),
    Column("kind", String(20), nullable=False),  # actual, stage, milestone, risk, forecast
    Column("initiative_id", ID, nullable=False, index=True),
    Column("subject_id", ID, nullable=False),  # the measure, milestone or risk meant
    Column("period", String(20), nullable=False),  # "" where the kind has none
    Column("state", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("author_id", ID, ForeignKey("people.person_id"), nullable=False),
    Column("reviewer_id", ID, ForeignKey("people.person_id")),
    Column("created_at", TIME, nullable=False),
    Column("changed_at", TIME, nullable=False),
    Column("submitted_at", TIME),
    Column("reviewed_at", TIME),
    Column("published_at", TIME),
    Column("version", Integer, nullable=False),
    Index("updates_state", "state", "published_at"),
)

REMARKS = Table(
    "remarks",
    METADATA,
    Column("remark_id", ID, primary_key=True),
    Column("update_id", ID, ForeignKey("updates.update_id"), nullable=False, index=True),
    Column("person_id", ID, ForeignKey("people.person_id"), nullable=False),
    Column("said_at", TIME, nullable=False),
    Column("kind", String(12), nullable=False),  # submitted, returned, approved, comment
    Column("words", Text, nullable=False),
    Column("difference", Text),  # what changed since the last time, as JSON
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("decision_id", ID, primary_key=True),
    Column("node_id", ID, nullable=False, index=True),  # of the plan
    Column("words", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("due_date", DATE),
    Column("decided_on", DATE, nullable=False),
    Column("as_of", DATE, nullable=False),  # the date the meeting looked at
    Column("state", String(12), nullable=False),  # open, done, dropped
    Column("person_id", ID, ForeignKey("people.person_id"), nullable=False),
    Column("created_at", TIME, nullable=False),
    Column("changed_at", TIME, nullable=False),
    Column("version", Integer, nullable=False),
)

PLAN_IMPORTS = Table(
    "plan_imports",
    METADATA,
    Column("import_id", ID, primary_key=True),
    Column("imported_at", TIME, nullable=False),
    Column("person_id", ID, ForeignKey("people.person_id")),  # none from the command line
    Column("file_name", String(300), nullable=False),
    Column("content", Text, nullable=False),  # the plan as JSON
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("written_at", TIME, nullable=False),
    Column("person_id", ID),  # none for what the operator does on the machine
    Column("person_name", String(200), nullable=False),  # as it was then
    Column("address", String(64), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False, index=True),
    Column("old", Text),
    Column("new", Text),
    Column("why", Text, nullable=False),
    Column("previous_hash", HASH, nullable=False),
    Column("row_hash", HASH, nullable=False),
)

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("only", Integer, primary_key=True),  # one row, locked by whoever writes
    Column("sequence", BigInteger, nullable=False),
    Column("row_hash", HASH, nullable=False),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("message_id", ID, primary_key=True),
    Column("message_key", String(200), nullable=False, unique=True),  # nothing is told twice
    Column("person_id", ID, ForeignKey("people.person_id"), nullable=False),
    Column("email", String(254), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("words", Text, nullable=False),
    Column("created_at", TIME, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("sent_at", TIME),
)

REMINDERS_TOLD = Table(
    "reminders_told",
    METADATA,
    Column("person_id", ID, ForeignKey("people.person_id"), primary_key=True),
    Column("item_key", String(200), primary_key=True),  # what was told: a figure, by its due day
    Column("told_at", TIME, nullable=False),
)
