"""The row on top: which month, seen how, how far it is, and what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QWidget

from fujisawa_desktop.i18n import N_, _
from fujisawa_desktop.services.hours import PersonMonth
from fujisawa_desktop.views.action_spec import When
from fujisawa_desktop.views.action_table import ACTIONS, SUBMENUS
from fujisawa_desktop.views.payroll.words import month_name, month_pill
from fujisawa_desktop.views.theme import HEADING_PX, Space, body_font
from fujisawa_desktop.views.widgets import (
    Button,
    IconButton,
    MenuButton,
    Pill,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
)


class MonthLook(StrEnum):
    """How the hours are shown."""

    MONTH = "month"
    WEEK = "week"
    PERSON = "person"


LOOKS: Final[dict[MonthLook, tuple[str, str, str]]] = {
    MonthLook.MONTH: (N_("Month view"), "Alt+M", N_("Everybody, a whole month ({keys}, F7)")),
    MonthLook.WEEK: (N_("Week view"), "Alt+K", N_("Everybody, a week with the times ({keys}, F7)")),
    MonthLook.PERSON: (N_("Person view"), "Alt+N", N_("One person, the whole term ({keys})")),
}
"""Name, keys and explanation of each."""
ON_THE_BAR: Final = frozenset({"work.close-month", "work.pay"})
"""Actions with a button of their own."""
_MORE: Final = "Alt+O"
IN_THE_MENU: Final = ("work", "work-hours", "work-sheets", "papers-work")


class MonthBar(QWidget):
    """Buttons only; the tab does what they ask for.

    Signals:
        stepped(int): another month, so many further.
        look_chosen(MonthLook): show the hours this way.
        attendance_wanted(), close_wanted(), pay_wanted(): acts on the month.
        act_wanted(str): an action of the table was chosen under その他.
    """

    stepped = Signal(int)
    look_chosen = Signal(object)
    attendance_wanted = Signal()
    close_wanted = Signal()
    pay_wanted = Signal()
    act_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.before = IconButton("previous", _("Month before (Page Up)"), lambda: self.stepped.emit(-1))
        self.after = IconButton("next", _("Month after (Page Down)"), lambda: self.stepped.emit(1))
        self.month = TextLabel("", "heading")
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = QFontMetrics(body_font(HEADING_PX, bold=True)).horizontalAdvance(month_name(2024, 12))
        self.month.setMinimumWidth(widest + Space.XS)
        self.looks = {look: self._look_button(look) for look in LOOKS}
        self._group = QButtonGroup(self)
        for button in self.looks.values():
            self._group.addButton(button)
        self.looks[MonthLook.MONTH].setChecked(True)
        self.state = Pill("")
        self.attendance = SecondaryButton(_("Attendance"), self.attendance_wanted.emit)
        self.close_month = SecondaryButton(_("Close month"), self.close_wanted.emit)
        self.compute = PrimaryButton(_("Compute pay"), self.pay_wanted.emit)
        self.more = MenuButton(_("Others"))
        self.more.setToolTip(_("Everything else that is done with hours and pay ({keys})").format(keys=_MORE))
        QShortcut(QKeySequence(_MORE), self).activated.connect(self.more.showMenu)
        self._lay_out()

    def fill_menu(self, *, may_write: bool) -> None:
        """Put all other acts on hours and pay under その他, as the table of actions has them."""
        menu = self.more.menu()
        menu.clear()
        for menu_id in IN_THE_MENU:
            specs = [spec for spec in ACTIONS if spec.menu == menu_id and spec.id not in ON_THE_BAR]
            within = menu if menu_id == IN_THE_MENU[0] else QMenu(_(SUBMENUS[menu_id][1]), menu)
            if within is not menu:
                if menu_id == IN_THE_MENU[1]:
                    menu.addSeparator()
                menu.addMenu(within)
            for at, spec in enumerate(specs):
                if at and spec.group != specs[at - 1].group:
                    within.addSeparator()
                action = within.addAction(_(spec.text))
                action.setObjectName(spec.id)
                action.setStatusTip(_(spec.tip))
                action.setEnabled(may_write or spec.when is not When.WRITABLE)
                action.triggered.connect(lambda _checked=False, wanted=spec.id: self.act_wanted.emit(wanted))

    def show_month(self, year: int, month: int) -> None:
        """Name the month."""
        self.month.setText(month_name(year, month))

    def show_people(self, people: Sequence[PersonMonth], *, may_write: bool) -> None:
        """Say how far the month is, and enable what is possible."""
        self.state.setVisible(bool(people))
        if people:
            self.state.set(*month_pill(people))
        all_closed = bool(people) and all(person.closed for person in people)
        self.close_month.setText(_("Open again…") if all_closed else _("Close month"))
        self.close_month.setEnabled(may_write and bool(people))
        self.compute.setEnabled(bool(people))
        self.attendance.setEnabled(bool(people))

    def look(self) -> MonthLook:
        """Return how the hours are shown now."""
        return next(look for look, button in self.looks.items() if button.isChecked())

    def choose_look(self, look: MonthLook) -> None:
        """Show the hours this way from now on."""
        if not self.looks[look].isChecked():
            self.looks[look].setChecked(True)
            self.look_chosen.emit(look)

    def press_look(self, look: MonthLook) -> None:
        """Press the button of what is shown already."""
        self.looks[look].setChecked(True)

    def _look_button(self, look: MonthLook) -> Button:
        text, keys, tip = LOOKS[look]
        button = SecondaryButton(_(text), lambda: self.look_chosen.emit(look))
        button.setCheckable(True)
        button.setToolTip(_(tip).format(keys=keys))
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: self.choose_look(look))
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        for widget in (self.before, self.month, self.after):
            line.addWidget(widget)
        line.addSpacing(Space.S)
        looks = QHBoxLayout()
        looks.setSpacing(0)
        for button in self.looks.values() if len(self.looks) > 1 else ():
            looks.addWidget(button)
        line.addLayout(looks)
        line.addStretch(1)
        for last in (self.state, self.attendance, self.close_month, self.compute, self.more):
            line.addWidget(last)
