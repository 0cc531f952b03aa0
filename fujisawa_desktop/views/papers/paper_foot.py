"""The last line of the window for papers: how much there is, whether it is issued, and how it leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.views.papers.words import numbers_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import MenuButton, Pill, PrimaryButton, SecondaryButton, TextLabel


class PaperFoot(QWidget):
    """The buttons that let papers go.

    Attributes:
        print_button: issues letters and prints.
        save_button: issues letters and saves.
        draft_button: prints or saves what must not be sent.
        text_button: opens the wording of the paper; the pages are made again when it is changed.
        state: the numbers, once the papers are issued.
        summary: how many papers and pages there are.
    """

    def __init__(
        self,
        *,
        letter: bool,
        on_print: Callable[[], object],
        on_save: Callable[[], object],
        on_print_draft: Callable[[], object],
        on_save_draft: Callable[[], object],
        on_change_text: Callable[[], object],
    ) -> None:
        super().__init__()
        self._letter = letter
        self.print_button = PrimaryButton("", on_print)
        self.save_button = SecondaryButton("", on_save)
        self.draft_button = MenuButton(_("Draft"))
        self.draft_button.add(_("Print marked as a draft…"), on_print_draft)
        self.draft_button.add(_("Save marked as a draft…"), on_save_draft)
        self.draft_button.setToolTip(_("For reading on paper: nothing is issued, no number is taken."))
        self.text_button = SecondaryButton(_("Change the text…"), on_change_text)
        self.state = Pill("", "good")
        self.summary = TextLabel("", "secondary")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        line.addWidget(self.state)
        line.addWidget(self.summary)
        line.addStretch(1)
        for button in (self.text_button, self.draft_button, self.save_button, self.print_button):
            line.addWidget(button)
        self.draft_button.setVisible(letter)
        self.state.hide()

    def show_draft(self, draft: PaperDraft | None, *, ready: bool, issued: bool, read_only: bool) -> None:
        """Offer what can be done with a draft now.

        Args:
            draft: what is shown.
            ready: all of it is there, and nothing is on its way out.
            issued: it is on record.
            read_only: nothing may be written to the database.
        """
        asks = self._letter and not issued
        may_leave = ready and not (asks and read_only)
        self.print_button.setEnabled(may_leave)
        self.save_button.setEnabled(may_leave)
        self.draft_button.setEnabled(ready and not issued)
        self.print_button.setText(_("Issue and print…") if asks else _("Print…"))
        self.save_button.setText(_("Issue and save as PDF…") if asks else _("Save as PDF…"))
        why = _("This file may only be read, so nothing can be issued.")
        for button in (self.print_button, self.save_button):
            button.setToolTip(why if asks and read_only else "")
        self.state.setVisible(self._letter and issued)
        if draft is not None and issued:
            self.state.set(_("Issued: {numbers}").format(numbers=numbers_text(draft)), "good")

    def summarise(self, draft: PaperDraft | None, *, making: bool) -> None:
        """Say how much there is."""
        if draft is None:
            self.summary.setText(_("Making the pages …") if making else _("No pages"))
            return
        papers = ngettext("{count} paper", "{count} papers", len(draft.sheets))
        pages = ngettext("{count} page", "{count} pages", draft.page_count)
        self.summary.setText(
            _("{papers}, {pages}").format(
                papers=papers.format(count=f"{len(draft.sheets):,}"),
                pages=pages.format(count=f"{draft.page_count:,}"),
            )
        )
