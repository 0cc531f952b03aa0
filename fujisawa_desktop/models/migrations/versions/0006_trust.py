"""Trust: a journal that refuses to be rewritten, periods of retention, seats on a server.

Revision 0006.  The triggers stand in the database itself, so that no other program which opens the
file changes an entry unnoticed.  What a payload says of a person may be erased, and only by an entry
that says so.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ERASURE_ONLY = (
    "NEW.erased_by IS NOT NULL AND NEW.seq = OLD.seq AND EXISTS"
    " (SELECT 1 FROM journal_entry WHERE seq = NEW.erased_by AND kind = 'erased')"
)
_LOCKED = (
    ("journal_entry", "UPDATE", ""),
    ("journal_entry", "DELETE", ""),
    ("journal_payload", "UPDATE", _ERASURE_ONLY),
    ("journal_payload", "DELETE", ""),
    ("journal_subject", "UPDATE", ""),
    ("journal_subject", "DELETE", ""),
)

_KEYS = (
    "DO $$ DECLARE one record; BEGIN"
    " FOR one IN SELECT conrelid::regclass AS holder, conname FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    " LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I {}', one.holder, one.conname);"
    " END LOOP; END $$"
)
"""Every key may be looked at as late as the commit, as a file does when told to: undo needs that, and
a copy.  An act asks for it; without asking, a key is looked at at once."""


def upgrade() -> None:
    with op.batch_alter_table("journal_payload") as batch:
        batch.add_column(sa.Column("erased_by", _ID, nullable=True))
        batch.create_foreign_key(
            op.f("fk_journal_payload_erased_by"), "journal_entry", ["erased_by"], ["seq"], ondelete="RESTRICT"
        )
    op.create_table(
        "retention_rule",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_retention_rule_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("programme_id", "category", name=op.f("uq_retention_rule_programme_id_category")),
    )
    op.create_table(
        "seat",
        sa.Column("id", _ID, nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("course_id", _ID, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_seat_course_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("login", name=op.f("uq_seat_login")),
    )
    with op.batch_alter_table("seat") as batch:
        batch.create_index(op.f("ix_seat_course_id"), ["course_id"])
    if op.get_bind().dialect.name == "sqlite":
        _lock_on_sqlite()
    else:
        _lock_on_postgresql()
        op.execute(_KEYS.format("DEFERRABLE INITIALLY IMMEDIATE"))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, _allowed in _LOCKED:
        name = _trigger(table, act)
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
    if not on_sqlite:
        op.execute(_KEYS.format("NOT DEFERRABLE"))
        op.execute("DROP FUNCTION journal_is_kept()")
        for table, act, allowed in _LOCKED:
            if allowed:
                op.execute(f"DROP FUNCTION {_trigger(table, act)}()")
    op.drop_table("seat")
    op.drop_table("retention_rule")
    with op.batch_alter_table("journal_payload") as batch:
        batch.drop_constraint(op.f("fk_journal_payload_erased_by"), type_="foreignkey")
        batch.drop_column("erased_by")


def _trigger(table: str, act: str) -> str:
    return f"{table}_refuses_{act.lower()}"


def _lock_on_sqlite() -> None:
    for table, act, allowed in _LOCKED:
        condition = f"WHEN NOT ({allowed}) " if allowed else ""
        op.execute(
            f"CREATE TRIGGER {_trigger(table, act)} BEFORE {act} ON {table} "
            f"{condition}BEGIN SELECT RAISE(ABORT, 'the journal is kept as it was written'); END"
        )


def _lock_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'the journal is kept as it was written'; END $$"
    )
    for table, act, allowed in _LOCKED:
        # A condition of a trigger may not hold a query there: the function that allows it asks itself.
        if allowed:
            op.execute(
                f"CREATE FUNCTION {_trigger(table, act)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF NOT ({allowed}) THEN RAISE EXCEPTION 'the journal is kept as it was written'; END IF;"
                " RETURN NEW; END $$"
            )
        function = f"{_trigger(table, act)}()" if allowed else "journal_is_kept()"
        op.execute(
            f"CREATE TRIGGER {_trigger(table, act)} BEFORE {act} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}"
        )
