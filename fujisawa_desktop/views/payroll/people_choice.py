"""A list of people to tick, with what is to be said about each of them under the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.theme import Tone, body_font, tokens
from fujisawa_desktop.views.widgets import tool_tip
from fujisawa_desktop.views.widgets.sentence_cells import SENTENCE_ROLE, SentenceDelegate

_PERSON: Final = Qt.ItemDataRole.UserRole
_DAY: Final = Qt.ItemDataRole.UserRole + 1
_LINE_HEIGHT: Final = 30


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A sentence about somebody; Enter on it goes to ``day``, if there is one."""

    text: str
    tone: Tone = "neutral"
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ChoicePerson:
    """Somebody to tick; who may not be ticked has no box."""

    appointment_id: int
    text: str
    may: bool = True
    ticked: bool = True
    lines: tuple[ChoiceLine, ...] = ()


class PeopleChoice(QListWidget):
    """The list.

    Signals:
        ticked(): who is ticked changed.
        wanted(int, date): go to this day of this appointment.
    """

    ticked = Signal()
    wanted = Signal(int, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(SentenceDelegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._people: Sequence[ChoicePerson] = ()
        self.itemChanged.connect(self._on_changed)
        self.itemActivated.connect(self._go)

    def show_people(self, people: Sequence[ChoicePerson]) -> None:
        """Show these instead."""
        self._people = people
        with QSignalBlocker(self):
            self.clear()
            for person in people:
                self._add_person(person)
                for line in person.lines:
                    self._add_line(person, line)
            if self.count():
                self.setCurrentRow(0)
        self.ticked.emit()

    def chosen(self) -> list[int]:
        """Return the appointments that are ticked."""
        return [
            int(item.data(_PERSON)) for item in self._items() if item.checkState() is Qt.CheckState.Checked
        ]

    def tick_all(self, *, ticked: bool) -> None:
        """Tick everybody who may be, or nobody."""
        for item in self._items():
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def texts(self) -> list[str]:
        """Return the lines shown."""
        return [item.text() for item in self._items()]

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._people:
            ticked = set(self.chosen())
            self.show_people(self._people)
            for item in self._items():
                if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                    on = int(item.data(_PERSON)) in ticked
                    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give long sentences as many lines as the new width asks for."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _add_person(self, person: ChoicePerson) -> None:
        item = QListWidgetItem(person.text)
        item.setFont(body_font(bold=True))
        item.setData(_PERSON, person.appointment_id)
        item.setSizeHint(QSize(0, _LINE_HEIGHT))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if person.may:
            item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if person.ticked else Qt.CheckState.Unchecked)
        else:
            item.setFlags(flags)
        item.setToolTip(tool_tip(person.text))
        self.addItem(item)

    def _add_line(self, person: ChoicePerson, line: ChoiceLine) -> None:
        sign = "info" if line.tone in ("neutral", "key") else line.tone
        item = QListWidgetItem(icon(sign, tokens().text_of(line.tone).name()), line.text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(_PERSON, person.appointment_id)
        item.setData(_DAY, line.day)
        item.setData(SENTENCE_ROLE, True)  # noqa: FBT003
        item.setToolTip(tool_tip(_("Enter goes to the day.") if line.day is not None else line.text))
        self.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(at) for at in range(self.count())]

    def _on_changed(self, _item: QListWidgetItem) -> None:
        self.ticked.emit()

    def _go(self, item: QListWidgetItem) -> None:
        day = item.data(_DAY)
        if day is not None:
            self.wanted.emit(int(item.data(_PERSON)), day)
