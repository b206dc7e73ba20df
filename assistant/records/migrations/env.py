"""Alembic's entry point: runs on the connection that `records.database` hands over."""

from alembic import context

from assistant.records.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
