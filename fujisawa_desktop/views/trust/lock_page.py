"""What a locked window shows: nothing of the file, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.unlock_form import UnlockForm
from fujisawa_desktop.views.widgets import Panel, PrimaryButton, RunningText, TextLabel, row

if TYPE_CHECKING:
    from fujisawa_desktop.services.unlocking import FileKey

_WIDTH: Final = 520


class LockPage(QWidget):
    """Covers the window; the same picture whatever lies behind it.

    Attributes:
        form: asks for the passphrase; None where a file has none.
        go_on_button: goes on without one; None where there is a form.

    Signals:
        opened(): whoever sits there may go on.
    """

    opened = Signal()

    def __init__(self, form: UnlockForm | None, key: FileKey | None) -> None:
        super().__init__()
        self._key = key
        self.form = form
        self.go_on_button: PrimaryButton | None = None
        self.notice = RunningText("", "caution")
        self.notice.hide()
        panel = Panel()
        panel.setFixedWidth(_WIDTH)
        panel.body.setSpacing(Space.M)
        panel.body.addWidget(TextLabel(_("The window is locked"), "title"))
        if form is not None:
            panel.body.addWidget(
                RunningText(_("What you typed is still there. Enter the passphrase to go on."), "neutral")
            )
            panel.body.addWidget(form)
            panel.body.addLayout(row(None, form.open_button))
            form.unlocked.connect(self._compare)
            self.setFocusProxy(form.edit)
        else:
            panel.body.addWidget(
                RunningText(
                    _(
                        "What you typed is still there. This file has no passphrase, so the lock only hides "
                        "it: when you leave, lock Windows too (Windows key + L)."
                    ),
                    "neutral",
                )
            )
            self.go_on_button = PrimaryButton(_("Go on"), self.opened.emit)
            panel.body.addLayout(row(None, self.go_on_button))
            self.setFocusProxy(self.go_on_button)
        panel.body.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row(None, panel, None))
        column.addStretch(3)

    def ask_to_unlock_first(self) -> None:
        """Say why the window does not close."""
        self.notice.set_text(
            _("The window was not closed, so that nothing you typed is lost. Unlock it first, then close it.")
        )
        self.notice.show()

    def _compare(self, key: FileKey, _by_recovery: bool) -> None:  # noqa: FBT001 - a signal's value
        if key == self._key:
            self.opened.emit()
            return
        self.notice.set_text(
            _(
                "The file has another key by now: somebody wrote it anew. "
                "Ask the person who did it, or end the program in the task manager."
            )
        )
        self.notice.show()
