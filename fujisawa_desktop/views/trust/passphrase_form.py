"""A new passphrase: typed twice, with a word on how hard it is to guess."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.passphrases import Strength, require_usable, strength
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import FormField, LineEdit, TextLabel, commit_typing, field_named

_TONES: dict[Strength, Tone] = {
    Strength.TOO_SHORT: "neutral",
    Strength.WEAK: "caution",
    Strength.FAIR: "key",
    Strength.GOOD: "good",
}


class NewPassphraseForm(QWidget):
    """Two fields and a switch that shows what is typed.

    Attributes:
        first, again: the fields.
        show_box: shows what is typed; an input method works only then.

    Signals:
        finished(): Return was pressed in the second field.
    """

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first, self.again = LineEdit(), LineEdit()
        self.strength = TextLabel("", "secondary")
        self.show_box = QCheckBox(_("Show what I type (needed for Japanese input)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(
            FormField(
                "passphrase",
                _("Passphrase"),
                self.first,
                required=True,
                support=_("8 characters or more. Several words are easy to remember and hard to guess."),
            )
        )
        column.addWidget(self.strength)
        column.addWidget(FormField("again", _("The same once more"), self.again, required=True))
        column.addWidget(self.show_box)
        self.first.textChanged.connect(self._judge)
        self.again.returnPressed.connect(self.finished)
        self.show_box.toggled.connect(self._hide_or_show)
        self._hide_or_show(shown=False)
        self._judge("")

    def passphrase(self) -> str | None:
        """Return what was typed; what is wrong with it is said under its field instead."""
        commit_typing()
        try:
            require_usable(self.first.text(), self.again.text())
        except ValidationError as error:
            field = field_named(self, error.field)
            if field is not None:
                field.set_error(texts.message(error))
                field.editor.setFocus()
            return None
        return self.first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _judge(self, text: str) -> None:
        found = strength(text)
        self.strength.setText(texts.term("strength", found) if text else "")
        self.strength.set_tone(_TONES[found])

    def _hide_or_show(self, shown: bool) -> None:  # noqa: FBT001 - a signal's value
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.again.setEchoMode(mode)
