"""How long each kind of record is kept in one programme, and the times that hold for everybody."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.retention_settings import (
    PeriodsForm,
    RetentionSettings,
    periods_form,
    periods_of,
    retention_settings,
    save_periods_form,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NoticeBar,
    NumberEdit,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    commit_typing,
    page_column,
    row,
)


class RetentionPeriodsDialog(QDialog):
    """Years and basis for each kind of record.

    Signals:
        saved(): the periods were stored.

    Attributes:
        years, bases: what is typed, by kind of record.
    """

    saved = Signal()

    def __init__(self, desk: Desk, parent: QWidget, *, programme_id: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Periods of retention"))
        self.resize(860, 520)
        self._desk = desk
        self._programme_id = programme_id
        self._stored: RetentionSettings | None = None
        self.notice = NoticeBar()
        self.years: dict[Category, NumberEdit] = {one: NumberEdit(width=70) for one in Category}
        self.bases: dict[Category, LineEdit] = {one: LineEdit() for one in Category}
        self.months = NumberEdit(width=70)
        self.claim = NumberEdit(width=70)
        self.withholds = QCheckBox(_("Leave reviewers' names out of what is disclosed"))
        self.ok = PrimaryButton(_("Save"), self.save)
        self.ok.setDefault(True)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        self.ok.setEnabled(False)
        self.record: OpenRecord[PeriodsForm] = OpenRecord(desk, self, again=self._read, save=self.save)
        self._lay_out()
        self._read()

    def _read(self) -> None:
        """Show what is stored now."""
        self._desk.query(
            retention_settings,
            self._show,
            owner=self,
            on_error=self._say_error,
            programme_id=self._programme_id,
        )

    def _lay_out(self) -> None:
        column = page_column(
            self,
            _("Periods of retention"),
            _(
                "Whole years, counted from 1 April after the fiscal year; 0 ends with the fiscal year "
                "itself. Take them from your city's rules on documents: they differ."
            ),
        )
        column.addWidget(self.record.hint)
        column.addWidget(self.notice)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        for at, heading in enumerate((_("Records"), _("Years"), _("Basis (printed on the certificate)"))):
            grid.addWidget(TextLabel(heading, "bold"), 0, at)
        for line, category in enumerate(Category, start=1):
            name = texts.term("retention-category", category)
            grid.addWidget(TextLabel(name), line, 0)
            grid.addWidget(self.years[category], line, 1)
            grid.addWidget(self.bases[category], line, 2)
            self.years[category].setAccessibleName(_("Years: {records}").format(records=name))
            self.bases[category].setAccessibleName(_("Basis: {text}").format(text=name))
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        self.months_field = FormField(
            "disclosure_months",
            _("Results may be asked for until so long after the announcement"),
            self.months,
            unit=_("months"),
        )
        self.claim_field = FormField(
            "claim_years",
            _("Pay may be claimed until so long after the last pay day"),
            self.claim,
            unit=_("years"),
        )
        column.addLayout(row(self.months_field, self.claim_field, spacing=Space.L))
        column.addWidget(self.withholds)
        column.addStretch(1)
        column.addLayout(row(None, self.cancel, self.ok))

    def _show(self, settings: RetentionSettings) -> None:
        self._stored = settings
        self.record.open(self._saving(settings))
        for period in settings.periods:
            self.years[period.category].set_value(period.years)
            self.bases[period.category].setText(period.basis)
            self.bases[period.category].setCursorPosition(0)
        self.months.set_value(settings.limits.disclosure_months)
        self.claim.set_value(settings.limits.claim_years)
        self.withholds.setChecked(settings.withholds_names)
        self.ok.setEnabled(not self._desk.read_only)

    def save(self) -> None:
        """Store what is typed, as one act."""
        commit_typing()
        stored = self._stored
        if stored is None:
            return
        try:
            form = PeriodsForm(
                self._programme_id,
                {category: _number(edit) for category, edit in self.years.items()},
                {category: edit.text() for category, edit in self.bases.items()},
                _number(self.months),
                _number(self.claim),
                self.withholds.isChecked(),
                stored,
            )
        except ValidationError as error:
            self._say_error(error)
            return
        self.record.save(form)

    def _saving(self, settings: RetentionSettings) -> Saving[PeriodsForm]:
        labels: dict[str, str] = {"withholds": self.withholds.text()}
        for category in Category:
            name = texts.term("retention-category", category)
            labels[f"years:{category}"] = _("Years: {records}").format(records=name)
            labels[f"basis:{category}"] = _("Basis: {text}").format(text=name)
        return Saving(
            save_periods_form,
            base=periods_of(settings, self._programme_id),
            read=partial(periods_form, programme_id=self._programme_id),
            row=RowOf("retention_rule", where=(("programme_id", self._programme_id),)),
            words=FormWords(self, labels=labels),
            owner=self,
            on_done=self._saved,
            on_error=self._say_error,
            aside=frozenset({"seen"}),
        )

    def _saved(self, _change: ChangeSet) -> None:
        self.saved.emit()
        self.accept()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")


def _number(edit: NumberEdit) -> int:
    value = edit.value()
    if value is None:
        raise ValidationError("field.required", field="years")
    return value
