"""Locking the window, at once or when nobody uses it: what it shows is hidden, what was typed stays.

Use is told by the windows themselves (a filter on their few input events, not on every event of the
program) and by the cursor of the input method, which moves also while a word is being composed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.trust.lock_page import LockPage
from fujisawa_desktop.views.trust.unlock_form import UnlockForm
from fujisawa_desktop.views.widgets import commit_typing

KEY: Final = "lock/minutes"
USUAL_MINUTES: Final = 10
_LOOK_EVERY_MS: Final = 5_000
_USE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_PASSING: Final = frozenset({Qt.WindowType.ToolTip, Qt.WindowType.Popup, Qt.WindowType.SplashScreen})


class IdleLock(QObject):
    """Watches whether somebody uses the window, and locks it.

    Attributes:
        page: what covers the window while it is locked.
    """

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        settings: QSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._settings = settings
        self._clock = clock
        self._used_at = clock()
        self._hidden: list[tuple[QWidget, Qt.WindowModality]] = []
        self._title = ""
        self._focus: QWidget | None = None
        self.page: LockPage | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_EVERY_MS)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._watch)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.used)
        window.windowTitleChanged.connect(self._keep_title)

    @property
    def locked(self) -> bool:
        """Return whether the window is locked."""
        return self.page is not None

    @property
    def minutes(self) -> int:
        """Return after how many idle minutes the window locks itself; 0 for never."""
        try:
            return max(int(str(self._settings.value(KEY, USUAL_MINUTES))), 0)
        except ValueError:
            return USUAL_MINUTES

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes from now on; 0 for never."""
        self._settings.setValue(KEY, minutes)
        self.used()

    def used(self) -> None:
        """Note that somebody uses the window."""
        self._used_at = self._clock()

    def look(self) -> None:
        """Lock the window if nobody used it for long enough."""
        if self.locked:
            self._put_away_others()
        elif self.minutes and self._clock() - self._used_at >= self.minutes * 60:
            self.lock()

    def lock(self) -> None:
        """Hide everything now; nothing happens while no file is open."""
        window, desk = self._window, self._window.desk
        if self.locked or desk is None:
            return
        commit_typing()
        clear_copied()
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._focus, is_used = window.focusWidget(), QApplication.activeWindow() is not None
        path, key = desk.database.path, desk.database.key
        form = (
            UnlockForm(path, self._tasks, button=_("Unlock"))
            if path is not None and key is not None
            else None
        )
        page = self.page = LockPage(form, key)
        page.opened.connect(self.unlock)
        self._put_away_others()
        title = window.windowTitle()
        window.front.addWidget(page)
        window.front.setCurrentWidget(page)
        window.menuBar().hide()
        window.statusBar().hide()
        window.setWindowTitle(_locked_title())
        self._title = title
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        page.setFocus()
        if is_used:
            window.activateWindow()  # the keyboard may have been in a dialog that is hidden now

    def unlock(self) -> None:
        """Show everything as it was."""
        window, page = self._window, self.page
        if page is None:
            return
        self.page = None
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        window.menuBar().show()
        window.statusBar().show()
        window.front.setCurrentIndex(0)
        window.front.removeWidget(page)
        page.deleteLater()
        window.setWindowTitle(self._title)
        self.used()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        for widget, modality in self._hidden:
            if isValid(widget):
                widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
                widget.setWindowModality(modality)
                widget.show()
        self._hidden.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note use; while locked, keep other windows off the screen and this one open."""
        kind = event.type()
        if kind in _USE:
            self.used()
            if isinstance(event, QKeyEvent) and isinstance(watched, QWindow) and self._is_asked(event):
                QTimer.singleShot(0, self, self.lock)  # a dialog keeps the menu's key from the window
        elif (
            self.locked
            and kind is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and self._is_other(watched)
        ):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, self, self._put_away_others)
        elif (
            self.page is not None
            and kind is QEvent.Type.Close
            and watched is self._window
            and not _session_ends()
        ):
            self.page.ask_to_unlock_first()
            event.ignore()
            return True
        return False

    def _is_asked(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()) == self._window.actions_table["file.lock"].shortcut()

    def _put_away_others(self) -> None:
        if not self.locked:
            return
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and self._is_other(widget):
                self._hidden.append((widget, widget.windowModality()))
                widget.hide()

    def _is_other(self, one: QObject) -> bool:
        """Return whether something is a window that could show what is in the file."""
        return (
            isinstance(one, QWidget)
            and one.isWindow()
            and one is not self._window
            and one.windowType() not in _PASSING
        )

    def _watch(self, window: QWindow | None) -> None:
        """Learn of the use of a window that got the cursor."""
        if window is None:
            return
        self.used()
        window.removeEventFilter(self)
        window.installEventFilter(self)

    def _keep_title(self, title: str) -> None:
        """Keep a title that was set meanwhile for later."""
        if self.locked and title != _locked_title():
            self._title = title
            self._window.setWindowTitle(_locked_title())


def clear_copied() -> None:
    """Take what was copied from this program off the clipboard; what others put there stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()


def _session_ends() -> bool:
    """Return whether the person is being signed out: a locked window does not hold that up."""
    application = QApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()


def _locked_title() -> str:
    return _("Locked — Fujisawa Desktop")
