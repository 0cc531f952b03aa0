"""Parts of the plan panel: the aims with their proof, figures side by side, and who has which time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.planning_model import Measure
from fujisawa_desktop.views.interviews.plan_words import AIM_NAMES, aim_value, proof
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import ElidedLabel, TextLabel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AimList(QWidget):
    """What a plan reaches, aim by aim in the order of importance, each with what is proven of it."""

    def __init__(self, measures: Iterable[Measure], total: int) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        said = [self._add(at, measure, total) for at, measure in enumerate(measures)]
        self.setAccessibleName("\n".join(said))

    def _add(self, at: int, measure: Measure, total: int) -> str:
        name, value, words = _(AIM_NAMES[measure.aim]), aim_value(measure, total), proof(measure)
        shown = TextLabel(value, "bold")
        shown.setAlignment(_RIGHT)
        self._grid.addWidget(ElidedLabel(name), 2 * at, 0)
        self._grid.addWidget(shown, 2 * at, 1)
        below = ElidedLabel(("✓ " if measure.proven else "… ") + words, "small")
        below.set_tone("good" if measure.proven else "caution")
        below.setContentsMargins(0, 0, 0, Space.S)
        self._grid.addWidget(below, 2 * at + 1, 0, 1, 2)
        return f"{name} {value}, {words}"


class SideBySide(QWidget):
    """Figures of two plans in two columns; what differs is bold."""

    def __init__(self, heads: tuple[str, str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate(heads, 1):
            grid.addWidget(_figure(head, bold=False), 0, column)
        for line, (name, values) in enumerate(rows, 1):
            differs = len(set(values)) > 1
            grid.addWidget(ElidedLabel(name), line, 0)
            for column, value in enumerate(values, 1):
                grid.addWidget(_figure(value, bold=differs), line, column)
        self.setAccessibleName(
            "\n".join(
                " ".join([name, *(f"{head} {value}" for head, value in zip(heads, values, strict=True))])
                for name, values in rows
            )
        )


def _figure(text: str, *, bold: bool) -> TextLabel:
    label = TextLabel(text, "bold" if bold else "secondary")
    label.setAlignment(_RIGHT)
    return label


class SeatLines(QWidget):
    """People in one line each: the name, and below it which time."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        said = []
        for at, (name, words) in enumerate(lines):
            below = ElidedLabel(words, "small")
            below.setContentsMargins(0, 0, 0, Space.XS)
            self._grid.addWidget(ElidedLabel(name), 2 * at, 0)
            self._grid.addWidget(below, 2 * at + 1, 0)
            said.append(f"{name}: {words}")
        self.setAccessibleName("\n".join(said))
