"""The page that the wording makes, beside the fields it is written in."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.wording_preview import WordingPage, WordingTrial
from fujisawa_desktop.views.papers.page_view import PageView
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import EmptyState, IconButton, Panel, RunningText, TextLabel, row


class WordingPageView(QWidget):
    """A page of a paper, the text of a message, or why there is neither."""

    def __init__(self) -> None:
        super().__init__()
        self.whose = RunningText("", "neutral")
        self.view = PageView()
        self.message = RunningText()
        self.subject = RunningText()
        self.nothing = EmptyState()
        self._place = TextLabel("", "secondary")
        self._back = IconButton("previous", _("Previous page"), lambda: self._turn(-1))
        self._forward = IconButton("next", _("Next page"), lambda: self._turn(1))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._mail = self._mail_sheet()
        self._stack.addWidget(self._mail)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.whose)
        column.addWidget(self._stack, 1)
        column.addLayout(row(None, self._back, self._place, self._forward, None))
        self.view.page_shown.connect(self._shown)
        self._turning(on=False)
        self.clear()

    def clear(self) -> None:
        """Show nothing while another wording is read."""
        self.view.close_pdf()
        self._say_nothing(_("The page is being made"), "")

    def show_trial(self, trial: WordingTrial) -> None:
        """Show what a wording makes; with a fault in it, the page before stays and says so."""
        if trial.faults:
            self.whose.set_tone("wrong")
            self.whose.set_text(_("The page is as it was before the mistake. Mend the marked text."))
            return
        if trial.error is not None:
            self._say_nothing(_("The page cannot be made"), texts.message(trial.error))
        elif trial.page is not None:
            self._show(trial.page)

    def text(self) -> str:
        """Return what is said instead of a page, empty while one is shown."""
        return self.nothing.title() if self._stack.currentWidget() is self.nothing else ""

    def _show(self, page: WordingPage) -> None:
        if page.reason is not None:
            self._say_nothing(_("There is nothing to show yet"), texts.message(page.reason))
            return
        self.whose.set_tone("neutral")
        self.whose.set_text(_whose(page))
        if page.pdf:
            self._stack.setCurrentWidget(self.view)
            self.view.show_pdf(page.pdf)
        else:
            self.subject.set_text(page.subject)
            self.message.set_text(page.body)
            self._stack.setCurrentWidget(self._mail)
            self._turning(on=False)

    def _say_nothing(self, title: str, sentence: str) -> None:
        self.whose.set_text("")
        self.nothing.say(title, sentence)
        self._stack.setCurrentWidget(self.nothing)
        self._turning(on=False)

    def _mail_sheet(self) -> QScrollArea:
        sheet = Panel()
        sheet.body.addWidget(TextLabel(_("Subject"), "secondary"))
        sheet.body.addWidget(self.subject)
        sheet.body.addWidget(TextLabel(_("Text"), "secondary"))
        sheet.body.addWidget(self.message)
        sheet.body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        area.setAccessibleName(_("Mail"))
        return area

    def _turn(self, by: int) -> None:
        self.view.go_to(self.view.number() + by)

    def _shown(self, number: int) -> None:
        count = self.view.count()
        self._place.setText(_("Page {number} of {count}").format(number=number, count=count))
        self._turning(on=count > 1)
        self._back.setEnabled(number > 1)
        self._forward.setEnabled(number < count)

    def _turning(self, *, on: bool) -> None:
        for widget in (self._back, self._place, self._forward):
            widget.setVisible(on)


def _whose(page: WordingPage) -> str:
    if page.name:
        return _("As {name} ({number}) would get it").format(name=page.name, number=page.number)
    if page.is_sample:
        return _("With invented contents, because there is nobody yet whom it could be sent to")
    return _("As it would be printed now")
