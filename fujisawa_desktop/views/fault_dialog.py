"""What is said when something nobody foresaw has happened: calm words and a code to pass on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.theme import Space, tokens
from fujisawa_desktop.views.widgets.basic import PrimaryButton, TextLabel, row
from fujisawa_desktop.views.widgets.running_text import RunningText

_WIDTH: Final = 520
_SIGN: Final = 28


class FaultDialog(QDialog):
    """Says that the program is at fault, what is safe, and which code to name; no value from the data.

    Attributes:
        said: the sentences.
        code: can be copied.
        ok: closes it.
    """

    def __init__(self, code: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something unexpected happened"))
        self.setMinimumWidth(_WIDTH)
        sign = TextLabel()
        sign.setPixmap(icon("caution", tokens().caution).pixmap(_SIGN, _SIGN))
        heading = TextLabel(self.windowTitle(), "heading")
        self.said = RunningText(
            "\n".join(
                (
                    _("This could not be finished because of a fault in the program."),
                    _(
                        "What was saved before is safe, and what you typed is still here. Try again; if it "
                        "happens again, tell the person in charge of the program this code."
                    ),
                )
            )
        )
        self.code = TextLabel(code, "heading")  # alone: a sentence would break it
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ok = PrimaryButton(_("Close"), self.accept)
        self.ok.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(row(sign, heading, None, spacing=Space.M))
        column.addWidget(self.said)
        column.addWidget(self.code)
        column.addLayout(row(None, self.ok))
        self.ok.setFocus()

    def text(self) -> str:
        """Return everything that is said."""
        return f"{self.said.text()}\n{self.code.text()}"
