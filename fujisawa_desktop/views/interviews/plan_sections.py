"""Parts of the plan panel: the aims with their proof, figures side by side, who has which time, the load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, format_minutes
from fujisawa_desktop.rules.planning_model import Measure
from fujisawa_desktop.services.interview_load import InterviewerLoad
from fujisawa_desktop.views.interviews.plan_words import AIM_NAMES, aim_value, proof
from fujisawa_desktop.views.theme import Space, tokens
from fujisawa_desktop.views.widgets import Button, ElidedLabel, TextLabel

_BAR = 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Grid(QWidget):
    """Lines of a name and what stands at its right."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(Space.M)
        self.grid.setVerticalSpacing(1)
        self.grid.setColumnStretch(0, 1)


class AimList(_Grid):
    """What a plan reaches, aim by aim in the order of importance, each with what is proven of it."""

    def __init__(self, measures: Iterable[Measure], total: int) -> None:
        super().__init__()
        said = [self._add(at, measure, total) for at, measure in enumerate(measures)]
        self.setAccessibleName("\n".join(said))

    def _add(self, at: int, measure: Measure, total: int) -> str:
        name, value, words = _(AIM_NAMES[measure.aim]), aim_value(measure, total), proof(measure)
        self.grid.addWidget(ElidedLabel(name), 2 * at, 0)
        self.grid.addWidget(_figure(value, "bold"), 2 * at, 1)
        below = ElidedLabel(("✓ " if measure.proven else "… ") + words, "small")
        below.set_tone("good" if measure.proven else "caution")
        below.setContentsMargins(0, 0, 0, Space.XS)
        self.grid.addWidget(below, 2 * at + 1, 0, 1, 2)
        return f"{name} {value}, {words}"


class Figures(_Grid):
    """Figures of one plan, or of two in two columns; of two, what differs is bold."""

    def __init__(self, rows: Sequence[tuple[str, Sequence[str]]] = (), heads: Sequence[str] = ()) -> None:
        super().__init__()
        self.show_rows(rows, heads)

    def show_rows(self, rows: Sequence[tuple[str, Sequence[str]]], heads: Sequence[str] = ()) -> None:
        """Show other figures."""
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for column, head in enumerate(heads, 1):
            self.grid.addWidget(_figure(head, "secondary"), 0, column)
        said = []
        for line, (name, values) in enumerate(rows, 1):
            self.grid.addWidget(ElidedLabel(name), line, 0)
            plain = bool(heads) and len(set(values)) == 1
            for column, value in enumerate(values, 1):
                self.grid.addWidget(_figure(value, "secondary" if plain else "bold"), line, column)
            columns = heads or [""]
            said.append(
                " ".join([name, *(f"{head} {value}" for head, value in zip(columns, values, strict=True))])
            )
        self.setAccessibleName("\n".join(said))


class SeatLines(QWidget):
    """People with two lines each: the name, and below it which time."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = []
        for name, words in lines:
            below = ElidedLabel(words, "small")
            below.setContentsMargins(0, 0, 0, Space.XS)
            column.addWidget(ElidedLabel(name))
            column.addWidget(below)
            said.append(f"{name}: {words}")
        self.setAccessibleName("\n".join(said))


class LoadBars(_Grid):
    """A bar for each interviewer, with the number of interviews and the time they take."""

    def __init__(self, loads: Sequence[InterviewerLoad]) -> None:
        super().__init__()
        most = max((one.whole.interviews for one in loads), default=0) or 1
        self.grid.setHorizontalSpacing(Space.S)
        said = []
        for line, one in enumerate(loads):
            name = one.name or _("added interviewer")
            count = str(one.whole.interviews)
            time = format_minutes(one.whole.minutes)
            self.grid.addWidget(ElidedLabel(name), 2 * line, 0)
            self.grid.addWidget(_figure(count, "bold"), 2 * line, 1)
            self.grid.addWidget(_figure(time, "secondary"), 2 * line, 2)
            self.grid.addWidget(_Bar(one.whole.interviews / most), 2 * line + 1, 0, 1, 3)
            said.append(f"{name} {count}, {time}")
        self.setAccessibleName("\n".join(said))


class _Bar(QWidget):
    """A bar that fills a share of its room."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the height of a line."""
        return QSize(48, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and the bar on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, 1, self.width(), _BAR)
        for colour, share in ((tokens().neutral_pale, 1.0), (tokens().key, self._share)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 1, track.width() * share, _BAR), 2, 2)
        painter.end()


class Links(QWidget):
    """Small acts, one below the other, in line with the text around them."""

    def __init__(self, buttons: Iterable[Button]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for button in buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _figure(text: str, role: str) -> TextLabel:
    label = TextLabel(text, "bold" if role == "bold" else "secondary")
    label.setAlignment(_RIGHT)
    return label
