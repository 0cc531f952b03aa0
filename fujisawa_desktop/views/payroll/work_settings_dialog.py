"""勤務と報酬の設定: what the programme rules for work and pay, and for whom a change holds."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_minutes, ngettext
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.conditions import parse_hours
from fujisawa_desktop.rules.pay import Rounding
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.programme_view import ProgrammeView
from fujisawa_desktop.services.programmes import programme
from fujisawa_desktop.services.work_settings import WorkSettings, save_work_settings, work_settings
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import read_value, scrolled
from fujisawa_desktop.views.payroll.settings_words import (
    other_sources,
    read_wages,
    required,
    saved_text,
    source_texts,
    wages_text,
)
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    NoticeBar,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    ValueEdit,
    commit_typing,
    field_named,
    row,
)

_BELOW, _WITHIN = "below", "within"
_TIMES: Final = ("cap_minutes", "premium_day_minutes", "premium_week_minutes")
_NEEDED: Final = (
    "cap_minutes",
    "week_days_min",
    "week_days_max",
    "premium_day_minutes",
    "premium_week_minutes",
    "premium_percent",
)


class WorkSettingsDialog(QDialog):
    """At the left what each appointment copies, at the right what holds for everybody at once.

    Attributes:
        stored: the settings as they were read.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stored: WorkSettings | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Settings of work and pay"))
        self.resize(1140, 730)
        self.notice = NoticeBar()
        self._make_fields()
        self.save_button = PrimaryButton(_("Save (Ctrl+S)"), self.save)
        self.save_button.setEnabled(False)
        self.record: OpenRecord[ProgrammeView] = OpenRecord(desk, self, again=self._read, save=self.save)
        self._lay_out()
        self._connect()
        self._read()

    def _read(self) -> None:
        """Show what is stored."""
        self._desk.query(work_settings, self._show, owner=self, programme_id=self._desk.programme_id)

    def _make_fields(self) -> None:
        self.cap = _hours()
        self.reading = QComboBox()
        self.reading.addItem(_("must stay below"), _BELOW)
        self.reading.addItem(_("may be reached"), _WITHIN)
        self.sources = RunningText("", "neutral")
        self.other_reading = RunningText("", "caution")
        self.days_min = NumberEdit("week_days_min", lowest=1, width=70)
        self.days_max = NumberEdit("week_days_max", lowest=1, width=70)
        self.rounding = _box("pay_rounding", Rounding)
        self.rounding_help = RunningText("", "neutral")
        self.column = _box("tax_column", TaxColumn)
        self.column_help = _note(
            _("For a term of more than two months column C is not taken over: the tax is then typed.")
        )
        self.commuting = _box("commuting_mode", CommutingMode)
        self.commuting_cap = NumberEdit("commuting_cap_yen", width=110)
        self.day = _hours()
        self.week = _hours()
        self.percent = NumberEdit("premium_percent", width=70)
        self.wages = TextArea(lines=2, most=6)
        self.wages_help = RunningText("", "neutral")
        self.probation = NumberEdit("probation_days", lowest=1, width=70)
        self.oath = QCheckBox(_("A written oath is handed in"))

    # --- reading and saving

    def save(self) -> None:
        """Store everything as one act; a refusal is shown beside its field and the dialog stays."""
        if self.stored is None or self._desk.read_only:
            return
        commit_typing()
        self.notice.close_message()
        self._desk.notifier.clear_fields(self)
        try:
            form = self.form(self.stored.programme)
        except ValidationError as error:
            self._refused(error)
            return
        self.record.save(form, on_done=while_open(self, partial(self._saved, form)))

    def _saving(self, stored: ProgrammeView) -> Saving[ProgrammeView]:
        return Saving(
            save_work_settings,
            base=stored,
            read=partial(programme, programme_id=stored.id),
            row=RowOf("programme", stored.id),
            words=self._words(),
            owner=self,
            on_error=while_open(self, self._refused),
        )

    def _words(self) -> FormWords:
        return FormWords(
            self,
            labels={"oath_required": self.oath.text()},
            values={
                **dict.fromkeys(_TIMES, format_minutes),
                "cap_inclusive": lambda within: self.reading.itemText(
                    self.reading.findData(_WITHIN if within else _BELOW)
                ),
                "minimum_wages": wages_text,
            },
        )

    def form(self, stored: ProgrammeView) -> ProgrammeView:
        """Return what is entered.

        Raises:
            ValidationError: a field cannot be read, or is empty and needed; ``field`` says which.
        """
        typed = {
            "cap_minutes": self.cap,
            "week_days_min": self.days_min,
            "week_days_max": self.days_max,
            "commuting_cap_yen": self.commuting_cap,
            "premium_day_minutes": self.day,
            "premium_week_minutes": self.week,
            "premium_percent": self.percent,
            "probation_days": self.probation,
        }
        values = required({name: read_value(edit, name) for name, edit in typed.items()}, _NEEDED)
        return replace(
            stored,
            **values,
            cap_inclusive=self.reading.currentData() == _WITHIN,
            pay_rounding=str(self.rounding.currentData()),
            tax_column=str(self.column.currentData()),
            commuting_mode=str(self.commuting.currentData()),
            minimum_wages=read_wages(self.wages.text()),
            oath_required=self.oath.isChecked(),
        )

    def _saved(self, form: ProgrammeView, _change: ChangeSet) -> None:
        said = saved_text(self.stored, form) if self.stored is not None else ""
        self.accept()
        self._desk.notifier.say(said)

    def _refused(self, error: Exception) -> None:
        name = error.field if isinstance(error, ValidationError) else ""
        field = field_named(self, name)
        if field is None:
            self.notice.show_message(texts.message(error), "wrong")
            return
        self._desk.notifier.show(error, self)
        self._area.ensureWidgetVisible(field, 0, Space.XL)

    # --- showing

    def _show(self, found: WorkSettings) -> None:
        self.stored = found
        view = found.programme
        self.record.open(self._saving(view))
        self.cap.set_value(view.cap_minutes)
        _choose(self.reading, _WITHIN if view.cap_inclusive else _BELOW)
        self.sources.set_text("\n".join(source_texts(view)))
        self.sources.setVisible(bool(view.cap_sources))
        self.days_min.set_value(view.week_days_min)
        self.days_max.set_value(view.week_days_max)
        _choose(self.rounding, view.pay_rounding)
        _choose(self.column, view.tax_column)
        _choose(self.commuting, view.commuting_mode)
        self.commuting_cap.set_value(view.commuting_cap_yen)
        self.day.set_value(view.premium_day_minutes)
        self.week.set_value(view.premium_week_minutes)
        self.percent.set_value(view.premium_percent)
        self.wages.set_text(wages_text(view.minimum_wages))
        self.wages_help.set_text(_wages_source(found.prefecture))
        self.probation.set_value(view.probation_days)
        self.oath.setChecked(view.oath_required)
        self.kept.set_text(_kept(found.appointed))
        self._show_reading()
        self._show_rounding()
        self.save_button.setEnabled(not self._desk.read_only)
        self.cap.setFocus()

    def _show_reading(self) -> None:
        """Name the documents that say otherwise than the setting does."""
        if self.stored is None:
            return
        names = other_sources(self.stored.programme, within=self.reading.currentData() == _WITHIN)
        text = _("{documents} reads otherwise. This setting decides.").format(documents=names)
        self.other_reading.set_text(text if names else "")
        self.other_reading.setVisible(bool(names))

    def _show_rounding(self) -> None:
        """Say what the chosen rounding means and what it rests on."""
        chosen = str(self.rounding.currentData())
        self.rounding_help.set_text(texts.term("pay_rounding_help", chosen))
        self.rounding_help.set_tone("neutral" if chosen == Rounding.A else "caution")

    # --- laying out

    def _connect(self) -> None:
        self.reading.currentIndexChanged.connect(self._show_reading)
        self.rounding.currentIndexChanged.connect(self._show_rounding)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def _lay_out(self) -> None:
        holder = QWidget()
        body = row(spacing=Space.L)
        body.setContentsMargins(0, 0, Space.M, 0)
        body.addLayout(self._agreed(), 1)
        body.addLayout(self._at_once(), 1)
        holder.setLayout(body)
        self._area = scrolled(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Settings of work and pay"), "heading"))
        column.addWidget(self.record.hint)
        column.addWidget(self.notice)
        column.addWidget(self._area, 1)
        pay_day = _note(_("The pay day is set under “Conditions of work”."))
        line = row(SecondaryButton(_("Cancel"), self.reject), self.save_button)
        line.insertWidget(0, pay_day, 1)
        column.addLayout(line)

    def _agreed(self) -> QVBoxLayout:
        self.kept = RunningText("", "neutral")
        hours = Panel(_("Cap of the month and days a week"), margin=Space.M)
        hours.body.addLayout(
            _line(
                FormField("cap_minutes", _("Hours a month"), self.cap, required=True),
                FormField("cap_inclusive", _("The cap itself"), self.reading, required=True),
            )
        )
        hours.body.addWidget(self.sources)
        hours.body.addWidget(self.other_reading)
        unit = _("days a week")
        hours.body.addLayout(
            _line(
                FormField("week_days_min", _("At least"), self.days_min, required=True, unit=unit),
                FormField("week_days_max", _("At most"), self.days_max, required=True, unit=unit),
            )
        )
        hours.body.addWidget(_note(_("The lower number is printed only; nobody is held to it.")))
        pay = Panel(_("Pay, tax and commuting"), margin=Space.M)
        pay.body.addWidget(FormField("pay_rounding", _("Rounding of the month"), self.rounding))
        pay.body.addWidget(self.rounding_help)
        pay.body.addWidget(FormField("tax_column", _("Column of the tax table"), self.column))
        pay.body.addWidget(self.column_help)
        pay.body.addLayout(
            _line(
                FormField("commuting_mode", _("Refund of commuting"), self.commuting),
                FormField("commuting_cap_yen", _("Most a month"), self.commuting_cap, unit=_("yen")),
            )
        )
        pay.body.addWidget(_note(_("Empty: without a limit. Fares are entered by person.")))
        return _column(_("For those appointed from now on"), self.kept, hours, pay)

    def _at_once(self) -> QVBoxLayout:
        lead = _note(
            _(
                "Months not yet stated are computed with it at once. Statements that were made stay; "
                "what differs is shown under “Compute the pay of the month”."
            )
        )
        premium = Panel(_("Premium"), margin=Space.M)
        premium.body.addLayout(
            _line(
                FormField("premium_day_minutes", _("Beyond, a day"), self.day, required=True),
                FormField("premium_week_minutes", _("Beyond, a week"), self.week, required=True),
                FormField("premium_percent", _("Premium"), self.percent, required=True, unit="%"),
            )
        )
        premium.body.addWidget(
            _note(_("By law 8:00 a day, 40:00 a week and 25 % (Labour Standards Act, article 37)."))
        )
        wages = Panel(_("Minimum wage"), margin=Space.M)
        wages.body.addWidget(FormField("minimum_wages", _("By day, a line each: 2025/10/4 1225"), self.wages))
        wages.body.addWidget(self.wages_help)
        start = Panel(_("Beginning of the appointment"), margin=Space.M)
        start.body.addWidget(
            FormField("probation_days", _("Conditional until worked on"), self.probation, unit=_("days"))
        )
        start.body.addWidget(
            _note(_("It lasts one month, and longer until so many days were worked. Empty: one month."))
        )
        start.body.addWidget(FormField("oath_required", _("Oath"), self.oath))
        return _column(_("For everybody at once"), lead, premium, wages, start)


def _column(title: str, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.M)
    column.addWidget(TextLabel(title, "heading"))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column


def _line(*fields: FormField) -> QHBoxLayout:
    """Return fields side by side; a refusal under one leaves the others where they are."""
    line = row(*fields, spacing=Space.L)
    for field in fields:
        line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return line


def _note(text: str) -> RunningText:
    return RunningText(text, "neutral")


def _hours() -> ValueEdit[int]:
    return ValueEdit(parse_hours, format_minutes, width=90)


def _box(family: str, kind: type[StrEnum]) -> QComboBox:
    box = QComboBox()
    for member in kind:
        box.addItem(texts.term(family, member), member.value)
    return box


def _choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))


def _kept(appointed: int) -> str:
    """Return who keeps what was agreed."""
    if not appointed:
        return _("Nobody is appointed yet. What stands here is copied when people are appointed.")
    text = ngettext(
        "{count} person is appointed already and keeps what was agreed. It is changed by person: "
        "“Change the conditions of a person”; tax and commuting under “Appointed people”. "
        "The rounding stays as agreed.",
        "{count} people are appointed already and keep what was agreed. It is changed by person: "
        "“Change the conditions of a person”; tax and commuting under “Appointed people”. "
        "The rounding stays as agreed.",
        appointed,
    )
    return text.format(count=appointed)


def _wages_source(prefecture: str) -> str:
    if prefecture:
        return _("Besides those of {name} under “Figures of the law”; of one day these stand first.").format(
            name=prefecture
        )
    return _("Others may be entered, and the prefecture chosen, under “Figures of the law”.")
