"""The lines of an attendance sheet as they are typed in: texts as typed, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum
from typing import Any, Final, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import N_, _, format_date, format_minutes, format_time
from fujisawa_desktop.rules.calendar import parse_time
from fujisawa_desktop.rules.hours import Finding, ShiftTime
from fujisawa_desktop.rules.shift_entry import TypedShift, parse_entry, usual_break
from fujisawa_desktop.services.attendance_return import AttendanceMonth, SheetDay, Stretch, stretch_of
from fujisawa_desktop.views.payroll.words import sentence, tone_of
from fujisawa_desktop.views.theme import tokens
from fujisawa_desktop.views.widgets import tool_tip, whole_number

Index = QModelIndex | QPersistentModelIndex
_Value = TypeVar("_Value")


class Column(IntEnum):
    """Columns from left to right, as on paper."""

    DAY = 0
    PLANNED = 1
    START = 2
    END = 3
    BREAK = 4
    REMOTE = 5
    REASON = 6
    HOURS = 7
    NOTE = 8


HEADINGS: Final = {
    Column.DAY: N_("Day"),
    Column.PLANNED: N_("Planned"),
    Column.START: N_("Start"),
    Column.END: N_("End"),
    Column.BREAK: N_("Break"),
    Column.REMOTE: N_("At home"),
    Column.REASON: N_("Remark, reason"),
    Column.HOURS: N_("Hours"),
    Column.NOTE: N_("To look at"),
}
TYPED: Final = (Column.START, Column.END, Column.BREAK, Column.REASON)
"""Columns that are typed into, in the order of a line."""
_TIP: Final = Qt.ItemDataRole.ToolTipRole
_RIGHT: Final = frozenset({Column.START, Column.END, Column.BREAK, Column.HOURS})


@dataclass(slots=True)
class Line:
    """One line of the form; a day with several stretches of work has several."""

    day: SheetDay
    part: int = 0
    start: str = ""
    end: str = ""
    pause: str = ""
    reason: str = ""
    is_remote: bool = False
    error: str = ""
    error_in: Column | None = None
    stretch: Stretch | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed about work."""
        return not (self.start or self.end or self.pause)


class AttendanceModel(QAbstractTableModel):
    """Takes what is typed line by line.

    Signals:
        typed(): something was changed by the person.
    """

    typed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.editable = True
        self._month: AttendanceMonth | None = None
        self._findings: Mapping[date, tuple[Finding, ...]] = {}

    # --- showing a month

    def show_month(self, month: AttendanceMonth, *, editable: bool) -> None:
        """Show what is on record for a person's month."""
        self.beginResetModel()
        self._month, self.editable = month, editable
        self._findings = {}
        self.lines = [line for day in month.days for line in _lines_of(day)]
        self.endResetModel()

    def show_findings(self, findings: Mapping[date, tuple[Finding, ...]]) -> None:
        """Say beside the days what is odd about them."""
        self._findings = findings
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, Column.NOTE))

    def stretches(self) -> list[Stretch]:
        """Return everything that can be read, in order of time."""
        return sorted(line.stretch for line in self.lines if line.stretch is not None)

    def first_error(self) -> tuple[int, Column, str] | None:
        """Return the first line that cannot be read, the column to blame, and the sentence."""
        for row, line in enumerate(self.lines):
            if line.error:
                return row, line.error_in or Column.START, line.error
        return None

    def is_changed(self) -> bool:
        """Whether the form says anything else than what is on record."""
        known = [] if self._month is None else sorted(self._month.worked)
        return self.first_error() is not None or self.stretches() != known

    # --- changing

    def add_line(self, row: int) -> int:
        """Add one more line for the day of ``row``; returns where it is."""
        line = self.lines[row]
        last = max(at for at, other in enumerate(self.lines) if other.day is line.day)
        self.beginInsertRows(QModelIndex(), last + 1, last + 1)
        self.lines.insert(last + 1, Line(line.day, self.lines[last].part + 1))
        self.endInsertRows()
        return last + 1

    def clear_line(self, row: int) -> None:
        """Take out what stands in a line."""
        line = self.lines[row]
        self.lines[row] = Line(line.day, line.part)
        self._changed(row)

    def as_planned(self, rows: Sequence[int]) -> int:
        """Write the planned times into those of the lines that are empty; returns how many days."""
        days = [self.lines[row].day for row in rows if self.lines[row].part == 0]
        done = 0
        for day in days:
            mine = [line for line in self.lines if line.day is day]
            if day.planned and all(line.is_empty for line in mine):
                typed = [TypedShift(one.start, one.end, one.break_minutes) for one in day.planned]
                self._write(self.lines.index(mine[0]), typed)
                done += 1
        return done

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; ``9-12``, ``終`` or ``9-12, 13-16`` in the first column fills the line."""
        column, line = Column(index.column()), self.lines[index.row()]
        if column is Column.REMOTE and role == Qt.ItemDataRole.CheckStateRole:
            line.is_remote = Qt.CheckState(value) == Qt.CheckState.Checked
            self._changed(index.row())
            return True
        if role != Qt.ItemDataRole.EditRole or column not in TYPED or not self.editable:
            return False
        text = str(value).strip()
        if column is Column.START and (typed := self._entry(text)):
            self._write(index.row(), typed)
            return True
        if column is Column.START:
            line.start = _tidy(text, _clock)
        elif column is Column.END:
            line.end = _tidy(text, _clock)
        elif column is Column.BREAK:
            line.pause = _tidy(text, _pause)
        else:
            line.reason = text
        if column in {Column.START, Column.END} and line.start and line.end and not line.pause:
            line.pause = self._usual_pause(line)
        self._changed(index.row())
        return True

    def _entry(self, text: str) -> list[TypedShift]:
        """Return whole stretches that a text names, none when it is a single time."""
        if self._month is None or not text:
            return []
        try:
            return list(parse_entry(text, self._month.patterns))
        except ValidationError:
            return []

    def _write(self, row: int, typed: Sequence[TypedShift]) -> None:
        for at, one in enumerate(typed):
            here = row + at
            if at and (here >= len(self.lines) or self.lines[here].day is not self.lines[row].day):
                here = self.add_line(row)
            line = self.lines[here]
            line.start, line.end = format_time(one.start), format_time(one.end)
            line.pause = str(one.break_minutes)
            self._changed(here)

    def _usual_pause(self, line: Line) -> str:
        try:
            start, end = parse_time(line.start), parse_time(line.end)
        except ValidationError:
            return ""
        return str(usual_break(start, end, self._month.patterns if self._month else ()))

    def _changed(self, row: int) -> None:
        _read(self.lines[row])
        self.dataChanged.emit(self.index(row, 0), self.index(row, Column.NOTE))
        self.typed.emit()

    # --- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings; figures stand at the right, so do their headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[Column(section)])
        return _alignment(Column(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what is on paper be typed, everything else be looked at."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or not self.editable:
            return flags
        column = Column(index.column())
        if column is Column.REMOTE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if column in TYPED else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, column = self.lines[index.row()], Column(index.column())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._text(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.REMOTE:
            return Qt.CheckState.Checked if line.is_remote else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{format_date(line.day.day)} {_(HEADINGS[column])} {self._text(line, column)}"
        return tool_tip(self._note(line)) if role == _TIP else self._colour(line, column, role)

    def _colour(self, line: Line, column: Column, role: int) -> QColor | None:
        shades = tokens()
        if role == Qt.ItemDataRole.BackgroundRole and (line.day.closed is not None or not line.day.in_term):
            return QColor(shades.closed)
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        if line.error and column in {line.error_in, Column.NOTE}:
            return QColor(shades.wrong)
        if column is Column.NOTE and (tone := tone_of(self._findings.get(line.day.day, ()))):
            return QColor(shades.text_of(tone))
        return QColor(shades.secondary) if column in {Column.PLANNED, Column.NOTE} else None

    def _text(self, line: Line, column: Column) -> str:  # noqa: PLR0911 - one line for each column
        if column is Column.DAY:
            return format_date(line.day.day, year=False) if line.part == 0 else ""
        if column is Column.PLANNED:
            return _planned(line)
        if column is Column.START:
            return line.start
        if column is Column.END:
            return line.end
        if column is Column.BREAK:
            return line.pause
        if column is Column.REASON:
            return line.reason
        if column is Column.HOURS:
            return format_minutes(line.stretch.time.minutes) if line.stretch is not None else ""
        return self._note(line) if column is Column.NOTE else ""

    def _note(self, line: Line) -> str:
        """Return what is wrong or odd about a line, else why nobody works that day."""
        if line.error:
            return line.error
        found = self._findings.get(line.day.day, ()) if line.part == 0 else ()
        if found:
            return " ".join(sentence(one) for one in found)
        if line.part:
            return ""
        if not line.day.in_term:
            return _("outside the term")
        return line.day.holiday or line.day.order


def _lines_of(day: SheetDay) -> list[Line]:
    worked: Sequence[Stretch | None] = day.worked or (None,)
    lines = []
    for part, stretch in enumerate(worked):
        line = Line(day, part)
        if stretch is not None:
            line.start, line.end = format_time(stretch.time.start), format_time(stretch.time.end)
            line.pause = str(stretch.time.break_minutes)
            line.reason, line.is_remote, line.stretch = stretch.reason, stretch.is_remote, stretch
        lines.append(line)
    return lines


def _read(line: Line) -> None:
    """Find out what a line means; what cannot be read is said in a sentence."""
    line.error, line.error_in, line.stretch = "", None, None
    if line.is_empty:
        if line.reason or line.is_remote:
            line.error, line.error_in = texts.message_for("attendance.no-times", {}), Column.START
        return
    try:
        start = _typed(line.start, _clock, Column.START, line)
        end = _typed(line.end, _clock, Column.END, line)
        pause = _typed(line.pause, _pause, Column.BREAK, line)
        line.stretch = stretch_of(
            line.day.day, start, end, pause, is_remote=line.is_remote, reason=line.reason
        )
    except ValidationError as error:
        line.error = texts.message(error)
        if line.error_in is None:
            line.error_in = Column.BREAK if error.field == "break" else Column.END


def _typed(text: str, parse: Callable[[str], _Value], column: Column, line: Line) -> _Value:
    line.error_in = column  # of the line, until the value is known to be one
    if not text:
        raise ValidationError("attendance.incomplete", field=column.name.lower())
    value = parse(text)
    line.error_in = None
    return value


def _clock(text: str) -> time:
    return parse_time(text)


def _pause(text: str) -> int:
    return whole_number(text, field="break")


def _tidy(text: str, parse: Callable[[str], Any]) -> str:
    """Return a value in its usual form; a text that cannot be read stays as typed."""
    try:
        value = parse(text) if text else ""
    except ValidationError:
        return text
    return format_time(value) if isinstance(value, time) else str(value)


def _planned(line: Line) -> str:
    if line.part >= len(line.day.planned):
        return ""
    shift: ShiftTime = line.day.planned[line.part]
    return f"{format_time(shift.start)}–{format_time(shift.end)}"


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
