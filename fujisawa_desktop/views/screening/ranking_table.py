"""The table of a ranking, with the capacity line drawn across it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyledItemDelegate

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.selection import Result
from fujisawa_desktop.services.screening_ranking import CourseRanking, RankingRow
from fujisawa_desktop.views.flag_pills import flag_pills
from fujisawa_desktop.views.screening.words import points_text, state_word
from fujisawa_desktop.views.theme import Tone, tokens
from fujisawa_desktop.views.widgets import PILL_ROLE, DataTable, PillDelegate, PillText, tool_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_RESULT_TONES: Final[dict[Result, Tone]] = {
    Result.PASS: "good",
    Result.FAIL: "neutral",
    Result.RESERVE: "caution",
}


class RankingModel(QAbstractTableModel):
    """One line for each application: rank, who, points, what each reviewer gave, marks."""

    def __init__(self) -> None:
        super().__init__()
        self.ranking: CourseRanking | None = None
        self._keys: list[str] = []

    def show(self, ranking: CourseRanking | None) -> None:
        """Show another ranking."""
        self.beginResetModel()
        self.ranking = ranking
        self._keys = []
        if ranking is not None:
            named = [] if ranking.is_blind else ["name", "school"]
            reviewers = [f"#{at}" for at in range(len(ranking.reviewers))]
            self._keys = ["rank", "number", *named, "score", *reviewers, "spread", "marks"]
        self.endResetModel()

    def rows(self) -> tuple[RankingRow, ...]:
        """Return what is shown."""
        return self.ranking.rows if self.ranking is not None else ()

    def keys(self) -> list[str]:
        """Return what the columns hold, reviewers as ``#0``, ``#1``."""
        return self._keys

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many applications there are."""
        return 0 if parent.isValid() else len(self.rows())

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._keys)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings; a reviewer's whole name is the tool tip."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._keys):
            return None
        key = self._keys[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_figure(key):
            return _RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if key.startswith("#") and self.ranking is not None:
            name = self.ranking.reviewers[int(key[1:])].name
            return tool_tip(name) if role == Qt.ItemDataRole.ToolTipRole else name
        return {
            "rank": _("Rank"),
            "number": _("Number"),
            "name": _("Name"),
            "school": _("School"),
            "score": _("Points"),
            "spread": _("Spread"),
            "marks": _("Noted and marked"),
        }[key]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        row, key = self.rows()[index.row()], self._keys[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_figure(key):
            return _RIGHT
        if key == "marks":
            pills = self._marks(row)
            if role == PILL_ROLE:
                return pills
            return "、".join(word for word, _tone in pills) if role == Qt.ItemDataRole.ToolTipRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, key)
        return tool_tip(self._text(row, key)) if role == Qt.ItemDataRole.ToolTipRole else None

    @staticmethod
    def _is_figure(key: str) -> bool:
        return key in {"rank", "score", "spread"} or key.startswith("#")

    @staticmethod
    def _text(row: RankingRow, key: str) -> str:
        if key.startswith("#"):
            total, state = row.totals[int(key[1:])], row.states[int(key[1:])]
            return points_text(total) if total is not None else state_word(state)
        values = {
            "rank": str(row.rank) if row.rank is not None else "–",
            "number": row.number,
            "name": row.name,
            "school": row.school,
            "score": points_text(row.score),
            "spread": points_text(row.spread) if row.score is not None else "–",
        }
        return values[key]

    def _marks(self, row: RankingRow) -> list[PillText]:
        marks: list[PillText] = []
        if row.decided is not None:
            word = texts.term("result", row.decided)
            if not row.is_announced:
                word = _("{result} (noted)").format(result=word)
            marks.append((word, _RESULT_TONES[row.decided]))
        if self.ranking is not None and row.application_id in self.ranking.tied:
            marks.append((_("Tie on the line"), "wrong"))
        elif row.is_tied:
            marks.append((_("Tie"), "key"))
        if row.is_split:
            marks.append((_("Reviewers apart"), "caution"))
        if row.waiting and row.score is not None:
            marks.append((_("{count} to come").format(count=row.waiting), "neutral"))
        marks.extend(flag_pills(row.flags, row.standing))
        return marks


class RankingTable(DataTable):
    """The list; the line stands between the people above it and the others."""

    def __init__(self) -> None:
        super().__init__(_("Ranking"))
        self.rows_model = RankingModel()
        self.setModel(self.rows_model)
        self._pills = PillDelegate(self)
        self._plain = QStyledItemDelegate(self)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)

    def show_ranking(self, ranking: CourseRanking | None) -> None:
        """Show another ranking, keeping who is chosen."""
        chosen = set(self.chosen_ids())
        columns = self.rows_model.keys()
        self.rows_model.show(ranking)
        keys = self.rows_model.keys()
        if keys != columns:
            widths = {"rank": 52, "number": 128, "name": 116, "school": 130, "score": 68, "spread": 68}
            for at, key in enumerate(keys):
                self.setItemDelegateForColumn(at, self._pills if key == "marks" else self._plain)
            self.set_widths({at: widths.get(key, 92) for at, key in enumerate(keys)})
        self.choose(chosen)

    def chosen_ids(self) -> list[int]:
        """Return the applications chosen, in order of rank."""
        rows = self.rows_model.rows()
        return [rows[at].application_id for at in self.selected_rows() if at < len(rows)]

    def choose(self, application_ids: set[int]) -> None:
        """Choose these applications."""
        selection = QItemSelection()
        last = self.rows_model.columnCount() - 1
        for at, row in enumerate(self.rows_model.rows()):
            if row.application_id in application_ids:
                selection.select(self.rows_model.index(at, 0), self.rows_model.index(at, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the line: solid where it is clear, dashed below a tie it cannot break."""
        super().paintEvent(event)
        ranking = self.rows_model.ranking
        if ranking is None:
            return
        over = len(ranking.above) + len(ranking.tied)
        if not 0 < over < len(ranking.rows):
            return
        y = self.rowViewportPosition(over)
        pen = QPen(QColor(tokens().key), 2)
        if ranking.tied:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter = QPainter(self.viewport())
        painter.setPen(pen)
        painter.drawLine(0, y, self.viewport().width(), y)
        if ranking.tied and ranking.above:
            top = self.rowViewportPosition(len(ranking.above))
            painter.drawLine(0, top, self.viewport().width(), top)
        painter.end()
