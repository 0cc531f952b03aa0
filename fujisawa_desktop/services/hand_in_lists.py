"""Papers that are still to come as a list, in one form for JSON, Excel and paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.hand_ins import Owed, owed_hand_ins
from fujisawa_desktop.services.list_tables import found_rows
from fujisawa_desktop.services.table_files import ListTable


def hand_in_table(
    database: Database, *, programme_id: int, where: str = "", today: date | None = None
) -> ListTable:
    """Return one row for each paper that somebody still has to hand in, in order of kana."""
    day = today or date.today()
    return found_rows(owed_table(owed_hand_ins(database, programme_id=programme_id, today=day)), where)


def owed_table(owed: Iterable[Owed]) -> ListTable:
    """Return these papers as a list."""
    return ListTable(
        name="hand-ins",
        columns=(
            "number",
            "name",
            "kana",
            "course",
            "hand_in",
            "asked_on",
            "due_on",
            "hand_in_state",
            "note",
        ),
        rows=tuple(
            (
                one.member.number,
                one.member.name,
                one.member.kana,
                one.member.course_short,
                one.row.kind.value,
                one.row.asked_on,
                one.row.due_on,
                one.state.value,
                one.row.note,
            )
            for one in owed
        ),
        families=(("hand_in", "hand-in"), ("hand_in_state", "hand-in-state")),
    )
