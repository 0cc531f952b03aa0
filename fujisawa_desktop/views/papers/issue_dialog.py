"""The one question before papers leave the office: how many, for whom, under which numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.services.paper_checks import CheckKind, PaperCheck
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.views.papers.growing_dialog import GrowingDialog
from fujisawa_desktop.views.papers.words import numbers_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    InlineNotice,
    KeyValueGrid,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)


@dataclass(frozen=True, slots=True)
class SaveChoice:
    """How files are written: all in one or one for each person, and under which password."""

    one_each: bool = False
    password: str = ""


class SaveFields(QWidget):
    """One file or one each, and a password nobody has to choose."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.one_file = QRadioButton(_("One file for all"))
        self.one_each = QRadioButton(_("One file for each person, in a folder"))
        self.one_file.setChecked(True)
        self.one_each.setVisible(count > 1)
        self.one_file.setVisible(count > 1)
        self.password = LineEdit()
        self.password.setFixedWidth(260)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.shown = QCheckBox(_("Show it"))
        self.shown.toggled.connect(
            lambda on: self.password.setEchoMode(
                QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        if count > 1:
            column.addWidget(TextLabel(_("Files"), "bold"))
        column.addWidget(self.one_file)
        column.addWidget(self.one_each)
        column.addWidget(
            FormField(
                "password",
                _("Password"),
                self.password,
                support=_("Leave it empty for files that anybody can open. Tell it to nobody by mail."),
            )
        )
        column.addWidget(self.shown)

    def choice(self) -> SaveChoice:
        """Return what was chosen."""
        return SaveChoice(self.one_each.isChecked(), self.password.text())


class IssueDialog(GrowingDialog):
    """Asks once before papers are issued; accepted means that they shall be.

    Attributes:
        save: how the files are written; ``None`` where the papers are printed.
        issue_button: the agreement.
    """

    def __init__(
        self,
        draft: PaperDraft,
        *,
        audience: str,
        checks: Sequence[PaperCheck],
        saving: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        kind = texts.term("kind", draft.kind)
        self.setWindowTitle(_("Issue: {kind}").format(kind=kind))
        count = len(draft.sheets)
        self.save = SaveFields(count) if saving else None
        asked = ngettext("Issue {count} paper?", "Issue {count} papers?", count)
        word = _("Issue and save…") if saving else _("Issue and print…")
        self.issue_button = PrimaryButton(word, self._agree)
        self.back_button = SecondaryButton(_("Back to the draft"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(asked.format(count=f"{count:,}"), "heading"))
        self.facts = KeyValueGrid(_facts(draft, kind, audience))
        column.addWidget(self.facts)
        for notice in _notices(checks):
            column.addWidget(notice)
        column.addWidget(
            RunningText(
                _(
                    "What is issued is recorded with every word on it and stays as it is; "
                    "a mistake is put right by another paper."
                ),
                "neutral",
            )
        )
        if self.save is not None:
            column.addWidget(self.save)
        column.addLayout(row(None, self.back_button, self.issue_button))
        self.back_button.setFocus()

    def _agree(self) -> None:
        commit_typing()
        self.issue_button.setEnabled(False)
        self.accept()

    def choice(self) -> SaveChoice:
        """Return how the files are written."""
        return self.save.choice() if self.save is not None else SaveChoice()


class SaveDialog(GrowingDialog):
    """Asks how papers that are issued already are written to files."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.setWindowTitle(_("Save as PDF"))
        self.save = SaveFields(count)
        self.save_button = PrimaryButton(_("Choose the place…"), self._agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.save)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.save_button))
        self.save_button.setFocus()

    def _agree(self) -> None:
        commit_typing()
        self.save_button.setEnabled(False)
        self.accept()

    def choice(self) -> SaveChoice:
        """Return how the files are written."""
        return self.save.choice()


def _facts(draft: PaperDraft, kind: str, audience: str) -> list[tuple[str, str]]:
    pages = ngettext("{count} page", "{count} pages", draft.page_count)
    return [
        (_("Paper"), kind),
        (_("For"), audience),
        (_("Extent"), pages.format(count=f"{draft.page_count:,}")),
        (_("Document number"), numbers_text(draft)),
        (_("Dated"), format_date(draft.dated)),
    ]


def _notices(checks: Sequence[PaperCheck]) -> list[InlineNotice]:
    found: list[InlineNotice] = []
    wrong = {check.number for check in checks if check.is_wrong}
    if wrong:
        text = ngettext(
            "On the paper of {count} person a text is not as it was typed.",
            "On the papers of {count} people a text is not as it was typed.",
            len(wrong),
        )
        found.append(InlineNotice(text.format(count=f"{len(wrong):,}"), tone="wrong"))
    missing = {check.number for check in checks if check.kind is CheckKind.NO_ADDRESS}
    if missing:
        text = ngettext(
            "The address of {count} person is missing.",
            "The addresses of {count} people are missing.",
            len(missing),
        )
        found.append(InlineNotice(text.format(count=f"{len(missing):,}")))
    again = {check.number for check in checks if check.kind is CheckKind.AGAIN}
    if again:
        text = ngettext(
            "{count} person was sent this paper before.",
            "{count} people were sent this paper before.",
            len(again),
        )
        found.append(InlineNotice(text.format(count=f"{len(again):,}")))
    return found
