"""Who must be told a new time: new, moved, or off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from fujisawa_desktop.i18n import _, format_short_date, format_time
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.services.interview_announcing import Affected, News
from fujisawa_desktop.views.interviews.words import long_span

AFFECTED_ROLE: Final = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


def news_word(news: News) -> str:
    """Return what is to be told in one word."""
    return {News.NEW: _("New"), News.MOVED: _("Changed"), News.CANCELLED: _("Called off")}[news]


def times_line(one: Affected) -> str:
    """Return the old and the new time in one short line."""
    old, new = _start(one.old), _start(one.new)
    if one.news is News.MOVED:
        return _("{old}→{new}").format(old=old, new=new)
    return new or old


def full_lines(one: Affected) -> list[str]:
    """Return all that is to be told to one person."""
    lines = [_("{name} ({kana})").format(name=one.name, kana=one.kana), one.number, news_word(one.news)]
    if one.old is not None:
        lines.append(_("Told: {span}").format(span=long_span(*one.old)))
    if one.new is not None:
        lines.append(_("Now: {span}").format(span=long_span(*one.new)))
    return [*lines, _(", ").join(one.interviewers)] if one.interviewers else lines


def _start(window: Window | None) -> str:
    return f"{format_short_date(window[0].date())} {format_time(window[0])}" if window is not None else ""


class NoticeModel(QAbstractListModel):
    """The people who must be told; those whose time changed or is off first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Affected] = []

    def show(self, affected: Sequence[Affected]) -> None:
        """Show who must be told."""
        self.beginResetModel()
        self._rows = sorted(affected, key=lambda one: one.news is News.NEW)
        self.endResetModel()

    def affected(self, row: int) -> Affected | None:
        """Return the person of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def everybody(self) -> list[Affected]:
        """Return all people shown."""
        return list(self._rows)

    def count(self, news: News) -> int:
        """Return how many must be told such news."""
        return sum(1 for one in self._rows if one.news is news)

    # Qt overrides

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many must be told."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return name, words for screen readers, and what the delegate paints."""
        one = self.affected(index.row()) if index.isValid() else None
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(", ").join(full_lines(one))
        if role == Qt.ItemDataRole.UserRole:
            return full_lines(one)
        return one if role == AFFECTED_ROLE else None
