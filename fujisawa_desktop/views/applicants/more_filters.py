"""Filters asked for less often, folded away until needed: results, points, years, days, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final, TypeVar, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_short_date
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.list_narrowing import NOTED, Narrowing
from fujisawa_desktop.services.paste_values import read_points
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.conditions import Condition, condition
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    Button,
    FilterGroup,
    LinkButton,
    NumberEdit,
    TextLabel,
    ValueEdit,
    row,
)

T = TypeVar("T")
WEEKDAYS: Final = "月火水木金土日"


def points(hundredths: int) -> str:
    """Return points as they are written."""
    return f"{hundredths / 100:g}"


class MoreFilters(QWidget):
    """The fields of a :class:`Narrowing`.

    Signals:
        changed(): a person finished a change.
        opened(): the fields are shown for the first time.
    """

    changed = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self._ever_opened = False
        self.button = LinkButton("", self.toggle)
        self.sheet = QWidget()
        self.noted = QComboBox()
        self.noted.addItem(_("Everybody"), "")
        for value in NOTED:
            self.noted.addItem(term("noted", value), value)
        self.noted.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.noted.setMinimumContentsLength(6)
        self.noted.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.score_from: ValueEdit[int] = ValueEdit(read_points, points, width=62)
        self.score_to: ValueEdit[int] = ValueEdit(read_points, points, width=62)
        self.rank_to = NumberEdit("rank", lowest=1, width=62)
        self.grades = FilterGroup(_("Grade"))
        self.days = {day: self._day_button(day) for day in WEEKDAYS}
        self.received_from: ValueEdit[date] = ValueEdit(parse_date, date.isoformat, width=104)
        self.received_until: ValueEdit[date] = ValueEdit(parse_date, date.isoformat, width=104)
        self._lay_out()
        self._name_and_connect()
        self.open(shown=False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(row(self.button, None))
        column.addWidget(self.sheet)
        fields = QVBoxLayout(self.sheet)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(Space.XS)
        fields.addWidget(TextLabel(_("Results"), "secondary"))
        fields.addWidget(self.noted)
        fields.addWidget(TextLabel(_("Points from and to"), "secondary"))
        fields.addLayout(row(self.score_from, TextLabel("–"), self.score_to, None, spacing=Space.XS))
        fields.addWidget(TextLabel(_("Place up to"), "secondary"))
        fields.addLayout(row(self.rank_to, None))
        fields.addWidget(TextLabel(_("Weekdays (any)"), "secondary"))
        days = list(self.days.values())
        fields.addLayout(row(*days[:4], None, spacing=Space.XS))
        fields.addLayout(row(*days[4:], None, spacing=Space.XS))
        fields.addWidget(TextLabel(_("Received from and to"), "secondary"))
        fields.addLayout(row(self.received_from, None))
        fields.addLayout(row(self.received_until, None))
        fields.addWidget(self.grades)

    def _name_and_connect(self) -> None:
        self.noted.setAccessibleName(_("Results"))
        self.noted.currentIndexChanged.connect(lambda _at: self._tell())
        names = (
            (self.score_from, _("Points from")),
            (self.score_to, _("Points to")),
            (self.rank_to, _("Place up to")),
            (self.received_from, _("Received from")),
            (self.received_until, _("Received to")),
        )
        for edit, name in names:
            edit.setAccessibleName(name)
            edit.value_changed.connect(self._tell)
        self.received_from.setPlaceholderText(_("first day"))
        self.received_until.setPlaceholderText(_("last day"))
        self.grades.changed.connect(self._tell)

    def _day_button(self, day: str) -> Button:
        button = Button(day, None, "day")
        button.setCheckable(True)
        button.setFixedSize(36, 28)
        button.setAccessibleName(_("Weekday {day}").format(day=day))
        button.toggled.connect(lambda _on: self._tell())
        return button

    def toggle(self) -> None:
        """Unfold the fields, or fold them away."""
        self.open(shown=self.sheet.isHidden())

    def open(self, *, shown: bool) -> None:
        """Show or fold the fields."""
        self.sheet.setVisible(shown)
        self.button.setText(_("▾ More filters") if shown else _("▸ More filters"))
        if shown and not self._ever_opened:
            self._ever_opened = True
            self.opened.emit()

    def offer_grades(self, counts: Mapping[str, int]) -> None:
        """Offer the years of study that occur."""
        offered = dict.fromkeys([*counts, *sorted(map(str, self.grades.selected()))])
        self.grades.set_options([(grade, grade) for grade in offered])
        self.grades.set_counts(dict(counts.items()))

    def narrowing(self) -> Narrowing:
        """Return what is asked; a field that cannot be read asks nothing and is marked."""
        return Narrowing(
            score_from=_value(self.score_from),
            score_to=_value(self.score_to),
            rank_to=_value(self.rank_to),
            noted=str(self.noted.currentData()),
            grades=cast("frozenset[str]", self.grades.selected()),
            weekdays="".join(day for day, button in self.days.items() if button.isChecked()),
            received_from=_value(self.received_from),
            received_until=_value(self.received_until),
        )

    def show_narrowing(self, narrowing: Narrowing) -> None:
        """Fill the fields without telling."""
        self._filling = True
        self.score_from.set_value(narrowing.score_from)
        self.score_to.set_value(narrowing.score_to)
        self.rank_to.set_value(narrowing.rank_to)
        self.received_from.set_value(narrowing.received_from)
        self.received_until.set_value(narrowing.received_until)
        self.noted.setCurrentIndex(max(self.noted.findData(narrowing.noted), 0))
        for day, button in self.days.items():
            button.setChecked(day in narrowing.weekdays)
        with QSignalBlocker(self.grades):
            self._choose_grades(narrowing.grades)
        self._filling = False

    def _choose_grades(self, grades: Iterable[str]) -> None:
        wanted = frozenset(grades)
        known = frozenset(map(str, self.grades.options()))
        if not wanted <= known:
            self.grades.set_options([(grade, grade) for grade in sorted(known | wanted)])
        self.grades.select(wanted)

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


def _value(edit: ValueEdit[T]) -> T | None:
    try:
        return edit.value()
    except ValidationError:
        return None


def conditions_of(narrowing: Narrowing, show: Callable[[Narrowing], object]) -> list[Condition]:
    """Return what a narrowing asks in words; ``show`` takes the narrowing without one of them."""
    n = narrowing
    told: list[tuple[str, str, list[str], Narrowing]] = [
        ("noted", _("Results"), [term("noted", n.noted)] if n.noted else [], replace(n, noted="")),
        (
            "score",
            _("Points"),
            _span(n.score_from, n.score_to, points),
            replace(n, score_from=None, score_to=None),
        ),
        ("rank", _("Place up to"), [str(n.rank_to)] if n.rank_to else [], replace(n, rank_to=None)),
        ("grades", _("Grade"), sorted(n.grades), replace(n, grades=frozenset())),
        ("weekdays", _("Weekdays"), list(n.weekdays), replace(n, weekdays="")),
        (
            "received",
            _("Received"),
            _span(n.received_from, n.received_until, format_short_date),
            replace(n, received_from=None, received_until=None),
        ),
    ]
    return [
        one
        for key, title, values, without in told
        for one in condition(key, title, values, partial(show, without))
    ]


def _span(first: T | None, last: T | None, say: Callable[[T], str]) -> list[str]:
    if first is not None and last is not None:
        return [_("{first} to {last}").format(first=say(first), last=say(last))]
    if first is not None:
        return [_("from {first}").format(first=say(first))]
    return [] if last is None else [_("up to {last}").format(last=say(last))]
