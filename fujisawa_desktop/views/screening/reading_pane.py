"""The entry to read: large, calm, as wide as a line that the eye can follow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.screening_reviews import ReviewSheet
from fujisawa_desktop.views.flag_pills import flag_pills
from fujisawa_desktop.views.screening.words import state_pill
from fujisawa_desktop.views.theme import Space, body_font
from fujisawa_desktop.views.widgets import EmptyState, PillRow, RunningText, TextLabel

READING_PX = 16
_WIDEST = 660
"""About forty Japanese characters a line."""


class LargeText(RunningText):
    """Running text in the size of a page."""

    def __init__(self, text: str = "") -> None:
        super().__init__("")
        self.setFont(body_font(READING_PX))
        self.set_text(text)


class ReadingPane(QFrame):
    """One entry from top to bottom; the keyboard stays with the points and scrolls it from there.

    Attributes:
        empty: what stands here while there is no entry.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(_("The application"))
        self.setMinimumWidth(340)
        self.empty = EmptyState()
        self.area = QScrollArea()
        self.area.setAccessibleName(_("The application"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, Space.XS, 1, Space.XS)
        frame.addWidget(self.area)
        frame.addWidget(self.empty)
        self.say_empty("", "")

    def say_empty(
        self, title: str, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show no entry, and why."""
        self.empty.say(title, text, action, on_action)
        self.area.hide()
        self.empty.show()

    def say_no_reviewer(self, add: Callable[[], object] | None) -> None:
        """Say that nobody gives points yet and how to add somebody; ``add`` is None where nothing can be."""
        title = _("There is no reviewer yet")
        if add is None:
            self.say_empty(title, _("This file is open for reading only."))
            return
        self.say_empty(
            title,
            _(
                "Add everybody who gives points, with a name and the courses they judge. "
                "Then choose at the top who is reading."
            ),
            _("Add a reviewer…"),
            add,
        )

    def say_no_entry(self, setup: Callable[[], object] | None) -> None:
        """Say that there is nothing to read, or (with ``setup``) that criteria are missing first."""
        if setup is None:
            self.say_empty(
                _("No application to read"),
                _(
                    "There is no application for this reviewer and course. Take in the applicants' "
                    "files first."
                ),
            )
            return
        self.say_empty(
            _("No criteria yet"),
            _("Before reading it must be clear what points are given for."),
            _("Criteria and reviewers…"),
            setup,
        )

    def show_sheet(self, sheet: ReviewSheet) -> None:
        """Show an entry from its first line."""
        page = QWidget()
        page.setProperty("role", "sheet")
        column = QVBoxLayout()
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        column.setSpacing(Space.S)
        self._head(column, sheet)
        for heading, text in sheet.text.answers:
            column.addSpacing(Space.S)
            column.addWidget(TextLabel(heading, "heading"))
            column.addWidget(LargeText(text))
        if not sheet.text.answers:
            column.addWidget(RunningText(_("The entry has no answers."), "neutral"))
        column.addStretch(1)
        inner = QWidget()
        inner.setProperty("role", "sheet")
        inner.setMaximumWidth(_WIDEST)
        inner.setLayout(column)
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(inner, 100)
        line.addStretch(1)
        self.area.setWidget(page)
        self.empty.hide()
        self.area.show()
        self.area.verticalScrollBar().setValue(0)

    def _head(self, column: QVBoxLayout, sheet: ReviewSheet) -> None:
        text = sheet.text
        if text.covered is None:
            if text.kana:
                column.addWidget(RunningText(text.kana, "neutral"))
            title = TextLabel(text.name, "title")
            title.setWordWrap(True)
            column.addWidget(title)
        else:
            column.addWidget(TextLabel(_("No. {number}").format(number=sheet.number), "title"))
        pills = [(sheet.course, "key"), state_pill(sheet.state)]
        pills.extend(flag_pills(sheet.flags, sheet.standing))
        column.addWidget(PillRow(pills))
        facts = [part for part in (text.school, text.grade) if part]
        if text.covered is None:
            facts.insert(0, _("No. {number}").format(number=sheet.number))
        if text.weekdays:
            facts.append(_("Weekdays: {days}").format(days="・".join(text.weekdays)))
        column.addWidget(RunningText("　".join(facts), "neutral"))
        if text.covered is not None:
            column.addWidget(RunningText(self._blind_words(text.covered), "neutral"))

    @staticmethod
    def _blind_words(covered: int) -> str:
        if not covered:
            return _("Name, school and contact are hidden. Nothing had to be covered in the answers.")
        return ngettext(
            "Name, school and contact are hidden. {count} place in the answers is covered with ■.",
            "Name, school and contact are hidden. {count} places in the answers are covered with ■.",
            covered,
        ).format(count=covered)

    def scroll_page(self, by: int) -> None:
        """Read on by most of a page."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + by * max(bar.pageStep() - 2 * READING_PX, READING_PX))
