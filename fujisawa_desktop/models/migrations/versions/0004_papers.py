"""Papers.

Revision 0004: wording changed by clerks, the ledger of document numbers, the items of the terms of
work and their changes, and what was erased.
"""

from __future__ import annotations

import tomllib
import unicodedata

import sqlalchemy as sa
from alembic import op

from fujisawa_desktop.paths import resources_dir

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_USE = sa.Enum("issued", "void", "elsewhere", name="numberuse", native_enum=False, length=32)
_EMPTY = "{}"
_SHIPPED = "r6.toml"
_EARLIER_TEXTS = {"press_release", "course_sheet"}
"""Tables that only the earlier form has."""
_HIGHEST = 99_999
"""As rules.numbering has it; a longer figure was no number of a ledger."""


def upgrade() -> None:
    op.create_table(
        "paper_template",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("edition > 0", name=op.f("ck_paper_template_edition")),
        _points_to("paper_template", "programme", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_template")),
        sa.UniqueConstraint(
            "programme_id", "kind", "edition", name=op.f("uq_paper_template_programme_id_kind_edition")
        ),
    )
    op.create_table(
        "document_number",
        sa.Column("id", _ID, nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("use", _USE, nullable=False),
        sa.Column("programme_id", _ID, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_document_number_number")),
        _points_to("document_number", "programme", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_number")),
        sa.UniqueConstraint(
            "sign", "fiscal_year", "number", name=op.f("uq_document_number_sign_fiscal_year_number")
        ),
    )
    op.create_table(
        "terms_change",
        sa.Column("id", _ID, nullable=False),
        sa.Column("appointment_id", _ID, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("edition > 0", name=op.f("ck_terms_change_edition")),
        _points_to("terms_change", "appointment", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_change")),
        sa.UniqueConstraint("appointment_id", "edition", name=op.f("uq_terms_change_appointment_id_edition")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("kept_from", sa.Date(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        _points_to("erasure", "programme", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_programme_id"), "erasure", ["programme_id"], unique=False)
    op.add_column("notice", sa.Column("page_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("appointment", sa.Column("conditions", sa.JSON(), nullable=False, server_default=_EMPTY))
    op.add_column("programme", sa.Column("conditions", sa.JSON(), nullable=False, server_default=_EMPTY))
    _enter_numbers_issued()
    _renew_published_texts()


def _enter_numbers_issued() -> None:
    """Enter into the ledger what letters of older versions bear: such a number is not free."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT p.document_sign, n.programme_id, n.kind, n.document_number, n.dated, n.issued_at"
            " FROM notice n JOIN programme p ON p.id = n.programme_id"
            " WHERE n.document_number <> '' AND p.document_sign <> '' ORDER BY n.id"
        ).columns(dated=sa.Date(), issued_at=sa.DateTime())
    )
    ledger: dict[tuple[str, int, int], dict[str, object]] = {}
    for row in rows:
        typed = unicodedata.normalize("NFKC", row.document_number).strip()
        year = row.dated.year if row.dated.month >= 4 else row.dated.year - 1
        if not (typed.isdecimal() and 0 < int(typed) <= _HIGHEST):
            continue
        line = {
            "sign": row.document_sign,
            "fiscal_year": year,
            "number": int(typed),
            "use": "issued",
            "programme_id": row.programme_id,
            "kind": row.kind,
            "subject": "",
            "dated": row.dated,
            "taken_at": row.issued_at,
            "actor": "",
            "reason": "",
            "version": 1,
        }
        ledger.setdefault((row.document_sign, year, int(typed)), line)
    if ledger:
        table = sa.table(
            "document_number",
            *(sa.column(name) for name in next(iter(ledger.values())) if name not in {"dated", "taken_at"}),
            sa.column("dated", sa.Date()),
            sa.column("taken_at", sa.DateTime()),
        )
        op.bulk_insert(table, list(ledger.values()))


def _renew_published_texts() -> None:
    """Put the texts of public papers into their new form, and the usual words of the terms beside them.

    Until now nothing printed them and no window changed them: every file holds what came with its
    programme, in a form whose figures were typed.  The new form takes them from the data.
    """
    shipped = tomllib.loads((resources_dir() / "programmes" / _SHIPPED).read_text(encoding="utf-8"))
    table = sa.table(
        "programme", sa.column("id"), sa.column("texts", sa.JSON()), sa.column("conditions", sa.JSON())
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.texts)).all():
        if not _EARLIER_TEXTS & row.texts.keys():
            continue
        others = {key: text for key, text in row.texts.items() if key not in {*_EARLIER_TEXTS, "flyer"}}
        renewed = {"texts": others | shipped["texts"], "conditions": shipped["conditions"]}
        connection.execute(sa.update(table).where(table.c.id == row.id).values(renewed))


def _points_to(table: str, other: str, when_deleted: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id"), ondelete=when_deleted
    )


def downgrade() -> None:
    op.drop_column("programme", "conditions")
    op.drop_column("appointment", "conditions")
    op.drop_column("notice", "page_count")
    op.drop_index(op.f("ix_erasure_programme_id"), table_name="erasure")
    for table in ("erasure", "terms_change", "document_number", "paper_template"):
        op.drop_table(table)
