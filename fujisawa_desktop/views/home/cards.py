"""The cards at the bottom of the home tab: places per course, hours and pay of the month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from fujisawa_desktop.i18n import _, format_minutes, format_yen
from fujisawa_desktop.services.courses import CourseRow
from fujisawa_desktop.services.overview import MonthCard
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    CapState,
    ElidedLabel,
    Panel,
    Pill,
    TextLabel,
    row,
)

COLUMNS = 4


class FigureCard(Panel):
    """One figure with its name above and its explanation below."""

    def __init__(self, name: str, figure: str, below: str, pill: tuple[str, Tone] | None = None) -> None:
        super().__init__(role="card", margin=Space.M)
        self.setAccessibleName(f"{name} {figure} {below}")
        self.body.setSpacing(Space.XS)
        top = row(ElidedLabel(name, "secondary"), spacing=Space.S)
        if pill is not None:
            top.addWidget(Pill(*pill))
        self.body.addLayout(top)
        self.body.addWidget(TextLabel(figure, "figure"))
        self.body.addWidget(ElidedLabel(below, "small"))


def course_card(course: CourseRow) -> FigureCard:
    """Return the card of one course: people hired against places."""
    figure = _("{hired} / {capacity} people").format(hired=course.final_passed, capacity=course.capacity)
    below = _("Applied {applied}, passed 1st {first}, reserve {reserve}").format(
        applied=course.applications, first=course.first_passed, reserve=course.reserves
    )
    over: tuple[str, Tone] | None = (_("Over capacity"), "caution") if course.over_capacity else None
    return FigureCard(course.short_name, figure, below, over)


def month_cards(card: MonthCard | None) -> list[FigureCard]:
    """Return the cards of hours and pay; before anybody is appointed there is nothing to say."""
    if card is None:
        return []
    cap = CapState(card.top_minutes, 0, card.cap.minutes, card.cap.inclusive)
    over: tuple[str, Tone] | None = (_("Reaches the cap"), "wrong") if cap.reached else None
    hours = FigureCard(
        _("Hours of month {month}, worked and planned").format(month=card.month),
        format_minutes(card.minutes),
        _("Most: {top} ({cap}), worked so far: {worked}").format(
            top=format_minutes(card.top_minutes),
            cap=cap.cap_text(),
            worked=format_minutes(card.worked_minutes),
        ),
        over,
    )
    if card.pay_yen is None:
        pay = FigureCard(
            _("Pay of month {month}, expected").format(month=card.month),
            "—",
            _("A rate is missing. Open the month to see."),
        )
    else:
        pay = FigureCard(
            _("Pay of month {month}, expected").format(month=card.month),
            _("{amount} yen").format(amount=format_yen(card.pay_yen)),
            _("{people} people, without commuting and deductions").format(people=card.people),
        )
    return [hours, pay]


class CardGrid(QWidget):
    """The cards, four in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.M)
        self.cards: list[FigureCard] = []

    def show_cards(self, courses: Sequence[CourseRow], month: MonthCard | None) -> None:
        """Show these cards instead."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.deleteLater()
        self.cards = [*(course_card(course) for course in courses), *month_cards(month)]
        columns = min(COLUMNS, max(len(self.cards), 1))
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // COLUMNS, at % COLUMNS)
