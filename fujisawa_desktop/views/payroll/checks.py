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
from fujisawa_desktop.rules.hours import Finding, needs_reason
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.payroll.words import sentence, tone_of
from fujisawa_desktop.views.theme import Tone, tokens
from fujisawa_desktop.views.widgets import ElidedLabel, Panel, tool_tip

_AT_ONCE: Final = 60
"""Lines that are written before the window goes on; of a thousand people there are hundreds."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look into: whose (-1: nobody of the grid), on which day, what, and the reason kept."""

    row: int
    day: date
    finding: Finding
    reason: str = ""

    @property
    def weight(self) -> int:
        """How far down it stands: first what breaks a rule, then what asks for a look."""
        return 0 if tone_of([self.finding]) == "wrong" else 1


_Line = tuple[Check, str]
"""A check and the name it is about."""


def _nothing(view: MonthView) -> str:
    cells = (cell for person in view.people for cell in person.cells.values())
    if any(cell.worked and cell.findings for cell in cells):
        return _("Nothing. Where hours go beyond the terms, the reason is on record.")
    return _("Nothing. All hours of this month keep to the terms.")


def checks_of(view: MonthView, rows: Sequence[PayRow] = ()) -> list[_Line]:
    """Return what a month's hours and pay have to be looked into, the gravest first, by person and day.

    The cap is named once a person.
    """
    found = _of_pay(view, rows)
    for row, person in enumerate(view.people):
        seen_cap = False
        for day, cell in sorted(person.cells.items()):
            for finding in cell.findings:
                if cell.worked and cell.reason and needs_reason(finding):
                    continue  # somebody wrote why; the grid keeps a hollow sign
                if finding.code.startswith("cap."):
                    if seen_cap:
                        continue
                    seen_cap = True
                found.append((Check(row, day, finding, cell.reason), person.member.name))
    return sorted(found, key=lambda line: line[0].weight)


def _of_pay(view: MonthView, rows: Sequence[PayRow]) -> list[_Line]:
    """Return what is odd about the pay beside the hours: a tax to type, a rate, a net below nothing."""
    places = {person.member.appointment_id: row for row, person in enumerate(view.people)}
    first = view.days[0].day
    return [
        (Check(places.get(row.appointment_id, -1), first, problem), row.name)
        for row in rows
        for problem in row.problems
        if not problem.code.startswith(("shift.", "cap."))
    ]


def _alike(before: Sequence[_Line], after: Sequence[_Line]) -> int:
    """Return how many lines both begin with; whose row it is does not show in them."""
    count = 0
    for (old, old_name), (new, name) in zip(before, after, strict=False):
        if (old.day, old.finding, old.reason, old_name) != (new.day, new.finding, new.reason, name):
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
        self._rows: Sequence[PayRow] = ()
        super().__init__(_("To check this month"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("To check this month"))
        self.list.setProperty("role", "bare")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # One line only: a text that is as high as it needs would take its room from the hours above.
        self.none = ElidedLabel("", "secondary")
        self.body.addWidget(self.none)
        self.body.addWidget(self.list, 1)
        self.body.addStretch()
        self._lines: list[_Line] = []
        self._signs: dict[Tone, QIcon] = {}
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._write_more)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)

    def show_month(self, view: MonthView, rows: Sequence[PayRow] = ()) -> None:
        """List what a month's hours and pay hold; lines that stand there already are left alone."""
        found = checks_of(view, rows)
        before = self._lines[: self.list.count()]
        start = _alike(before, found)
        end = _alike(before[start:][::-1], found[start:][::-1]) if self._is_whole() else 0
        if len(found) - start - end > _AT_ONCE:
            end = 0  # that many are better written in portions, from there on
        for _gone in range(len(before) - start - end):
            self.list.takeItem(start)
        self._view, self._rows, self._lines = view, rows, found
        self._write(start, len(found) - end if end else min(len(found), start + _AT_ONCE))
        count = len(found)
        self.list.setVisible(bool(count))
        self.none.setVisible(not count)
        self.none.set_whole(_nothing(view))
        title = ngettext("To check this month: {count}", "To check this month: {count}", count)
        self.set_title(title.format(count=count) if count else _("To check this month"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._view is not None:
            self._signs.clear()
            self.list.clear()
            self.show_month(self._view, self._rows)

    def texts(self) -> list[str]:
        """Return the lines shown."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _is_whole(self) -> bool:
        return self.list.count() == len(self._lines)

    def _write(self, first: int, end: int) -> None:
        """Put lines into the list; what is left of them follows when the window has time."""
        for at in range(first, end):
            check, name = self._lines[at]
            tone: Tone = tone_of([check.finding]) or "caution"
            if tone not in self._signs:
                self._signs[tone] = icon(tone, tokens().text_of(tone).name())
            text = _("{name}: {text}").format(name=name, text=sentence(check.finding))
            if check.reason:
                text = _("{text} (reason: {reason})").format(text=text, reason=check.reason)
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
        if check.row >= 0:
            self.wanted.emit(check.row, check.day)
