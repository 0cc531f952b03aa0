"""First schema.

Revision 0001: every table of the first release.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal_entry",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "act", "undo", "redo", "issued", "founded", name="entrykind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("payload_digest", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_entry")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("short_title", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("sender_note", sa.String(), nullable=False),
        sa.Column("document_sign", sa.String(), nullable=False),
        sa.Column("employment_kind", sa.String(), nullable=False),
        sa.Column("eligibility", sa.String(), nullable=False),
        sa.Column("workplace", sa.String(), nullable=False),
        sa.Column("workplace_note", sa.String(), nullable=False),
        sa.Column("home_page_url", sa.String(), nullable=False),
        sa.Column("entry_from", sa.Date(), nullable=False),
        sa.Column("entry_until", sa.Date(), nullable=False),
        sa.Column("entry_deadline", sa.DateTime(), nullable=False),
        sa.Column("first_result_on", sa.Date(), nullable=False),
        sa.Column("interview_from", sa.Date(), nullable=False),
        sa.Column("interview_until", sa.Date(), nullable=False),
        sa.Column("final_result_on", sa.Date(), nullable=True),
        sa.Column("final_result_text", sa.String(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_until", sa.Date(), nullable=False),
        sa.Column("interview_slot_minutes", sa.Integer(), nullable=False),
        sa.Column("interview_gap_minutes", sa.Integer(), nullable=False),
        sa.Column("interview_day_from", sa.Time(), nullable=False),
        sa.Column("interview_day_until", sa.Time(), nullable=False),
        sa.Column("lunch_from", sa.Time(), nullable=True),
        sa.Column("lunch_until", sa.Time(), nullable=True),
        sa.Column("cap_minutes", sa.Integer(), nullable=False),
        sa.Column("cap_inclusive", sa.Boolean(), nullable=False),
        sa.Column("cap_sources", sa.JSON(), nullable=False),
        sa.Column("week_days_min", sa.Integer(), nullable=False),
        sa.Column("week_days_max", sa.Integer(), nullable=False),
        sa.Column("pay_rounding", sa.String(), nullable=False),
        sa.Column("pay_day", sa.Integer(), nullable=True),
        sa.Column("pay_month_offset", sa.Integer(), nullable=False),
        sa.Column("commuting_mode", sa.String(), nullable=False),
        sa.Column("commuting_cap_yen", sa.Integer(), nullable=True),
        sa.Column("tax_column", sa.String(), nullable=False),
        sa.Column("minimum_wages", sa.JSON(), nullable=False),
        sa.Column("school_words", sa.JSON(), nullable=False),
        sa.Column("refused_words", sa.JSON(), nullable=False),
        sa.Column("withdrawn_words", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cap_minutes >= 0", name=op.f("ck_programme_cap")),
        sa.CheckConstraint("entry_from <= entry_until", name=op.f("ck_programme_entry_period")),
        sa.CheckConstraint("interview_from <= interview_until", name=op.f("ck_programme_interview_period")),
        sa.CheckConstraint(
            "interview_slot_minutes > 0 AND interview_gap_minutes >= 0", name=op.f("ck_programme_slot")
        ),
        sa.CheckConstraint("term_from <= term_until", name=op.f("ck_programme_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "applicant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_entered", sa.String(), nullable=False),
        sa.Column("name_official", sa.String(), nullable=True),
        sa.Column("character_note", sa.String(), nullable=False),
        sa.Column("kana", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column(
            "sort_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("school_category", sa.String(), nullable=False),
        sa.Column("faculty", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("graduation", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_applicant_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant")),
    )
    with op.batch_alter_table("applicant", schema=None) as batch_op:
        batch_op.create_index(
            "ix_applicant_list", ["programme_id", "sort_key", "id", "search_key"], unique=False
        )

    op.create_table(
        "closed_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_closed_day_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
        sa.UniqueConstraint("programme_id", "day", name=op.f("uq_closed_day_programme_id_day")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("persons", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_contact_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_contact_programme_id_position")),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("host_department", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("capacity_approximate", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("tagline", sa.String(), nullable=False),
        sa.Column("flyer_text", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("background", sa.String(), nullable=False),
        sa.Column("initiatives", sa.String(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=False),
        sa.Column("match_words", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_course_capacity")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_course_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_course_programme_id_name")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "hourly_rate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("yen", sa.Integer(), nullable=False),
        sa.CheckConstraint("yen > 0", name=op.f("ck_hourly_rate_yen")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_hourly_rate_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hourly_rate")),
        sa.UniqueConstraint("programme_id", "from_day", name=op.f("uq_hourly_rate_programme_id_from_day")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_import_batch_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "interviewer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_interviewer_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviewer")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_interviewer_programme_id_name")),
    )
    op.create_table(
        "journal_payload",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"], ["journal_entry.seq"], name=op.f("fk_journal_payload_seq"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_payload")),
    )
    op.create_table(
        "journal_subject",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"], ["journal_entry.seq"], name=op.f("fk_journal_subject_seq"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_subject")),
    )
    with op.batch_alter_table("journal_subject", schema=None) as batch_op:
        batch_op.create_index("ix_journal_subject", ["kind", "subject_id", "seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_subject_seq"), ["seq"], unique=False)

    op.create_table(
        "work_pattern",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("break_from", sa.Time(), nullable=True),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_work_pattern_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_pattern")),
        sa.UniqueConstraint("programme_id", "sign", name=op.f("uq_work_pattern_programme_id_sign")),
    )
    op.create_table(
        "applicant_availability",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_applicant_availability_order")),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicant.id"],
            name=op.f("fk_applicant_availability_applicant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_availability")),
        sa.UniqueConstraint(
            "applicant_id", "day", "starts", name=op.f("uq_applicant_availability_applicant_id_day_starts")
        ),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("state_text", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("is_not_student", sa.Boolean(), nullable=False),
        sa.Column("weekdays", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_entry_applicant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_entry_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint(
            "programme_id", "source", "number", name=op.f("uq_entry_programme_id_source_number")
        ),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index("ix_entry_number", ["programme_id", "number"], unique=False)

    op.create_table(
        "interviewer_availability",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interviewer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_interviewer_availability_order")),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["interviewer.id"],
            name=op.f("fk_interviewer_availability_interviewer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviewer_availability")),
        sa.UniqueConstraint(
            "interviewer_id",
            "day",
            "starts",
            name=op.f("uq_interviewer_availability_interviewer_id_day_starts"),
        ),
    )
    op.create_table(
        "interviewer_course",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interviewer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_interviewer_course_course_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["interviewer.id"],
            name=op.f("fk_interviewer_course_interviewer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviewer_course")),
        sa.UniqueConstraint(
            "interviewer_id", "course_id", name=op.f("uq_interviewer_course_interviewer_id_course_id")
        ),
    )
    op.create_table(
        "suspected_duplicate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("open", "different", name="suspicionverdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_suspected_duplicate_order")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["applicant.id"], name=op.f("fk_suspected_duplicate_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["applicant.id"], name=op.f("fk_suspected_duplicate_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspected_duplicate")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_suspected_duplicate_first_id_second_id")),
    )
    with op.batch_alter_table("suspected_duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspected_duplicate_second_id"), ["second_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("preference", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "first-passed",
                "first-failed",
                "final-passed",
                "final-reserve",
                "final-failed",
                "accepted",
                "withdrawn",
                "appointed",
                name="applicationstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_application_applicant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_application_course_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_application_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("entry_id", "course_id", name=op.f("uq_application_entry_id_course_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index("ix_application_course", ["course_id", "status"], unique=False)

    op.create_table(
        "entry_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_answer_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_answer")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("uq_entry_answer_entry_id_position")),
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_import_row_entry_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_row_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_row_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_interview_order")),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_interview_applicant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_interview_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_interview_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_interview_entry_id")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interview_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("host_department", sa.String(), nullable=False),
        sa.Column("workplace", sa.String(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_until", sa.Date(), nullable=False),
        sa.Column("cap_minutes", sa.Integer(), nullable=False),
        sa.Column("cap_inclusive", sa.Boolean(), nullable=False),
        sa.Column("week_days_max", sa.Integer(), nullable=False),
        sa.Column("pay_rounding", sa.String(), nullable=False),
        sa.Column("tax_column", sa.String(), nullable=False),
        sa.Column("commuting_mode", sa.String(), nullable=False),
        sa.Column("round_trip_yen", sa.Integer(), nullable=False),
        sa.Column("pass_yen", sa.Integer(), nullable=True),
        sa.Column("commuting_cap_yen", sa.Integer(), nullable=True),
        sa.Column("employment_insurance", sa.Boolean(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cap_minutes >= 0", name=op.f("ck_appointment_cap")),
        sa.CheckConstraint("term_from <= term_until", name=op.f("ck_appointment_term")),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_appointment_applicant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_appointment_application_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_appointment_course_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_appointment_programme_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("application_id", name=op.f("uq_appointment_application_id")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage", sa.Enum("first", "final", name="stage", native_enum=False, length=32), nullable=False
        ),
        sa.Column(
            "result",
            sa.Enum("pass", "fail", "reserve", name="result", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reserve_rank", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reserve_rank IS NULL OR reserve_rank > 0", name=op.f("ck_decision_reserve_rank")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_decision_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("application_id", "stage", name=op.f("uq_decision_application_id_stage")),
    )
    op.create_table(
        "interview_seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interviewer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_seat_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["interviewer.id"],
            name=op.f("fk_interview_seat_interviewer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_seat")),
        sa.UniqueConstraint(
            "interview_id", "interviewer_id", name=op.f("uq_interview_seat_interview_id_interviewer_id")
        ),
    )
    with op.batch_alter_table("interview_seat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_seat_interviewer_id"), ["interviewer_id"], unique=False
        )

    op.create_table(
        "interview_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "holder",
            sa.Enum("applicant", "interviewer", name="unitholder", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_unit_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_unit")),
        sa.UniqueConstraint(
            "holder", "holder_id", "starts_at", name=op.f("uq_interview_unit_holder_holder_id_starts_at")
        ),
    )
    with op.batch_alter_table("interview_unit", schema=None) as batch_op:
        batch_op.create_index("ix_interview_unit_interview", ["interview_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_notice_applicant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_notice_application_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["notice.id"], name=op.f("fk_notice_corrects_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_notice_programme_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index("ix_notice_kind", ["programme_id", "kind"], unique=False)

    op.create_table(
        "reply",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("accepted", "withdrawn", name="replykind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("replied_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_reply_application_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_application_id"), ["application_id"], unique=False)

    op.create_table(
        "appointment_rate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("yen", sa.Integer(), nullable=False),
        sa.CheckConstraint("yen > 0", name=op.f("ck_appointment_rate_yen")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_appointment_rate_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_rate")),
        sa.UniqueConstraint(
            "appointment_id", "from_day", name=op.f("uq_appointment_rate_appointment_id_from_day")
        ),
    )
    op.create_table(
        "month_closing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_month_closing_month")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_month_closing_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_closing")),
        sa.UniqueConstraint(
            "appointment_id", "year", "month", name=op.f("uq_month_closing_appointment_id_year_month")
        ),
    )
    op.create_table(
        "pay_statement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pay_yen", sa.Integer(), nullable=False),
        sa.Column("commuting_yen", sa.Integer(), nullable=False),
        sa.Column("tax_yen", sa.Integer(), nullable=False),
        sa.Column("insurance_yen", sa.Integer(), nullable=False),
        sa.Column("net_yen", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_pay_statement_month")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_pay_statement_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_statement")),
        sa.UniqueConstraint(
            "appointment_id",
            "year",
            "month",
            "edition",
            name=op.f("uq_pay_statement_appointment_id_year_month_edition"),
        ),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("planned", "worked", name="shiftkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("holiday_order", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("break_minutes >= 0 AND minutes > 0", name=op.f("ck_shift_minutes")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_shift_order")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_shift_appointment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint(
            "appointment_id", "kind", "day", "starts", name=op.f("uq_shift_appointment_id_kind_day_starts")
        ),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index("ix_shift_month", ["appointment_id", "day"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_month")

    op.drop_table("shift")
    op.drop_table("pay_statement")
    op.drop_table("month_closing")
    op.drop_table("appointment_rate")
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_application_id"))

    op.drop_table("reply")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_kind")
        batch_op.drop_index(batch_op.f("ix_notice_applicant_id"))

    op.drop_table("notice")
    with op.batch_alter_table("interview_unit", schema=None) as batch_op:
        batch_op.drop_index("ix_interview_unit_interview")

    op.drop_table("interview_unit")
    with op.batch_alter_table("interview_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_seat_interviewer_id"))

    op.drop_table("interview_seat")
    op.drop_table("decision")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_programme_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_applicant_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_programme_id"))
        batch_op.drop_index(batch_op.f("ix_interview_applicant_id"))

    op.drop_table("interview")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_row_entry_id"))
        batch_op.drop_index(batch_op.f("ix_import_row_batch_id"))

    op.drop_table("import_row")
    op.drop_table("entry_answer")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("ix_application_course")
        batch_op.drop_index(batch_op.f("ix_application_applicant_id"))

    op.drop_table("application")
    with op.batch_alter_table("suspected_duplicate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspected_duplicate_second_id"))

    op.drop_table("suspected_duplicate")
    op.drop_table("interviewer_course")
    op.drop_table("interviewer_availability")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_number")
        batch_op.drop_index(batch_op.f("ix_entry_applicant_id"))

    op.drop_table("entry")
    op.drop_table("applicant_availability")
    op.drop_table("work_pattern")
    with op.batch_alter_table("journal_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_subject_seq"))
        batch_op.drop_index("ix_journal_subject")

    op.drop_table("journal_subject")
    op.drop_table("journal_payload")
    op.drop_table("interviewer")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_programme_id"))

    op.drop_table("import_batch")
    op.drop_table("hourly_rate")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_programme_id"))

    op.drop_table("course")
    op.drop_table("contact")
    op.drop_table("closed_day")
    with op.batch_alter_table("applicant", schema=None) as batch_op:
        batch_op.drop_index("ix_applicant_list")

    op.drop_table("applicant")
    op.drop_table("setting")
    op.drop_table("programme")
    op.drop_table("journal_entry")
