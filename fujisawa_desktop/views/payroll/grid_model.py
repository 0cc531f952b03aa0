"""Hours as a table model: a row a person, a column a day of the month or of a week, after name and totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from fujisawa_desktop.i18n import _, format_date, format_minutes
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.shift_entry import format_entry
from fujisawa_desktop.services.hours import Cell, DayHead, MonthView, PersonMonth
from fujisawa_desktop.services.hours_cells import cell_of, week_heads
from fujisawa_desktop.services.hours_entry import Place
from fujisawa_desktop.views.payroll.grid_words import outlook_lines, said_lines, spans_text, week_line
from fujisawa_desktop.views.payroll.words import cell_lines, sentence, short_text, tone_of
from fujisawa_desktop.views.theme import Tone
from fujisawa_desktop.views.widgets import tool_tip

Index = QModelIndex | QPersistentModelIndex

NAME: Final = 0
TOTAL: Final = 1
WEEK: Final = 2
FIRST_DAY: Final = 3
CELL_ROLE: Final = Qt.ItemDataRole.UserRole + 60
"""Model role whose value is a :class:`CellLook` for a day, a ``PersonMonth`` elsewhere."""

_NOTHING: Final = Cell()
_CHOSEN_ONLY: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE: Final = _CHOSEN_ONLY | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class CellLook:
    """What is painted for one person's day.

    Attributes:
        planned, worked: signs or hours; in a week, start and end.
        closed: nobody works at the office on this day.
        outside: the day is not of the person's term.
        tone: of the gravest finding.
        explained: somebody wrote why the worked time is as it is.
        hours: minutes of the day in words, where there is room for them.
        faint: the day is of another month than the one shown.
    """

    planned: str
    worked: str
    closed: bool
    outside: bool
    tone: Tone | None
    explained: bool = False
    hours: str = ""
    faint: bool = False


class MonthModel(QAbstractTableModel):
    """Shows a ``MonthView``; what is typed is announced, never stored here.

    Signals:
        typed(places, str): the person finished typing into these cells.
    """

    typed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: MonthView | None = None
        self.heads: tuple[DayHead, ...] = ()
        self.monday: date | None = None
        self.kind = ShiftKind.PLANNED
        self.editable = True
        self._looks: dict[tuple[int, int], CellLook] = {}
        self._used: set[date] = set()
        self._opened: dict[Place, str] = {}
        self._cells: dict[tuple[int, int], Cell] = {}

    def show(self, view: MonthView, monday: date | None = None) -> None:
        """Show another month, or the same one as it is now; with ``monday`` the week from that day on."""
        before = self.view
        same = before is not None and (self._shape(before), self.monday) == (self._shape(view), monday)
        if not same:
            self.beginResetModel()
        self.view, self.monday = view, monday
        self.heads = view.days if monday is None else week_heads(view, monday)
        self._used = set().union(*(person.cells for person in view.people))
        if before is None or not same:
            self._looks.clear()
            self._cells.clear()
            self.endResetModel()
            return
        pairs = enumerate(zip(before.people, view.people, strict=True))
        # Whom an act did not concern has the very row it had before.
        if changed := [row for row, (old, new) in pairs if old is not new]:
            gone = frozenset(changed)
            self._looks = {at: look for at, look in self._looks.items() if at[0] not in gone}
            self._cells = {at: cell for at, cell in self._cells.items() if at[0] not in gone}
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], self.columnCount() - 1))

    @staticmethod
    def _shape(view: MonthView) -> tuple[object, ...]:
        people = tuple(person.member.appointment_id for person in view.people)
        return (view.days, view.patterns, people)

    def people(self) -> Sequence[PersonMonth]:
        """Return the rows."""
        return self.view.people if self.view is not None else ()

    def day(self, column: int) -> date | None:
        """Return the day of a column, ``None`` for name and total."""
        if not FIRST_DAY <= column < FIRST_DAY + len(self.heads):
            return None
        return self.heads[column - FIRST_DAY].day

    def column_of(self, day: date) -> int | None:
        """Return the column of a day, ``None`` where it is not shown."""
        first = self.heads[0].day if self.heads else day
        at = (day - first).days
        return FIRST_DAY + at if 0 <= at < len(self.heads) else None

    def cell(self, row: int, column: int) -> Cell:
        """Return a person's day."""
        day = self.day(column)
        if day is None:
            return _NOTHING
        found = self._cells.get((row, column))
        if found is None:
            found = self._cells[row, column] = cell_of(self.people()[row], day)
        return found

    def place(self, index: Index) -> Place | None:
        """Return appointment and day of an index."""
        day = self.day(index.column())
        if day is None or not 0 <= index.row() < len(self.people()):
            return None
        return (self.people()[index.row()].member.appointment_id, day)

    def begin_typing(self, index: Index) -> None:
        """Remember what stands in a cell while it is typed into, whatever is stored there meanwhile."""
        place = self.place(index)
        self._opened = {} if place is None else {place: str(self.data(index, Qt.ItemDataRole.EditRole))}

    def seen(self, places: Sequence[Place], kind: ShiftKind | None = None) -> dict[Place, str]:
        """Return what stood in cells when they were typed into: what is shown, or was at the first letter.

        ``kind`` is that of the bar where it is not named.
        """
        wanted = self.kind if kind is None else kind
        shown: dict[Place, str] = {}
        for place in places:
            row, column = self.row_of(place[0]), self.column_of(place[1])
            if place in self._opened and wanted is self.kind:
                shown[place] = self._opened[place]
            elif row is not None and column is not None:
                shown[place] = self._written(self.cell(row, column), wanted)
        return shown

    def end_typing(self) -> None:
        """Forget what was remembered."""
        self._opened = {}

    def row_of(self, appointment_id: int) -> int | None:
        """Return the row of a person."""
        ids = [person.member.appointment_id for person in self.people()]
        return ids.index(appointment_id) if appointment_id in ids else None

    def is_narrow(self, column: int) -> bool:
        """Return whether a closed day with nothing on it needs no room for a text."""
        day = self.day(column)
        if self.monday is not None or day is None or self.heads[column - FIRST_DAY].closed is None:
            return False
        return day not in self._used

    def can_edit(self, index: Index) -> bool:
        """Return whether hours may be typed into a cell."""
        view, day, row = self.view, self.day(index.column()), index.row()
        if view is None or day is None or not self.editable or not 0 <= row < len(view.people):
            return False
        of_month = (day.year, day.month) == (view.year, view.month)
        return not (of_month and view.people[row].closed)

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of people."""
        return 0 if parent.isValid() else len(self.people())

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return name, totals and the days."""
        return 0 if parent.isValid() or self.view is None else FIRST_DAY + len(self.heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let days be typed into while the month is open."""
        return _EDITABLE if self.can_edit(index) else _CHOSEN_ONLY

    def data(  # noqa: PLR0911 - one answer for each role
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return texts for people and screen readers, and what the delegates paint."""
        if not index.isValid() or self.view is None:
            return None
        person = self.people()[index.row()]
        if index.column() < FIRST_DAY:
            return self._person_data(person, index.column(), role)
        cell = self.cell(index.row(), index.column())
        if role == CELL_ROLE:
            return self.look(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self._written(cell, self.kind)
        if role == Qt.ItemDataRole.DisplayRole:
            return short_text(cell.worked or cell.planned, self.view.patterns)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(person, index.column(), cell, whole=role != Qt.ItemDataRole.ToolTipRole)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Announce what was typed; the month shows it once it is stored."""
        place = self.place(index)
        if role != Qt.ItemDataRole.EditRole or place is None:
            return False
        if str(value).strip() != self.data(index, Qt.ItemDataRole.EditRole):
            self.typed.emit([place], str(value))
        return True

    def headerData(  # noqa: PLR0911 - one answer for each role
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return 氏名, 合計 and the days; a screen reader hears the whole date."""
        if orientation is not Qt.Orientation.Horizontal or self.view is None:
            return None
        day = self.day(section)
        if day is None:
            if role == Qt.ItemDataRole.DisplayRole:
                return {NAME: _("Name"), TOTAL: _("Month total")}.get(section, _("Week total"))
            return None
        head = self.heads[section - FIRST_DAY]
        if role == CELL_ROLE:
            return head
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            name = format_date(day, year=False)
            return f"{name} {head.holiday}".strip()
        return None

    def _person_data(self, person: PersonMonth, column: int, role: int) -> Any:
        member = person.member
        if role == CELL_ROLE:
            return person
        if role == Qt.ItemDataRole.DisplayRole:
            return member.name if column == NAME else format_minutes(person.expected)
        if role not in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if column == NAME:
            told = [member.name, member.kana, member.course_name, member.host_department]
        elif column == WEEK and self.monday is not None:
            told = [week_line(person, self.monday)]
        else:
            told = outlook_lines(person)
        text = "\n".join(told)
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def look(self, row: int, column: int) -> CellLook:
        """Return what is painted for a person's day."""
        found = self._looks.get((row, column))
        if found is None:
            found = self._looks[row, column] = self._new_look(row, column)
        return found

    def _new_look(self, row: int, column: int) -> CellLook:
        if self.view is None:
            return CellLook("", "", closed=False, outside=False, tone=None)
        person, cell = self.people()[row], self.cell(row, column)
        head = self.heads[column - FIRST_DAY]
        in_week = self.monday is not None
        planned, worked = (
            spans_text(shifts) if in_week else short_text(shifts, self.view.patterns)
            for shifts in (cell.planned, cell.worked)
        )
        minutes = cell.worked_minutes if cell.worked else cell.planned_minutes
        return CellLook(
            planned=planned,
            worked=worked,
            closed=head.closed is not None,
            outside=not person.member.rules.first <= head.day <= person.member.rules.last,
            tone=tone_of(cell.findings),
            explained=bool(cell.reason),
            hours=format_minutes(minutes) if in_week and minutes else "",
            faint=(head.day.year, head.day.month) != (self.view.year, self.view.month),
        )

    def _written(self, cell: Cell, kind: ShiftKind) -> str:
        """Return what stands in a cell as it would be typed."""
        shifts = cell.planned if kind is ShiftKind.PLANNED else cell.worked
        return format_entry(shifts, self.view.patterns if self.view is not None else ())

    def _words(self, person: PersonMonth, column: int, cell: Cell, *, whole: bool) -> str:
        day = self.day(column)
        lines = [f"{name} {text}" for name, text in cell_lines(cell)]
        lines += [sentence(finding) for finding in cell.findings]
        lines += said_lines(cell)
        if whole and day is not None:
            lines = [
                f"{person.member.name} {format_date(day, year=False)}",
                *(lines or [_("Nothing on this day")]),
            ]
        return "\n".join(lines)
