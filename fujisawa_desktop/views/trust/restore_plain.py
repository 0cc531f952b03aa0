"""A copy without encryption for a file that has it: what the file is to be under is asked, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QRadioButton, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.key_dialogs import Chosen, KeyDialog
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog
from fujisawa_desktop.views.widgets import PrimaryButton, RunningText, SecondaryButton, TextLabel, row

if TYPE_CHECKING:
    from fujisawa_desktop.services.unlocking import FileKey

AS_IT_IS, NEW_KEY, PLAIN = "as-it-is", "new-key", "plain"


class PlainCopyDialog(QDialog):
    """Three ways; the one that keeps what is there is proposed.

    Attributes:
        ways: the choices, by what they mean.

    Signals:
        chosen(str): one of the three.
    """

    chosen = Signal(str)

    def __init__(self, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("A copy without encryption"))
        self.setMinimumWidth(620)
        self.ways = {
            AS_IT_IS: QRadioButton(_("Encrypt it as the file is now: its passphrase and its paper stay")),
            NEW_KEY: QRadioButton(_("Encrypt it with a new passphrase and a new recovery paper")),
            PLAIN: QRadioButton(_("Without encryption")),
        }
        self.ways[AS_IT_IS].setChecked(True)
        self.honest = RunningText(
            _(
                "Whoever gets at this computer's disk or at a backup can then read everything in the file: "
                "names, addresses, results, bank accounts."
            ),
            "caution",
        )
        self.honest.hide()
        self.ways[PLAIN].toggled.connect(self.honest.setVisible)
        self.next_button = PrimaryButton(_("Next"), self._take)
        self.next_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(self.windowTitle(), "heading"))
        column.addWidget(
            RunningText(
                _(
                    "The copy was made before {file} was encrypted. What is the file to be when it is at the "
                    "state of the copy again?"
                ).format(file=file)
            )
        )
        for way in self.ways.values():
            column.addWidget(way)
        column.addWidget(self.honest)
        column.addWidget(
            RunningText(_("The copy itself stays as it is: erase it when you no longer need it."), "neutral")
        )
        column.addStretch(1)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.next_button))
        self.ways[AS_IT_IS].setFocus()

    def _take(self) -> None:
        found = next(name for name, way in self.ways.items() if way.isChecked())
        self.accept()
        self.chosen.emit(found)


def ask_protection(
    window: MainWindow,
    parent: QWidget,
    file: Path,
    own: FileKey | None,
    go: Callable[[FileKey | None, str | None], object],
) -> None:
    """Ask what a file restored from a plain copy is to be under.

    Args:
        window: whose workers check what is typed.
        parent: above which it is asked.
        file: the file, which is encrypted.
        own: its key, while it is open.
        go: hears the key (None: without encryption) and a new passphrase, if there is one.
    """

    def chosen(way: str) -> None:
        if way == PLAIN:
            go(None, None)
        elif way == NEW_KEY:
            _ask_new_key(window, parent, file, go)
        elif own is not None:
            go(own, None)
        else:
            dialog = UnlockDialog(
                file,
                window.tasks,
                parent,
                lead=_("Enter the passphrase that the file has now. It stays the file's passphrase."),
            )
            dialog.unlocked.connect(lambda key, _by_recovery: go(key, None))
            dialog.open()

    dialog = PlainCopyDialog(file.name, parent)
    dialog.chosen.connect(chosen)
    dialog.open()


def _ask_new_key(
    window: MainWindow, parent: QWidget, file: Path, go: Callable[[FileKey | None, str | None], object]
) -> None:
    dialog = KeyDialog(
        file,
        window.tasks,
        window.settings,
        parent,
        title=_("New key"),
        lead=_("The file gets a key of its own. Whoever opens it is asked for this passphrase."),
        last=_("Return to this copy"),
    )
    dialog.chosen.connect(partial(_taken, go))
    dialog.open()


def _taken(go: Callable[[FileKey | None, str | None], object], chosen: Chosen) -> None:
    go(chosen.key, chosen.passphrase)
