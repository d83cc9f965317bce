"""Alembic's environment: migrates the connection that `workspace/engine.py` hands over."""

from alembic import context

from observatory.workspace.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite alters tables by copying them
)
with context.begin_transaction():
    context.run_migrations()
