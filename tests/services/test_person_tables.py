"""The map of what is a person's: no table and no column that leads to somebody stands outside it."""

from __future__ import annotations

from fujisawa_desktop.models import Base
from fujisawa_desktop.services.person_export import disclosure_words
from fujisawa_desktop.services.person_tables import APART, BY_TABLE, HELD, NOT_LEADING, paper_category
from fujisawa_desktop.services.retention_dates import _MADE

_LEADING = {"applicant_id", "entry_id", "application_id", "appointment_id", "interview_id", "statement_id"}


def test_every_table_is_a_persons_or_has_a_reason_why_not() -> None:
    tables = set(Base.metadata.tables)
    assert tables - set(BY_TABLE) - set(APART) == set(), (
        "say in services/person_tables.py whose rows these are"
    )
    assert set(BY_TABLE) & set(APART) == set()
    assert (set(BY_TABLE) | set(APART)) - tables == set()
    assert all(reason.strip() for reason in APART.values())


def test_every_column_that_leads_to_a_person_is_followed() -> None:
    for table in Base.metadata.tables.values():
        held = BY_TABLE.get(table.name)
        followed = {column for column, _parent in held.links} if held else set()
        for column in table.c:
            leads = column.name in _LEADING or any(
                key.column.table.name in BY_TABLE for key in column.foreign_keys
            )
            if leads and (table.name, column.name) not in NOT_LEADING:
                assert column.name in followed, (table.name, column.name)


def test_every_table_stands_after_those_it_hangs_on() -> None:
    seen: set[str] = set()
    for held in HELD:
        assert {parent for _column, parent in held.links} <= seen, held.table
        seen.add(held.table)


def test_columns_that_are_emptied_or_dated_exist() -> None:
    for held in HELD:
        assert set(held.blanked) <= set(Base.metadata.tables[held.table].c.keys())
    for table, columns in _MADE.items():
        assert set(columns) <= set(Base.metadata.tables[table].c.keys())


def test_every_free_text_of_a_person_goes_with_a_share() -> None:
    """What stays of a person as long as anything does is called by name: names, numbers, terms."""
    staying = {
        (held.table, column.name)
        for held in HELD
        if held.share == "skeleton"
        for column in Base.metadata.tables[held.table].c
        if str(column.type) in {"VARCHAR", "JSON"} and column.name not in held.blanked
    }
    assert staying == {
        ("applicant", "name_entered"),
        ("applicant", "name_official"),
        ("applicant", "kana"),
        ("applicant", "search_key"),
        ("applicant", "sort_key"),
        ("entry", "source"),
        ("entry", "number"),
        ("appointment", "host_department"),
        ("appointment", "workplace"),
        ("appointment", "pay_rounding"),
        ("appointment", "tax_column"),
        ("appointment", "commuting_mode"),
        ("appointment", "student_type"),
        ("appointment", "usual_week"),
        ("appointment", "leaving_reason"),
        ("appointment", "conditions"),
    }


def test_every_table_and_column_has_a_word_for_who_asks() -> None:
    words = disclosure_words()
    for held in HELD:
        assert held.table in words["tables"], held.table
        for column in Base.metadata.tables[held.table].c:
            assert column.name in words["columns"], (held.table, column.name)


def test_papers_of_work_are_kept_with_the_work() -> None:
    assert paper_category("pay-statement").value == "pay"
    assert paper_category("conditions").value == "appointment"
    assert paper_category("first-result").value == "sent"
