"""Appointment, hours and pay.

Revision 0005: what appointed people hand in and their accounts, months confirmed, corrected and
paid, dated figures of the law, and layouts of the register.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "register_layout",
    "dated_figure",
    "payment",
    "hours_correction",
    "month_confirmation",
    "transfer_account",
    "hand_in",
)


def _programme_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("premium_day_minutes", sa.Integer(), nullable=False, server_default="480"),
        sa.Column("premium_week_minutes", sa.Integer(), nullable=False, server_default="2400"),
        sa.Column("premium_percent", sa.Integer(), nullable=False, server_default="25"),
        sa.Column("probation_days", sa.Integer(), nullable=True, server_default="15"),
        sa.Column("oath_required", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("transfer", sa.JSON(), nullable=False, server_default="{}"),
    )


def _appointment_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("student_type", sa.String(), nullable=False, server_default=""),
        sa.Column("needs_permit", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("permit_until", sa.Date(), nullable=True),
        sa.Column("other_week_minutes", sa.Integer(), nullable=True),
        sa.Column("usual_week", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("leaving_reason", sa.String(), nullable=False, server_default=""),
    )


def _statement_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("premium_yen", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("corrected_pay_yen", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("corrected_commuting_yen", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("cause", sa.String(), nullable=False, server_default=""),
    )


def upgrade() -> None:
    for table, columns in _widened():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "hand_in",
        _id(),
        sa.Column("appointment_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        _version(),
        _points_to("hand_in", "appointment", "CASCADE"),
        _known_by("hand_in"),
        _once("hand_in", "appointment_id", "kind"),
    )
    op.create_table(
        "transfer_account",
        _id(),
        sa.Column("appointment_id", _ID, nullable=False),
        sa.Column("bank_code", sa.String(), nullable=False),
        sa.Column("bank_kana", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("branch_kana", sa.String(), nullable=False),
        sa.Column("account_kind", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(), nullable=False),
        sa.Column("holder_kana", sa.String(), nullable=False),
        sa.Column("employee_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        _version(),
        _points_to("transfer_account", "appointment", "CASCADE"),
        _known_by("transfer_account"),
        _once("transfer_account", "appointment_id"),
    )
    _create_months()
    op.create_table(
        "dated_figure",
        _id(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        _version(),
        _known_by("dated_figure"),
        _once("dated_figure", "kind", "valid_from"),
    )
    op.create_table(
        "register_layout",
        _id(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        _version(),
        _known_by("register_layout"),
        _once("register_layout", "name"),
    )


def _create_months() -> None:
    op.create_table(
        "month_confirmation",
        _id(),
        sa.Column("appointment_id", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        _version(),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_month_confirmation_month")),
        _points_to("month_confirmation", "appointment", "CASCADE"),
        _known_by("month_confirmation"),
        _once("month_confirmation", "appointment_id", "year", "month"),
    )
    op.create_table(
        "hours_correction",
        _id(),
        sa.Column("appointment_id", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("pay_year", sa.Integer(), nullable=False),
        sa.Column("pay_month", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        _version(),
        sa.CheckConstraint("edition > 0", name=op.f("ck_hours_correction_edition")),
        sa.CheckConstraint("pay_month BETWEEN 1 AND 12", name=op.f("ck_hours_correction_pay_month")),
        _points_to("hours_correction", "appointment", "CASCADE"),
        _known_by("hours_correction"),
        _once("hours_correction", "appointment_id", "day", "edition"),
    )
    op.create_index(
        "ix_hours_correction_pay_month", "hours_correction", ["appointment_id", "pay_year", "pay_month"]
    )
    op.create_table(
        "payment",
        _id(),
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("yen", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["pay_statement.id"], name=op.f("fk_payment_statement_id"), ondelete="RESTRICT"
        ),
        _points_to("payment", "programme", "RESTRICT"),
        _known_by("payment"),
        _once("payment", "statement_id"),
    )
    op.create_index(op.f("ix_payment_programme_id"), "payment", ["programme_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_payment_programme_id"), table_name="payment")
    op.drop_index("ix_hours_correction_pay_month", table_name="hours_correction")
    for table in _TABLES:
        op.drop_table(table)
    for table, columns in reversed(_widened()):
        for column in reversed(columns):
            op.drop_column(table, column.name)


def _widened() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        ("programme", _programme_columns()),
        ("appointment", _appointment_columns()),
        ("pay_statement", _statement_columns()),
    )


def _id() -> sa.Column[Any]:
    return sa.Column("id", _ID, nullable=False)


def _version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer(), nullable=False)


def _known_by(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _points_to(table: str, other: str, when_deleted: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id"), ondelete=when_deleted
    )
