"""The whole window on a hostile file: every tab and dialog is opened, and each text in it looked at."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QGroupBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from fujisawa_desktop.app import Program
from fujisawa_desktop.views.action_table import ACTIONS, TABS
from tests.hostile.matrix import no_network

LEFT_OUT: Final = frozenset({"file.quit", "file.open", "edit.undo", "edit.redo", "file.save"})
"""What ends the program, opens another file, or changes what the next action is to show."""
_MARKS: Final = ("<img", "<script", "<svg", "<a href", "<b>太字", "<b>強調")
"""How the corpus's markup begins; escaped, none of it is in a text."""
_KEYS: Final = ("R&D", "営業&総務", "&保存", "&amp;")
_ROWS: Final = 60
_PATIENCE: Final = 60.0
"""Seconds until work that does not end is a fault."""


@dataclass
class Seen:
    """How much was looked at, and what is wrong."""

    actions: int = 0
    windows: int = 0
    texts: int = 0
    faults: list[str] = field(default_factory=list)


def walk(file: Path, folder: Path) -> Seen:
    """Open the program on a file, do every action of its menus, and look at all that stands there."""
    seen = Seen()
    with _hands(seen, folder), no_network():
        program = Program(_application())
        program.window.resize(1280, 800)
        program.window.show()
        program.start(str(file))
        _settle(program)
        for tab in TABS:
            program.window.go_to(tab)
            _settle(program)
            _choose_first(program.window)
            _settle(program)
            _look(program.window, tab, seen)
        for spec in ACTIONS:
            if spec.id not in LEFT_OUT:
                _do(program, spec.id, spec.tab, seen)
        for dialog in _dialogs(program):
            dialog.close()
        program.secrets.lock.unlock()  # a locked window stays open, and hides those of other tests
        program.window.close()
        _settle(program)
    return seen


def _application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


@contextmanager
def _hands(seen: Seen, folder: Path) -> Iterator[None]:
    """Answer the system's own dialogs at once; a fault in a slot or while painting is kept."""
    names = iter(range(10_000))

    def save(*_args: object, **_more: object) -> tuple[str, str]:
        return str(folder / f"saved-{next(names)}.xlsx"), ""

    def fault(_kind: object, error: BaseException, _trace: object) -> None:
        seen.faults.append(f"exception in a slot: {error!r}")

    before = sys.excepthook
    sys.excepthook = fault
    with ExitStack() as stack:
        for owner, name, answer in (
            (QFileDialog, "getSaveFileName", save),
            (QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder)),
            (QFileDialog, "getOpenFileName", lambda *_a, **_k: ("", "")),
            (QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([], "")),
            (QPrintDialog, "exec", lambda _self: 0),
            (QMessageBox, "exec", lambda _self: 0),
        ):
            stack.enter_context(patch.object(owner, name, answer))
        try:
            yield
        finally:
            sys.excepthook = before


def _settle(program: Program) -> None:
    until = time.monotonic() + _PATIENCE
    for _again in range(2):
        QApplication.processEvents()
        while program.tasks.pending and time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _dialogs(program: Program) -> list[QWidget]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget is not program.window and widget.windowTitle()
    ]


def _choose_first(window: QWidget) -> None:
    """Choose the first line of the largest list of a tab, so that its pane beside shows somebody."""
    views = [view for view in window.findChildren(QAbstractItemView) if view.isVisible() and view.model()]
    for view in views:
        first = view.model().index(0, 0, QModelIndex())
        if first.isValid():
            view.setCurrentIndex(first)


def _do(program: Program, action_id: str, tab: str, seen: Seen) -> None:
    action: QAction = program.window.actions_table[action_id]
    for place in (tab, *TABS) if tab else ("", *TABS):
        if place:
            program.window.go_to(place)
            _settle(program)
        if action.isEnabled():
            break
    if not action.isEnabled():
        return
    action.trigger()
    _settle(program)
    seen.actions += 1
    _look(program.window, action_id, seen, deep=False)
    for dialog in _dialogs(program):
        _look(dialog, action_id, seen)
        dialog.grab()
        dialog.close()
    _settle(program)


# --- looking


def _look(window: QWidget, where: str, seen: Seen, *, deep: bool = True) -> None:
    seen.windows += 1
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisibleTo(window) or deep:
            for what, text in _wrong(widget, seen, deep=deep):
                told = f"{where}: {what} of {type(widget).__name__}: {text[:120]!r}"
                if told not in seen.faults:
                    seen.faults.append(told)


def _wrong(widget: QWidget, seen: Seen, *, deep: bool) -> Iterator[tuple[str, str]]:
    for text in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
        seen.texts += 1
        if is_rich(text):
            yield "tip", text
    if isinstance(widget, QLabel):
        seen.texts += 1
        if widget.textFormat() is not Qt.TextFormat.PlainText and is_rich(widget.text()):
            yield "label", widget.text()
    for text in _with_keys(widget):
        seen.texts += 1
        if has_lost_key(text):
            yield "access key", text
    if deep:
        yield from _wrong_inside(widget, seen)


def _with_keys(widget: QWidget) -> list[str]:
    """Return the texts of a widget in which an ampersand makes an access key."""
    if isinstance(widget, QAbstractButton):
        return [widget.text()]
    if isinstance(widget, QGroupBox):
        return [widget.title()]
    if isinstance(widget, QTabBar):
        return [widget.tabText(at) for at in range(widget.count())]
    return [action.text() for action in widget.actions()] if isinstance(widget, QMenu) else []


def _wrong_inside(widget: QWidget, seen: Seen) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QTextEdit):
        html = widget.toHtml()
        if "<img" in html or "<a href" in html:
            yield "document", html
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _wrong_cells(widget.model(), seen)


def _wrong_cells(model: QAbstractItemModel, seen: Seen) -> Iterator[tuple[str, str]]:
    inside = QModelIndex()
    for row in range(min(model.rowCount(inside), _ROWS)):
        for column in range(_columns(model)):
            index = model.index(row, column, inside)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                value: Any = index.data(role)
                seen.texts += 1
                if value is not None:
                    str(value)
            tip = index.data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_rich(tip):
                yield "tip of a cell", tip


def _columns(model: QAbstractItemModel) -> int:
    if isinstance(model, QAbstractListModel):
        return 1  # its own method is not to be called from outside
    return model.columnCount(QModelIndex())


def is_rich(text: str) -> bool:
    """Say whether Qt would read markup of the corpus in a text whose format it may choose."""
    return any(mark in text for mark in _MARKS) and GuiQt.mightBeRichText(text)


def has_lost_key(text: str) -> bool:
    """Say whether an ampersand that somebody typed would be shown as a line under the next letter."""
    return any(key in text.replace("&&", "") for key in _KEYS)
