"""What a new computation would replace in amounts that were stated, and the cause that allows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_minutes, format_yen, ngettext
from fujisawa_desktop.services.pay_difference import AmountChange, Changed, DayChange, PayDifference
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    KeyValueGrid,
    LineEdit,
    Panel,
    Pill,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)


class DifferenceDialog(QDialog):
    """One card for each person whose amounts change, and a field for the cause.

    Attributes:
        cards: the people, in the order of the list.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        month: tuple[int, int],
        differences: Sequence[PayDifference],
        on_cause: Callable[[str], object],
        on_correct: Callable[[int], object],
        fresh: int = 0,
    ) -> None:
        super().__init__(parent)
        self._on_cause = on_cause
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = _("Amounts of {month} that change").format(month=month_name(*month))
        self.setWindowTitle(title)
        self.resize(640, 600)
        replaced = [one for one in differences if not one.is_paid]
        self.cards = [DifferenceCard(one, lambda key: self._correct(on_correct, key)) for one in differences]
        self.cause = LineEdit()
        self.field = FormField("cause", _("Why the amounts are replaced"), self.cause, required=True)
        self.field.setVisible(bool(replaced))
        count = len(replaced)
        text = ngettext("Replace for {count} person", "Replace for {count} people", count)
        self.ok = PrimaryButton(text.format(count=count), self.answer)
        self.ok.setVisible(bool(replaced))
        self.ok.setDefault(bool(replaced))
        self.cancel = SecondaryButton(_("Leave as stated") if replaced else _("Close"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        column.addWidget(RunningText(_explanation(len(replaced), fresh), "neutral"))
        column.addWidget(self._scrolled(), 1)
        column.addWidget(self.field)
        column.addLayout(row(None, self.cancel, self.ok))
        (self.cause if replaced else self.cancel).setFocus()

    def answer(self) -> None:
        """Hand the cause over, if there is one."""
        commit_typing()
        cause = self.cause.text().strip()
        if not cause:
            self.field.set_error(texts.message_for("field.required", {}))
            self.cause.setFocus()
            return
        self.accept()
        self._on_cause(cause)

    def _correct(self, on_correct: Callable[[int], object], appointment_id: int) -> None:
        self.reject()
        on_correct(appointment_id)

    def _scrolled(self) -> QScrollArea:
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.M, 0)
        column.setSpacing(Space.M)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area


class DifferenceCard(Panel):
    """One person: each amount before and after, and what is otherwise."""

    def __init__(self, difference: PayDifference, on_correct: Callable[[int], object]) -> None:
        super().__init__(difference.name, margin=Space.M)
        self.correct: SecondaryButton | None = None
        edition = _("Edition {number}").format(number=difference.edition)
        if difference.is_paid:
            self.header.addWidget(Pill(texts.term("month-state", "paid"), "good"))
        elif difference.edition > 1:
            self.header.addWidget(Pill(edition, "neutral"))
        pairs = [(texts.term("pay-amount", one.name), amount_text(one)) for one in difference.amounts]
        self.body.addWidget(KeyValueGrid(pairs))
        self.body.addWidget(RunningText(reasons_text(difference)))
        if difference.days:
            self.body.addWidget(RunningText(days_text(difference.days), "neutral"))
        if difference.is_paid:
            said = _(
                "This was paid, so it stays as stated. Hours are corrected with the pay of a later month; "
                "for any other reason tell the office that pays."
            )
            self.body.addWidget(RunningText(said, "caution"))
            if Changed.HOURS in difference.changed:
                button = SecondaryButton(_("Correct a day…"), lambda: on_correct(difference.appointment_id))
                self.correct = button
                self.body.addLayout(row(button, None))


def amount_text(change: AmountChange) -> str:
    """Return ``75,166 → 71,706 (-3,460)``."""
    show = format_minutes if change.name == "minutes" else format_yen
    if change.after is None:
        return _("{before} → not known yet").format(before=show(change.before))
    difference = change.after - change.before
    sign = "+" if difference > 0 else ""
    return _("{before} → {after} ({difference})").format(
        before=show(change.before), after=show(change.after), difference=f"{sign}{show(difference)}"
    )


def reasons_text(difference: PayDifference) -> str:
    """Return what is otherwise than it was."""
    names = "、".join(texts.term("pay-changed", one) for one in difference.changed)
    return _("Otherwise since then: {names}").format(names=names)


def days_text(days: Sequence[DayChange]) -> str:
    """Return the days whose hours changed."""
    return "、".join(
        _("{day} {before} → {after}").format(
            day=format_date(one.day, year=False),
            before=format_minutes(one.before),
            after=format_minutes(one.after),
        )
        for one in days
    )


def _explanation(replaced: int, fresh: int) -> str:
    said = [
        _("Nothing is replaced before you confirm it. What was stated is kept as an earlier edition.")
        if replaced
        else _("These amounts were paid, so nothing is replaced.")
    ]
    if fresh:
        text = ngettext(
            "The pay of {count} person more is stated for the first time.",
            "The pay of {count} people more is stated for the first time.",
            fresh,
        )
        said.append(text.format(count=fresh))
    return "\n".join(said)
