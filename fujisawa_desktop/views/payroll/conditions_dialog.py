"""勤務条件の明示: what the programme says in each item of the conditions notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.conditions import CONDITION_GROUPS, ConditionItem, condition_item
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conditions import (
    ConditionsForm,
    ConditionsView,
    conditions_form,
    conditions_view,
    save_conditions,
)
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.theme import Space, Tone, tokens
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    LinkButton,
    MenuButton,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    commit_typing,
    field_named,
    row,
    tool_tip,
)

_PAY_DAY_ITEM: Final = "pay_day"
_LIST_WIDTH: Final = 280
_MOST_LINES: Final = 8


class ConditionsDialog(QDialog):
    """A field for each item, and a list beside them that says which are still empty.

    Attributes:
        list: the items, each with a sign.
        areas: the fields by item.
        pay_day, pay_month: when the pay comes.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ConditionsView | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Conditions of work"))
        self.resize(980, 720)
        self.pay_day = NumberEdit("pay_day", lowest=1)
        self.pay_month = QComboBox()
        for offset, text in enumerate((_("the same month"), _("the next month"), _("the month after next"))):
            self.pay_month.addItem(text, offset)
        self.areas: dict[str, TextArea] = {}
        self._fields: dict[str, FormField] = {}
        self._supports: dict[str, RunningText] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(_("Items of the notice"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.state = TextLabel("", "bold")
        self.words = MenuButton(_("Insert a word the program fills in"))
        self.fill = LinkButton(_("Fill empty items with the words that ship"), self._fill)
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setEnabled(False)
        self._last: TextArea | None = None
        self.record: OpenRecord[ConditionsForm] = OpenRecord(desk, self, again=self._read, save=self.save)
        self._lay_out()
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.pay_day.textChanged.connect(self._show_state)
        self._read()

    def save(self) -> None:
        """Store everything as one act; a refusal is shown beside its field and the dialog stays."""
        if self._view is None:
            return
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            form = self.form(self._view.form)
        except ValidationError as error:
            self._refused(error)
            return
        self.record.save(form)

    def _read(self) -> None:
        """Show what is stored."""
        self._desk.query(conditions_view, self._show, owner=self, programme_id=self._desk.programme_id)

    def _watch(self, form: ConditionsForm) -> None:
        self.record.open(
            Saving(
                save_conditions,
                base=form,
                read=partial(conditions_form, programme_id=form.programme_id),
                row=RowOf("programme", form.programme_id),
                words=FormWords(self, prefixes={"words": "conditions"}),
                owner=self,
                on_done=self._saved,
                on_error=self._refused,
            )
        )

    def form(self, stored: ConditionsForm) -> ConditionsForm:
        """Return what is entered.

        Raises:
            ValidationError: the pay day cannot be read.
        """
        return replace(
            stored,
            words={key: area.text() for key, area in self.areas.items()},
            pay_day=self.pay_day.value(),
            pay_month_offset=int(self.pay_month.currentData()),
        )

    def empty_keys(self) -> list[str]:
        """Return the items without which the notice is not made, as the fields stand."""
        usual = self._view.usual if self._view is not None else {}
        empty = []
        for key, area in self.areas.items():
            said = area.text().strip() or usual.get(key, "")
            if key == _PAY_DAY_ITEM and not area.text().strip():
                said = self.pay_day.text().strip()
            if not said and condition_item(key).is_required:
                empty.append(key)
        return empty

    # --- showing

    def _show(self, view: ConditionsView) -> None:
        self._view = view
        self._watch(view.form)
        for key, area in self.areas.items():
            area.set_text(view.form.words.get(key, ""))
            self._supports[key].set_text(support_text(condition_item(key), view.usual.get(key, "")))
        self.pay_day.set_value(view.form.pay_day)
        if self.pay_month.findData(view.form.pay_month_offset) < 0:
            later = _("{count} months later").format(count=view.form.pay_month_offset)
            self.pay_month.addItem(later, view.form.pay_month_offset)
        self.pay_month.setCurrentIndex(self.pay_month.findData(view.form.pay_month_offset))
        for name, example in view.placeholders.items():
            shown = example.split("\n")[0]
            self.words.add(
                _("{name} (such as {example})").format(name=name, example=shown), partial(self._insert, name)
            )
        self.fill.setVisible(bool(view.shipped))
        may_write = not self._desk.read_only
        self.save_button.setEnabled(may_write)
        self.fill.setEnabled(may_write)
        self._show_state()
        first = next(iter(self.empty_keys()), "")
        for at in range(self.list.count()):
            if first and self.list.item(at).data(Qt.ItemDataRole.UserRole) == first:
                self.list.setCurrentRow(at)
        if first and first != _PAY_DAY_ITEM:
            self._focus(first)
        else:
            self.pay_day.setFocus()

    def _show_state(self) -> None:
        """Mark each item in the list, and count those that are empty."""
        empty = self.empty_keys()
        for at in range(self.list.count()):
            entry = self.list.item(at)
            key = entry.data(Qt.ItemDataRole.UserRole)
            if not key:
                continue
            tone: Tone = "caution" if key in empty else "good"
            entry.setIcon(icon(tone, tokens().text_of(tone).name()))
            said = _("still empty") if key in empty else _("filled in")
            name = texts.term("condition", key)
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name} {said}")
        count = len(empty)
        text = ngettext("{count} item is still empty.", "{count} items are still empty.", count)
        self.state.setText(text.format(count=count) if count else _("No item is empty."))

    def _go(self, entry: QListWidgetItem) -> None:
        key = entry.data(Qt.ItemDataRole.UserRole)
        if key:
            self._focus(key)

    def _focus(self, key: str) -> None:
        self.area.ensureWidgetVisible(self._fields[key], 0, Space.XL)
        self.areas[key].setFocus()

    # --- acts

    def _insert(self, name: str) -> None:
        """Put a placeholder where the mark stands in the field written in last."""
        area = self._last
        if area is not None:
            area.insertPlainText("{{" + name + "}}")
            area.setFocus()

    def _remember(self, area: TextArea) -> None:
        self._last = area

    def _fill(self) -> None:
        shipped = self._view.shipped if self._view is not None else {}
        for key, area in self.areas.items():
            if not area.text().strip() and shipped.get(key):
                area.set_text(shipped[key])
        self._show_state()

    def _saved(self, _change: ChangeSet) -> None:
        empty = self.empty_keys()
        self.accept()
        if empty:
            names = "、".join(texts.term("condition", key) for key in empty)
            text = _("Saved. Still empty: {names}. Until they are filled in, no notice can be made.")
            self._desk.notifier.say(text.format(names=names), "caution")
        else:
            self._desk.notifier.say(_("Saved. The conditions notice can be made."))

    def _refused(self, error: Exception) -> None:
        self._desk.notifier.show(error, self)
        if isinstance(error, ValidationError):
            field = field_named(self, error.field)
            if field is not None and self.area.isAncestorOf(field):
                self.area.ensureWidgetVisible(field, 0, Space.XL)

    # --- laying out

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Conditions of work"), "heading"))
        column.addWidget(self.record.hint)
        column.addWidget(
            RunningText(
                _(
                    "The law asks for every item in writing (Labour Standards Act, article 15). "
                    "What the program knows it fills in; the rest is written here, for everybody. "
                    "What is otherwise for one person is written under “Change the conditions”."
                ),
                "neutral",
            )
        )
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self.state)
        left.addWidget(self.list, 1)
        body = row(spacing=Space.L)
        body.addLayout(left)
        body.addWidget(self._form_area(), 1)
        column.addLayout(body, 1)
        column.addLayout(
            row(self.words, self.fill, None, SecondaryButton(_("Cancel"), self.reject), self.save_button)
        )

    def _form_area(self) -> QScrollArea:
        holder = QWidget()
        holder.setProperty("role", "sheet")
        sheet = QVBoxLayout(holder)
        sheet.setContentsMargins(0, 0, Space.M, 0)
        sheet.setSpacing(Space.L)
        pay = Panel(_("Pay day"), margin=Space.M)
        day = FormField("pay_day", _("Day of the month"), self.pay_day)
        month = FormField("pay_month_offset", _("Paid in"), self.pay_month)
        pay.body.addLayout(row(month, day, None, spacing=Space.L))
        hint = _("31 is the last day. Before a closed day, the open day before it.")
        pay.body.addWidget(RunningText(hint, "neutral"))
        sheet.addWidget(pay)
        for group in CONDITION_GROUPS:
            self._add_heading(texts.term("condition-group", group.key))
            panel = Panel(texts.term("condition-group", group.key), margin=Space.M)
            for item in group.items:
                panel.body.addWidget(self._field(item))
                self._add_entry(item)
            sheet.addWidget(panel)
        sheet.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(holder)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.area

    def _field(self, item: ConditionItem) -> QWidget:
        area = self.areas[item.key] = ItemArea(self._remember)
        area.textChanged.connect(self._show_state)
        field = FormField(
            f"conditions.{item.key}",
            texts.term("condition", item.key),
            area,
            required=item.is_required and not item.is_data,
        )
        support = self._supports[item.key] = RunningText("", "neutral")
        self._fields[item.key] = field
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(field)
        column.addWidget(support)
        return holder

    def _add_heading(self, text: str) -> None:
        entry = QListWidgetItem(text)
        entry.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(entry)

    def _add_entry(self, item: ConditionItem) -> None:
        entry = QListWidgetItem(texts.term("condition", item.key))
        entry.setData(Qt.ItemDataRole.UserRole, item.key)
        entry.setToolTip(tool_tip(entry.text()))
        self.list.addItem(entry)


class ItemArea(TextArea):
    """The field of one item; tells when the person comes to it."""

    def __init__(self, on_focus: Callable[[TextArea], object]) -> None:
        super().__init__(lines=1, most=_MOST_LINES)
        self._on_focus = on_focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that this field is written in now."""
        super().focusInEvent(event)
        self._on_focus(self)


def support_text(item: ConditionItem, usual: str) -> str:
    """Return what the law asks of an item, and what is printed while nothing is written."""
    known = texts.text_book().terms["condition-help"]
    lines = [texts.term("condition-help", item.key)] if item.key in known else []
    if usual:
        lines.append(_("While empty, this is printed: {text}").format(text=usual.replace("\n", " / ")))
    return "\n".join(lines)
