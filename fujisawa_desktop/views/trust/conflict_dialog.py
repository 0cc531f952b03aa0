"""Somebody else saved the same record meanwhile: both values side by side, and a choice for each field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.conflicts import Comparison, FieldPair, Hand, Side
from fujisawa_desktop.views.theme import Space, body_font
from fujisawa_desktop.views.widgets import (
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
    rule,
)
from fujisawa_desktop.views.widgets.running_text import line_height

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    F = TypeVar("F", bound=DataclassInstance)
else:
    F = TypeVar("F")


_LINE_LETTERS: Final = 28
"""So many letters of a value stand in one line."""


class Words(Protocol):
    """How a form names its fields and shows their values."""

    def label(self, field: str) -> str:
        """Return what the form calls a field."""

    def value(self, field: str, value: object) -> str:
        """Return a value as the form shows it."""


class ConflictAsking(QDialog, Generic[F]):
    """What every question about two people's values has: heading, explanation, two ways out.

    Attributes:
        save_button: saves what is chosen.
        stop_button: leaves everything as it is.
    """

    def __init__(
        self,
        comparison: Comparison[F],
        words: Words,
        parent: QWidget | None,
        on_choice: Callable[[F], object],
        on_stop: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._words = words
        self._on_choice = on_choice
        self._on_stop = on_stop
        self.setWindowTitle(_("Changed by two people"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.save_button = PrimaryButton(_("Save with these values"), self.accept)
        self.theirs_button = SecondaryButton(_("Take all of theirs"), partial(self.choose_all, Side.THEIRS))
        self.mine_button = SecondaryButton(_("Take all of mine"), partial(self.choose_all, Side.MINE))
        self.stop_button = SecondaryButton(_("Go back to the form"), self.reject)

    def chosen(self) -> dict[str, Side]:
        """Return the sides chosen so far, by field."""
        raise NotImplementedError

    def choose_all(self, side: Side) -> None:
        """Take one person's values in every field both changed."""
        raise NotImplementedError

    def accept(self) -> None:
        """Save what is chosen."""
        if not self.save_button.isEnabled():
            return
        super().accept()
        self._on_choice(self._comparison.settled(self.chosen()))

    def reject(self) -> None:
        """Go back to the form, where what was typed still stands."""
        super().reject()
        if self._on_stop is not None:
            self._on_stop()

    def put_together(self, explanation: str, body: QWidget, *, both: bool) -> None:
        """Lay out the dialog around what is compared; ``both``: with the buttons that choose everything."""
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Somebody else saved the same item meanwhile"), "heading"))
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(rule())
        column.addWidget(body, 1)
        if both:
            column.addLayout(row(self.theirs_button, self.mine_button, None))
        column.addLayout(row(None, self.stop_button, self.save_button))

    def shown(self, pair: FieldPair, value: object) -> str:
        """Return a value in the form's words."""
        return self._words.value(pair.name, value) or _("(empty)")


class ConflictDialog(ConflictAsking[F]):
    """One block for each field both changed, and a list of what is merged by itself.

    Attributes:
        answers: the two buttons of each field, by field and side.
        save_button: possible once every field is chosen.
    """

    def __init__(
        self,
        comparison: Comparison[F],
        words: Words,
        parent: QWidget | None,
        on_choice: Callable[[F], object],
        on_stop: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(comparison, words, parent, on_choice, on_stop)
        self._groups: list[QButtonGroup] = []
        self.answers: dict[tuple[str, Side], QRadioButton] = {}
        self._lay_out()
        self._show_state()
        first = next(iter(self.answers.values()), None)
        (first or self.save_button).setFocus()

    def chosen(self) -> dict[str, Side]:
        """Return the sides chosen so far, by field."""
        return {field: side for (field, side), button in self.answers.items() if button.isChecked()}

    def choose_all(self, side: Side) -> None:
        """Take one person's values in every field both changed."""
        for (_field, of), button in self.answers.items():
            if of is side:
                button.setChecked(True)
        self._show_state()
        if self.save_button.isEnabled():
            self.save_button.setFocus()

    # --- laying out

    def _lay_out(self) -> None:
        clashes, merges = self._comparison.clashes, self._comparison.merges
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        body = QVBoxLayout(sheet)
        body.setContentsMargins(0, 0, Space.S, 0)
        body.setSpacing(Space.M)
        for pair in clashes:
            body.addLayout(self._clash(pair))
            body.addWidget(rule())
        if merges:
            body.addWidget(TextLabel(_("Changed by one of you only; taken over as it is"), "bold"))
            body.addLayout(self._merges(merges))
        body.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        self.put_together(self._explanation(), area, both=bool(clashes))
        lines = sum(self._lines(pair) for pair in clashes)
        self.resize(780, min(680, 260 + 100 * len(clashes) + 20 * lines + 34 * len(merges)))
        self.setMinimumSize(560, 320)

    def _explanation(self) -> str:
        if not self._comparison.clashes:
            return _(
                "You changed different fields, so both changes fit together. Look at them and save. "
                "Nothing has been saved yet."
            )
        return _(
            "Choose for each field which value stands. What you typed has not been saved yet, and it stays "
            "in the form if you go back."
        )

    def _clash(self, pair: FieldPair) -> QGridLayout:
        """Lay one field's two values beside each other."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        name = self._words.label(pair.name)
        before = _("Before: {value}").format(value=self.shown(pair, pair.base))
        grid.addWidget(TextLabel(name, "bold"), 0, 0, 1, 2)
        grid.addWidget(RunningText(before, "neutral"), 1, 0, 1, 2)
        group = QButtonGroup(self)
        self._groups.append(group)
        for at, (side, heading, value) in enumerate(
            (
                (Side.THEIRS, by_whom(pair.hand), pair.theirs),
                (Side.MINE, _("Mine"), pair.mine),
            )
        ):
            text = self.shown(pair, value)
            button = QRadioButton(heading.replace("&", "&&"))
            button.setAccessibleName(f"{name} {heading} {text}")
            button.toggled.connect(self._show_state)
            group.addButton(button)
            self.answers[pair.name, side] = button
            grid.addWidget(button, 2, at)
            grid.addWidget(RunningText(text), 3, at, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _lines(self, pair: FieldPair) -> int:
        """Return about how many lines the longer of two values takes."""
        longest = max(len(self.shown(pair, value)) for value in (pair.theirs, pair.mine))
        return 1 + longest // _LINE_LETTERS

    def _merges(self, merges: Sequence[FieldPair]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        for line, pair in enumerate(merges):
            mine = pair.merged is Side.MINE
            name, whose = TextLabel(self._words.label(pair.name)), TextLabel("", "secondary")
            for label in (name, whose):  # on one line with the value
                label.setMinimumHeight(line_height(body_font()))
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(
                RunningText(self.shown(pair, pair.mine if mine else pair.theirs)),
                line,
                1,
                Qt.AlignmentFlag.AlignTop,
            )
            whose.setText(_("Mine") if mine else by_whom(pair.hand))
            grid.addWidget(whose, line, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        return grid

    def _show_state(self) -> None:
        self.save_button.setEnabled(len(self.chosen()) == len(self._comparison.clashes))


def by_whom(hand: Hand | None) -> str:
    """Return who saved a value, and when."""
    if hand is None:
        return _("Saved meanwhile")
    return _("{actor}, {at}").format(actor=hand.actor, at=format_datetime(hand.at))
