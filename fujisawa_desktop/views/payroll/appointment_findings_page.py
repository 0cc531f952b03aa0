"""注意: what should be looked into about one appointment, each with the rule it rests on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.appointing import SAID_ONLY
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import PersonPage, scrolled
from fujisawa_desktop.views.payroll.words import sentence
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import InlineNotice, RunningText


class FindingsPage(PersonPage):
    """The warnings about one person.

    Attributes:
        notices: one for each warning, what is only said last.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.notices: list[InlineNotice] = []
        sheet = QWidget()
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(0, 0, Space.S, 0)
        self._column.setSpacing(Space.M)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(
            RunningText(
                _("Each rests on the rule named with it. The program decides nothing by itself."), "neutral"
            )
        )
        whole.addWidget(scrolled(sheet), 1)

    def fill(self, view: AppointmentView, *, may_write: bool) -> None:
        """Write everything anew."""
        del may_write
        for notice in self.notices:
            notice.setParent(None)
            notice.deleteLater()
        found = sorted(view.findings, key=lambda finding: finding.code in SAID_ONLY)
        self.notices = [
            InlineNotice(
                sentence(finding),
                _("Rule: {source}").format(source=texts.term("rule-source", finding.code)),
                "neutral" if finding.code in SAID_ONLY else "caution",
            )
            for finding in found
        ]
        for at, notice in enumerate(self.notices):
            self._column.insertWidget(at, notice)
