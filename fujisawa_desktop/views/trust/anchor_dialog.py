"""The line at the foot of a printed register, typed in and compared with the journal."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.journal_marks import read_anchor
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.journal_findings import JournalReport
from fujisawa_desktop.texts.journal_findings import finding_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    row,
)


class AnchorDialog(QDialog):
    """Takes number and check code from paper and says whether the journal still holds that state."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Compare with a printed line"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 320)
        self.count, self.mark = LineEdit(), LineEdit()
        self.notice = NoticeBar()
        self.compare_button = PrimaryButton(_("Compare"), self.compare)
        self.compare_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "Registers and ledgers end with 「操作記録 n件 照合値 XXXX-XXXX-XXXX」. Type both from "
                    "the paper: if acts were cut off or written anew since it was printed, it shows here."
                )
            )
        )
        column.addWidget(FormField("count", _("Number of acts (操作記録 n件)"), self.count))
        column.addWidget(FormField("mark", _("Check code (照合値)"), self.mark))
        column.addWidget(self.notice)
        column.addStretch(1)
        column.addLayout(row(None, SecondaryButton(_("Close"), self.reject), self.compare_button))

    def compare(self) -> None:
        """Read what was typed and check the journal against it."""
        try:
            anchor = read_anchor(self.count.text(), self.mark.text())
        except RuleError as error:
            self.notice.show_message(texts.message(error), "wrong")
            return
        self._desk.query(check_journal, self._show, owner=self, anchors=(anchor,))

    def _show(self, report: JournalReport) -> None:
        if report.anchors:
            self.notice.show_message(_("The journal still holds the state that was printed."), "good")
            return
        told = "、".join(finding_text(one) for one in report.findings[-3:])
        text = _("The journal is not the one that was printed. {findings}")
        self.notice.show_message(text.format(findings=told), "wrong")
