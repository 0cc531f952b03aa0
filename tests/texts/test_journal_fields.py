"""Every field that an act can change has a word of its own in the journal, in both languages."""

from __future__ import annotations

import pytest
from sqlalchemy import Column

from fujisawa_desktop import texts
from fujisawa_desktop.models import Base
from fujisawa_desktop.services.journal_view import ActChange, is_told
from fujisawa_desktop.views.trust.journal_words import field_word, is_named

OF_THE_JOURNAL = ("journal_", "outgoing_")


def told() -> list[Column[object]]:
    """Return the columns whose values the journal lists; those of the journal's own tables are in no act."""
    return [
        column
        for table in Base.metadata.sorted_tables
        if not table.name.startswith(OF_THE_JOURNAL)
        for column in table.columns
        if is_told(column.name)
    ]


def test_every_field_has_a_word() -> None:
    assert len(told()) > 300
    assert sorted({f"{one.table.name}.{one.name}" for one in told() if not is_named(one.name)}) == []


def test_every_table_has_a_word() -> None:
    assert (
        sorted({one.table.name for one in told() if texts.term("table", one.table.name) == one.table.name})
        == []
    )


@pytest.mark.parametrize("name", ["method", "kept_from", "hides_others"])
def test_a_word_is_no_name_of_a_column(name: str) -> None:
    assert name not in field_word(ActChange("erasure", name, None, 1, ""))


def test_what_nobody_named_is_told_as_it_is() -> None:
    assert not is_named("no_such_field")
    assert "no_such_field" in field_word(ActChange("erasure", "no_such_field", None, 1, ""))
