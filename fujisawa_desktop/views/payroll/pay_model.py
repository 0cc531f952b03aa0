"""The pay of the month as table models: a row a person, and one row of sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.views.payroll.amounts import NAMES, Amount, amount_text, said_amount
from fujisawa_desktop.views.payroll.words import pay_pills, sentence
from fujisawa_desktop.views.theme import body_font
from fujisawa_desktop.views.widgets import PILL_ROLE, tool_tip

Index = QModelIndex | QPersistentModelIndex
NAME: Final = 0
_NOW_AND_THEN: Final = (Amount.PREMIUM, Amount.CORRECTED)
"""Columns that stand only in a month in which somebody has such an amount."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def amount_of(row: PayRow, amount: Amount) -> int | None:
    """Return an amount of a row of the table."""
    if amount is Amount.CORRECTED:
        return row.corrected_pay + row.corrected_commuting
    value: int | None = getattr(row, amount.value)
    return value


class _Columns(QAbstractTableModel):
    """What both models share: name, the amounts of the month, state."""

    def __init__(self, parent: QObject | None, first: str) -> None:
        super().__init__(parent)
        self.first = first
        self.amounts: tuple[Amount, ...] = tuple(one for one in Amount if one not in _NOW_AND_THEN)

    def amount(self, column: int) -> Amount | None:
        """Return the amount of a column; ``None`` for name and state."""
        return self.amounts[column - 1] if 1 <= column <= len(self.amounts) else None

    def column_of(self, amount: Amount) -> int:
        """Return the column of an amount; that of the pay where it does not stand now."""
        return 1 + self.amounts.index(amount if amount in self.amounts else Amount.PAY)

    @property
    def state(self) -> int:
        """Column of the states."""
        return len(self.amounts) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the columns."""
        return 0 if parent.isValid() else len(self.amounts) + 2

    def heading(self, column: int) -> str:
        """Return what stands above a column."""
        amount = self.amount(column)
        if amount is not None:
            return _(NAMES[amount])
        return self.first if column == NAME else _("State")

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return where the texts of a column stand; figures stand at the right, so do their headings."""
        return _LEFT if self.amount(column) is None else _RIGHT


class PayModel(_Columns):
    """Shows ``PayRow`` values.

    Signals:
        columns_changed(): other amounts stand in the table now.
    """

    columns_changed = Signal()

    def __init__(self, parent: QObject | None = None, first: str = "") -> None:
        super().__init__(parent, first or _("Name"))
        self.rows: Sequence[PayRow] = ()

    def counted(self) -> str:
        """Return what stands before the sums."""
        count = len(self.rows)
        if self.first != _("Name"):
            return _("Sum")
        return ngettext("{count} person", "{count} people", count).format(count=count)

    def show(self, rows: Sequence[PayRow]) -> None:
        """Show these amounts."""
        now = [one for one in _NOW_AND_THEN if any(amount_of(row, one) for row in rows)]
        amounts = tuple(one for one in Amount if one not in _NOW_AND_THEN or one in now)
        same = amounts == self.amounts and [row.appointment_id for row in rows] == [
            row.appointment_id for row in self.rows
        ]
        if not same:
            self.beginResetModel()
        before, others = self.rows, amounts != self.amounts
        self.amounts, self.rows = amounts, rows
        if not same:
            self.endResetModel()
        elif changed := [at for at, row in enumerate(rows) if row is not before[at]]:
            # Whom an act did not concern has the very row it had before.
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], self.state))
        if others:
            self.columns_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the people."""
        return 0 if parent.isValid() else len(self.rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section)
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return texts, states and alignment."""
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        row = self.rows[index.row()]
        if role == PILL_ROLE:
            return pay_pills(row) if column == self.state else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip("\n".join(sentence(finding) for finding in row.problems) or row.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(row, column)
        return self._text(row, column) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, row: PayRow, column: int) -> str:
        amount = self.amount(column)
        if amount is not None:
            return amount_text(amount, amount_of(row, amount))
        return row.name if column == NAME else ""

    def _said(self, row: PayRow, column: int) -> str:
        """Return what a screen reader says of a cell: whose, what, how much."""
        amount = self.amount(column)
        if amount is not None:
            said = said_amount(amount, amount_of(row, amount))
            return _("{person}: {amount} {value}").format(
                person=row.name, amount=self.heading(column), value=said
            )
        return row.name if column == NAME else "、".join(text for text, _tone in pay_pills(row))


class SumModel(_Columns):
    """The sums of a :class:`PayModel`, in the same columns."""

    def __init__(self, pay: PayModel) -> None:
        super().__init__(pay, "")
        self._pay = pay
        self._sums: dict[Amount, int | None] = {}
        pay.modelReset.connect(self._follow)
        pay.dataChanged.connect(self._follow)

    def _follow(self) -> None:
        self.beginResetModel()
        self.amounts = self._pay.amounts
        self._sums = {amount: self._add_up(amount) for amount in self.amounts}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return one row while there is anything to add up."""
        return 0 if parent.isValid() or not self._pay.rows else 1

    def sum_of(self, amount: Amount) -> int | None:
        """Return a sum; ``None`` while one of its amounts is not known."""
        return self._sums.get(amount)

    def _add_up(self, amount: Amount) -> int | None:
        values = [amount_of(row, amount) for row in self._pay.rows]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the sums in bold."""
        if role == Qt.ItemDataRole.FontRole:
            font: QFont = body_font(bold=True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        amount = self.amount(index.column())
        if amount is not None:
            total = self.sum_of(amount)
            if role == Qt.ItemDataRole.DisplayRole:
                return amount_text(amount, total)
            return _("Sum: {amount} {value}").format(
                amount=self.heading(index.column()), value=said_amount(amount, total)
            )
        return self._pay.counted() if index.column() == NAME else None
