"""What stands where a list has nothing to show: why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets.basic import Button, PrimaryButton, TextLabel, row
from fujisawa_desktop.views.widgets.running_text import RunningText


class EmptyState(QWidget):
    """A title, a sentence of explanation, and the button that helps."""

    def __init__(
        self,
        title: str = "",
        explanation: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        primary: bool = False,
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._title = TextLabel("", "heading")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._explanation = RunningText("", "neutral")
        self._explanation.setMaximumWidth(460)
        self._explanation.setMinimumWidth(200)
        self.button: Button = PrimaryButton("") if primary else Button("")
        self.button.clicked.connect(self._act)
        self._on_action: Callable[[], object] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addStretch(1)
        column.addWidget(self._title)
        line = row(None)
        line.addWidget(self._explanation, 2)
        line.addStretch(1)
        column.addLayout(line)
        column.addLayout(row(None, self.button, None))
        column.addStretch(2)
        self.say(title, explanation, action, on_action)

    def say(
        self,
        title: str,
        explanation: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        """Explain another emptiness."""
        self._title.setText(title)
        self._explanation.set_text(explanation)
        self._explanation.setVisible(bool(explanation))
        self._explanation.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._on_action = on_action
        self.setAccessibleName(f"{title} {explanation}".strip())

    def title(self) -> str:
        """Return the title shown."""
        return self._title.text()

    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()
