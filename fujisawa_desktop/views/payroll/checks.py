"""What of the month has to be looked into, each line with the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.hours import Finding
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.payroll.words import sentence, tone_of
from fujisawa_desktop.views.theme import Tone, tokens
from fujisawa_desktop.views.widgets import Panel, RunningText, tool_tip

_AT_ONCE: Final = 60
"""Lines that are written before the window goes on; of a thousand people there are hundreds."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look into: whose, on which day, and what."""

    row: int
    day: date
    finding: Finding


_Line = tuple[Check, str]
"""A check and the name it is about."""


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


def _alike(before: Sequence[_Line], after: Sequence[_Line]) -> int:
    """Return how many lines both begin with; whose row it is does not show in them."""
    count = 0
    for (old, old_name), (new, name) in zip(before, after, strict=False):
        if (old.day, old.finding, old_name) != (new.day, new.finding, name):
            break
        count += 1
    return count


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
        self.list.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = RunningText("", "neutral")
        self.body.addWidget(self.none)
        self.body.addWidget(self.list, 1)
        self._lines: list[_Line] = []
        self._signs: dict[Tone, QIcon] = {}
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._write_more)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)

    def show_month(self, view: MonthView) -> None:
        """List what a month holds; lines that stand there already are left alone."""
        found = [(check, view.people[check.row].member.name) for check in checks_of(view)]
        before = self._lines[: self.list.count()]
        start = _alike(before, found)
        end = _alike(before[start:][::-1], found[start:][::-1]) if self._is_whole() else 0
        if len(found) - start - end > _AT_ONCE:
            end = 0  # that many are better written in portions, from there on
        for _gone in range(len(before) - start - end):
            self.list.takeItem(start)
        self._view, self._lines = view, found
        self._write(start, len(found) - end if end else min(len(found), start + _AT_ONCE))
        count = len(found)
        self.list.setVisible(bool(count))
        self.none.setVisible(not count)
        self.none.set_text(_("Nothing. All hours of this month keep to the terms."))
        title = ngettext("To check this month: {count}", "To check this month: {count}", count)
        self.set_title(title.format(count=count) if count else _("To check this month"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._view is not None:
            self._signs.clear()
            self.list.clear()
            self.show_month(self._view)

    def texts(self) -> list[str]:
        """Return the lines shown."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _is_whole(self) -> bool:
        return self.list.count() == len(self._lines)

    def _write(self, first: int, end: int) -> None:
        """Put lines into the list; what is left of them follows when the window has time."""
        for at in range(first, end):
            check, name = self._lines[at]
            tone = tone_of([check.finding]) or "caution"
            if tone not in self._signs:
                self._signs[tone] = icon(tone, tokens().text_of(tone).name())
            text = _("{name}: {text}").format(name=name, text=sentence(check.finding))
            item = QListWidgetItem(self._signs[tone], text)
            item.setToolTip(tool_tip(text))
            self.list.insertItem(at, item)
        if not self._is_whole():
            self._more.start()

    def _write_more(self) -> None:
        first = self.list.count()
        self._write(first, min(first + _AT_ONCE, len(self._lines)))

    def _go(self, item: QListWidgetItem) -> None:
        check = self._lines[self.list.row(item)][0]
        self.wanted.emit(check.row, check.day)
