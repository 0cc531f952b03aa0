"""The guide (F1) and the words about the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from fujisawa_desktop import __version__
from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.guide import GUIDE
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import DetailsPane, RunningText, TextLabel


class GuideDialog(QDialog):
    """How the work is done, step by step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Guide"))
        self.resize(620, 680)
        pane = DetailsPane(_("Guide"), width=620)
        pane.setMaximumWidth(16_777_215)
        for heading, text in GUIDE:
            pane.add_heading(_(heading))
            pane.add_text(_(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.addWidget(pane, 1)
        column.addWidget(_close_box(self))


class AboutDialog(QDialog):
    """Version and licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About this program"))
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Fujisawa Desktop {version}").format(version=__version__), "title"))
        column.addWidget(
            RunningText(
                _(
                    "One window and one file for a city hall's paid internship. It needs no network "
                    "and uses none."
                )
            )
        )
        column.addWidget(
            RunningText(
                _(
                    "Licence: Apache 2.0. It uses Qt and PySide6 (LGPL 3), SQLAlchemy (MIT), "
                    "ReportLab (BSD), "
                    "Babel (BSD) and the fonts BIZ UD (OFL 1.1) and IPAmj Mincho (IPA Font License)."
                ),
                "neutral",
            )
        )
        column.addWidget(_close_box(self))


def _close_box(dialog: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    return box
