"""What of the month has to be looked into, each line with the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.hours import Finding
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.payroll.words import sentence, tone_of
from fujisawa_desktop.views.theme import tokens
from fujisawa_desktop.views.widgets import Panel, RunningText, tool_tip


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look into: whose, on which day, and what."""

    row: int
    day: date
    finding: Finding


def checks_of(view: MonthView) -> list[Check]:
    """Return the findings of a month, the gravest first, by person and day.

    The cap is named once a person.
    """
    found: list[Check] = []
    for row, person in enumerate(view.people):
        seen_cap = False
        for day, cell in sorted(person.cells.items()):
            for finding in cell.findings:
                if finding.code.startswith("cap."):
                    if seen_cap:
                        continue
                    seen_cap = True
                found.append(Check(row, day, finding))
    return sorted(found, key=lambda check: tone_of([check.finding]) != "wrong")


class ChecksPanel(Panel):
    """The list of them.

    Signals:
        wanted(int, date): go to this person's day.
    """

    wanted = Signal(int, object)

    def __init__(self) -> None:
        self._view: MonthView | None = None
        super().__init__(_("To check this month"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("To check this month"))
        self.list.setProperty("role", "bare")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = RunningText("", "neutral")
        self.body.addWidget(self.none)
        self.body.addWidget(self.list, 1)
        self._checks: list[Check] = []
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)

    def show_month(self, view: MonthView) -> None:
        """List what a month holds."""
        self._view = view
        self._checks = checks_of(view)
        self.list.clear()
        for check in self._checks:
            tone = tone_of([check.finding]) or "caution"
            name = view.people[check.row].member.name
            text = _("{name}: {text}").format(name=name, text=sentence(check.finding))
            item = QListWidgetItem(icon(tone, tokens().text_of(tone).name()), text)
            item.setToolTip(tool_tip(text))
            self.list.addItem(item)
        count = len(self._checks)
        self.list.setVisible(bool(count))
        self.none.setVisible(not count)
        self.none.set_text(_("Nothing. All hours of this month keep to the terms."))
        title = ngettext("To check this month: {count}", "To check this month: {count}", count)
        self.set_title(title.format(count=count) if count else _("To check this month"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._view is not None:
            self.show_month(self._view)

    def texts(self) -> list[str]:
        """Return the lines shown."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _go(self, item: QListWidgetItem) -> None:
        check = self._checks[self.list.row(item)]
        self.wanted.emit(check.row, check.day)
