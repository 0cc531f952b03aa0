"""Alembic's door: always over a connection that the program opened."""

from __future__ import annotations

from alembic import context

from fujisawa_desktop.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
