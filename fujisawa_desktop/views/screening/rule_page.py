"""The page of the editor that says how totals are counted and what reviewers may see."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.screening_core import Aggregate
from fujisawa_desktop.services.screening_forms import rule_form, rule_of_row
from fujisawa_desktop.services.screening_setup import ScreeningSetup, save_rule
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.widgets import FormField, RunningText

_EXPLAINED: Final = 560


class RulePage(QWidget):
    """How totals become one figure, and what reviewers may see; each change is stored at once.

    Signals:
        failed(Exception): the change was refused.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._filling = False
        self._setup: ScreeningSetup | None = None
        self.aggregate = QComboBox()
        self.aggregate.setMinimumWidth(160)
        for one in Aggregate:
            self.aggregate.addItem(texts.term("aggregate", one), one)
        self.blind = QCheckBox(_("Blind reading"))
        self.hides = QCheckBox(_("Hide the others' points until one's own are in"))
        explained = {
            self.blind: _(
                "Name, reading, school and contact are hidden, and covered with ■ where they stand in an "
                "answer. What a person tells in other words stays readable."
            ),
            self.hides: _("Reviewers then judge for themselves; the office sees everything at any time."),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        support = _("How the totals of several reviewers become the points of the ranking.")
        column.addWidget(
            FormField("aggregate", _("Points of an application"), self.aggregate, support=support)
        )
        for box, text in explained.items():
            about = RunningText(text, "neutral")
            about.setMaximumWidth(_EXPLAINED)
            column.addWidget(box)
            column.addWidget(about)
            box.setAccessibleDescription(text)
            box.toggled.connect(lambda _on: self._save())
            box.setEnabled(not desk.read_only)
        column.addStretch(1)
        self.aggregate.currentIndexChanged.connect(lambda _at: self._save())
        self.aggregate.setEnabled(not desk.read_only)

    def show_setup(self, setup: ScreeningSetup) -> None:
        """Show the stored rule."""
        self._setup = setup
        self._filling = True
        self.aggregate.setCurrentIndex(self.aggregate.findData(setup.rule.aggregate))
        self.blind.setChecked(setup.rule.is_blind)
        self.hides.setChecked(setup.rule.hides_others)
        self._filling = False

    def _save(self) -> None:
        if self._filling or self._setup is None:
            return
        programme_id = self._desk.programme_id
        base = rule_of_row(self._setup.rule, programme_id)
        saving = Saving(
            save_rule,
            base=base,
            read=partial(rule_form, programme_id=programme_id),
            row=RowOf("screening_rule", where=(("programme_id", programme_id),)),
            words=FormWords(self, labels={"is_blind": self.blind.text(), "hides_others": self.hides.text()}),
            owner=self,
            on_error=while_open(self, self._refused),
            on_stop=partial(self.show_setup, self._setup),
            given=asdict,
        )
        form = replace(
            base,
            aggregate=Aggregate(self.aggregate.currentData()),
            is_blind=self.blind.isChecked(),
            hides_others=self.hides.isChecked(),
        )
        save_beside_others(self._desk, saving, form)

    def _refused(self, error: Exception) -> None:
        if self._setup is not None:
            self.show_setup(self._setup)
        self.failed.emit(error)
