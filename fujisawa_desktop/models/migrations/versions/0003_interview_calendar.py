"""The interview calendar.

Revision 0003: needs and written times of people, panels and limits, what was announced, plans kept
aside, calendar files, and the points of the interview.

An entry may now have one interview for each of its applications, so that its unique constraint
changes.  SQLite cannot change one in place: the table is written anew, and since dropping the old
one deletes what hangs on its rows, those are kept aside meanwhile.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WHOLE = sa.text("course_id IS NULL")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(
            _new_columns(),
            [
                sa.UniqueConstraint("entry_id", "course_id", name=op.f("uq_interview_entry_id_course_id")),
                sa.ForeignKeyConstraint(
                    ["course_id"], ["course.id"], name=op.f("fk_interview_course_id"), ondelete="CASCADE"
                ),
                sa.CheckConstraint("late_minutes > 0", name=op.f("ck_interview_late_minutes")),
            ],
        )
    else:
        op.drop_constraint(op.f("uq_interview_entry_id"), "interview", type_="unique")
        for column in _new_columns():
            op.add_column("interview", column)
        op.create_unique_constraint(
            op.f("uq_interview_entry_id_course_id"), "interview", ["entry_id", "course_id"]
        )
        op.create_foreign_key(
            op.f("fk_interview_course_id"), "interview", "course", ["course_id"], ["id"], ondelete="CASCADE"
        )
        op.create_check_constraint(op.f("ck_interview_late_minutes"), "interview", "late_minutes > 0")
    op.create_index(
        "ix_interview_whole_entry",
        "interview",
        ["entry_id"],
        unique=True,
        sqlite_where=_WHOLE,
        postgresql_where=_WHOLE,
    )

    op.add_column("interviewer", sa.Column("role", sa.String(), nullable=False, server_default=""))
    op.add_column("interviewer", sa.Column("daily_limit", sa.Integer(), nullable=True))
    op.add_column(
        "interviewer", sa.Column("gives_support", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("interviewer", sa.Column("meeting_url", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "programme",
        sa.Column(
            "interview_scope",
            sa.Enum("entry", "person", "application", name="interviewscope", native_enum=False, length=32),
            nullable=False,
            server_default="entry",
        ),
    )
    op.add_column("programme", sa.Column("interview_panel", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("programme", sa.Column("interview_daily_limit", sa.Integer(), nullable=True))

    op.create_table(
        "calendar_event",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_calendar_event_sequence")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_calendar_event_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_event")),
        sa.UniqueConstraint(
            "programme_id", "calendar", "uid", name=op.f("uq_calendar_event_programme_id_calendar_uid")
        ),
    )
    op.create_table(
        "interview_criterion",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("guidance", sa.String(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_points > 0", name=op.f("ck_interview_criterion_max_points")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_interview_criterion_weight")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_interview_criterion_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_criterion")),
    )
    op.create_index(
        op.f("ix_interview_criterion_programme_id"), "interview_criterion", ["programme_id"], unique=False
    )
    op.create_table(
        "interview_draft",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.Column("assumptions", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("placements", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_interview_draft_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_draft")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_interview_draft_programme_id_name")),
    )
    op.create_table(
        "availability_text",
        sa.Column("id", _ID, nullable=False),
        sa.Column("applicant_id", _ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicant.id"],
            name=op.f("fk_availability_text_applicant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability_text")),
        sa.UniqueConstraint("applicant_id", name=op.f("uq_availability_text_applicant_id")),
    )
    op.create_table(
        "interview_need",
        sa.Column("id", _ID, nullable=False),
        sa.Column("applicant_id", _ID, nullable=False),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("needs_support", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_interview_need_minutes")),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicant.id"],
            name=op.f("fk_interview_need_applicant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_need")),
        sa.UniqueConstraint("applicant_id", name=op.f("uq_interview_need_applicant_id")),
    )
    op.create_table(
        "interview_announcement",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("course_id", _ID, nullable=True),
        sa.Column("applicant_id", _ID, nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicant.id"],
            name=op.f("fk_interview_announcement_applicant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_interview_announcement_course_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_interview_announcement_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_interview_announcement_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_announcement")),
    )
    op.create_index(
        op.f("ix_interview_announcement_applicant_id"),
        "interview_announcement",
        ["applicant_id"],
        unique=False,
    )
    op.create_index(
        "ix_interview_announcement_entry",
        "interview_announcement",
        ["entry_id", "announced_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_interview_announcement_programme_id"),
        "interview_announcement",
        ["programme_id"],
        unique=False,
    )
    # What people were told so far is what they believe; by whom was not kept.
    op.execute(
        "INSERT INTO interview_announcement (programme_id, entry_id, applicant_id, starts_at, ends_at,"
        " is_cancelled, announced_at, actor) SELECT programme_id, entry_id, applicant_id, starts_at, ends_at,"
        " false, announced_at, '' FROM interview WHERE announced_at IS NOT NULL"
    )
    op.create_table(
        "interview_review",
        sa.Column("id", _ID, nullable=False),
        sa.Column("interview_id", _ID, nullable=False),
        sa.Column("interviewer_id", _ID, nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_review_interview_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["interviewer.id"],
            name=op.f("fk_interview_review_interviewer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_review")),
        sa.UniqueConstraint(
            "interview_id", "interviewer_id", name=op.f("uq_interview_review_interview_id_interviewer_id")
        ),
    )
    op.create_index(
        op.f("ix_interview_review_interviewer_id"), "interview_review", ["interviewer_id"], unique=False
    )
    op.create_table(
        "interview_score",
        sa.Column("id", _ID, nullable=False),
        sa.Column("review_id", _ID, nullable=False),
        sa.Column("criterion_id", _ID, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_interview_score_points")),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["interview_criterion.id"],
            name=op.f("fk_interview_score_criterion_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["interview_review.id"],
            name=op.f("fk_interview_score_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_score")),
        sa.UniqueConstraint(
            "review_id", "criterion_id", name=op.f("uq_interview_score_review_id_criterion_id")
        ),
    )
    op.create_index(
        op.f("ix_interview_score_criterion_id"), "interview_score", ["criterion_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_interview_score_criterion_id"), table_name="interview_score")
    op.drop_table("interview_score")
    op.drop_index(op.f("ix_interview_review_interviewer_id"), table_name="interview_review")
    op.drop_table("interview_review")
    op.drop_index(op.f("ix_interview_announcement_programme_id"), table_name="interview_announcement")
    op.drop_index("ix_interview_announcement_entry", table_name="interview_announcement")
    op.drop_index(op.f("ix_interview_announcement_applicant_id"), table_name="interview_announcement")
    op.drop_table("interview_announcement")
    op.drop_table("interview_need")
    op.drop_table("availability_text")
    op.drop_table("interview_draft")
    op.drop_index(op.f("ix_interview_criterion_programme_id"), table_name="interview_criterion")
    op.drop_table("interview_criterion")
    op.drop_table("calendar_event")

    op.drop_column("programme", "interview_daily_limit")
    op.drop_column("programme", "interview_panel")
    op.drop_column("programme", "interview_scope")
    op.drop_column("interviewer", "meeting_url")
    op.drop_column("interviewer", "gives_support")
    op.drop_column("interviewer", "daily_limit")
    op.drop_column("interviewer", "role")

    # An older program knows one interview an entry: the first one stays.
    op.execute("DELETE FROM interview WHERE id NOT IN (SELECT min(id) FROM interview GROUP BY entry_id)")
    op.drop_index("ix_interview_whole_entry", table_name="interview")
    if op.get_bind().dialect.name == "sqlite":
        _rewrite([], [sa.UniqueConstraint("entry_id", name=op.f("uq_interview_entry_id"))])
    else:
        op.drop_constraint(op.f("ck_interview_late_minutes"), "interview", type_="check")
        op.drop_constraint(op.f("fk_interview_course_id"), "interview", type_="foreignkey")
        op.drop_constraint(op.f("uq_interview_entry_id_course_id"), "interview", type_="unique")
        op.create_unique_constraint(op.f("uq_interview_entry_id"), "interview", ["entry_id"])
        for name in ("day_note", "meeting_url", "late_minutes", "course_id"):
            op.drop_column("interview", name)


def _new_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("course_id", _ID, nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=True),
        sa.Column("meeting_url", sa.String(), nullable=False, server_default=""),
        sa.Column("day_note", sa.String(), nullable=False, server_default=""),
    ]


def _rewrite(columns: list[sa.Column[object]], constraints: list[sa.Constraint]) -> None:
    """Write the table of interviews anew with these columns and constraints besides its usual ones."""
    op.execute("CREATE TEMPORARY TABLE kept_seat AS SELECT * FROM interview_seat")
    op.execute("CREATE TEMPORARY TABLE kept_unit AS SELECT * FROM interview_unit")
    op.create_table("interview_new", *_usual_columns(), *columns, *_usual_constraints(), *constraints)
    op.execute(
        "INSERT INTO interview_new (id, programme_id, entry_id, applicant_id, starts_at, ends_at,"
        " is_locked, announced_at, attendance, version) SELECT id, programme_id, entry_id, applicant_id,"
        " starts_at, ends_at, is_locked, announced_at, attendance, version FROM interview"
    )
    op.drop_table("interview")
    op.rename_table("interview_new", "interview")
    op.create_index("ix_interview_applicant_id", "interview", ["applicant_id"])
    op.create_index("ix_interview_programme_id", "interview", ["programme_id"])
    # Without foreign keys the rows outlive the dropped table.
    op.execute("DELETE FROM interview_seat")
    op.execute("DELETE FROM interview_unit")
    op.execute("INSERT INTO interview_seat SELECT * FROM kept_seat")
    op.execute("INSERT INTO interview_unit SELECT * FROM kept_unit")
    op.execute("DROP TABLE kept_seat")
    op.execute("DROP TABLE kept_unit")


def _usual_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("applicant_id", _ID, nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=True),
        sa.Column(
            "attendance",
            sa.Enum("attended", "absent", name="attendance", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _usual_constraints() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_interview_order")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_interview_{table}_id"), ondelete="CASCADE"
            )
            for table in ("applicant", "entry", "programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    ]
