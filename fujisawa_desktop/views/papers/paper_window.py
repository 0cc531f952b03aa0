"""The window in which papers are made, looked at, issued, printed and saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled, ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.paper_audience import Audience, paper_audiences
from fujisawa_desktop.services.paper_checks import PaperCheck
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import LETTERS, LISTS, PaperKind
from fujisawa_desktop.services.paper_options import PaperOptions
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.audience_box import AudienceBox
from fujisawa_desktop.views.papers.check_list import CheckList
from fujisawa_desktop.views.papers.draft_maker import CONCERNING, DraftMaker, is_few
from fujisawa_desktop.views.papers.issuing import Issuing
from fujisawa_desktop.views.papers.making_strip import MakingStrip
from fujisawa_desktop.views.papers.order_bar import OrderBar, YearMonth
from fujisawa_desktop.views.papers.outlet import Outlet
from fujisawa_desktop.views.papers.page_tools import PageTools
from fujisawa_desktop.views.papers.page_view import PageView
from fujisawa_desktop.views.papers.paper_foot import PaperFoot
from fujisawa_desktop.views.papers.side_lists import PeopleList
from fujisawa_desktop.views.papers.wording_window import open_wording
from fujisawa_desktop.views.papers.words import people_text, window_title
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    EmptyState,
    FormField,
    NoticeBar,
    field_named,
)

_USED: Final = "papers.number-used"
"""The number typed stands on issued papers."""


class PaperWindow(QDialog):
    """Preview of the very file that is printed or saved.

    Signals:
        records_wanted(): show what was issued.

    Attributes:
        draft: what is shown now, ``None`` until it is made.
        checks: what should be looked at in it.
        outlet: sends pages to printers and files.
        issuing: puts papers on record before they leave.
    """

    records_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        kind: PaperKind,
        parent: QWidget | None = None,
        *,
        numbers: Sequence[str] | None = None,
        year_month: YearMonth | None = None,
        options: PaperOptions | None = None,
        course_ids: Sequence[int] | None = None,
        corrects: bool = False,
        reissues: Sequence[int] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(window_title(kind, corrects=corrects, copies=bool(reissues)))
        self.resize(1240, 760)
        self._desk = desk
        self._kind = kind
        self._numbers = None if numbers is None else tuple(dict.fromkeys(numbers))
        self._options = options
        self._course_ids = course_ids
        self._corrects = corrects
        self._reissues = tuple(reissues)
        self._told = ""
        self.draft: PaperDraft | None = None
        self.checks: tuple[PaperCheck, ...] = ()
        self.audience = AudienceBox(self._numbers)
        self.order = OrderBar(
            kind,
            today=desk.today(),
            year_month=year_month,
            settings=desk.settings,
            copies=bool(reissues),
        )
        self.notice = NoticeBar()
        self.strip = MakingStrip(desk.tasks)
        self.view = PageView()
        self.empty = EmptyState()
        self.empty.hide()
        self.tools = PageTools(self.view, of_people=kind not in LISTS)
        self.people = PeopleList(of_people=kind not in LISTS)
        self.check_list = CheckList()
        self.outlet = Outlet(desk, self, self.notice, self.strip)
        self.issuing = Issuing(desk, self, self.outlet, self.notice)
        self.issuing.is_current = lambda draft: draft is self.draft
        self.maker = DraftMaker(desk, kind, self.strip, self)
        self.foot = PaperFoot(
            letter=kind in LETTERS,
            on_print=self.print,
            on_save=self.save,
            on_print_draft=self.print_draft,
            on_save_draft=self.save_draft,
            on_change_text=lambda: open_wording(desk, self, kind.value),
        )
        self.print_button, self.save_button = self.foot.print_button, self.foot.save_button
        self.wording_button = self.foot.text_button
        self._lay_out()
        self._connect()
        self._enable()
        self.make()
        self._ask_audiences()

    # --- layout ---------------------------------------------------------------

    def _lay_out(self) -> None:
        main = QSplitter(Qt.Orientation.Horizontal)
        middle = QWidget()
        page = QVBoxLayout(middle)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Space.S)
        page.addWidget(self.tools)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)
        for widget in (self.people, middle, self.check_list):
            main.addWidget(widget)
        main.setStretchFactor(1, 1)
        main.setSizes([256, 700, 276])
        main.setHandleWidth(Space.S)
        main.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(self._fields())
        column.addWidget(self.notice)
        column.addWidget(main, 1)
        column.addWidget(self.strip)
        column.addWidget(self.foot)

    def _fields(self) -> QHBoxLayout:
        fields = QHBoxLayout()
        fields.setSpacing(Space.M)
        if self._has_audiences():
            fields.addWidget(
                FormField("audience", _("For whom"), self.audience), 0, Qt.AlignmentFlag.AlignTop
            )
        fields.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        fields.addStretch(1)
        self.order.setVisible(self.order.has_fields())
        return fields

    def _connect(self) -> None:
        self.order.changed.connect(self.make)
        self.audience.chosen.connect(lambda _group: self.make())
        self.people.chosen.connect(self.view.go_to)
        self.check_list.chosen.connect(self.view.go_to)
        self.view.page_shown.connect(self.people.follow)
        self.maker.begun.connect(self._begun)
        self.maker.made.connect(self._made)
        self.maker.checked.connect(self._checked)
        self.maker.failed.connect(self._refused)
        self.outlet.busy_changed.connect(lambda _busy: self._enable())
        self.issuing.issued.connect(lambda _draft: self._after_issue())
        self.issuing.outdated.connect(self._outdated)
        self.issuing.records_wanted.connect(self.records_wanted)
        self._desk.changed.connect(self._on_changed)
        self.finished.connect(lambda _result: self._let_loose())
        self.tools.add_shortcuts(self)
        for keys, act in (
            (QKeySequence.StandardKey.Print, self.print),
            (QKeySequence.StandardKey.Save, self.save),
            (QKeySequence.StandardKey.Find, self.people.search.setFocus),
            ("F5", self.make),
            ("F8", self.check_list.go_on),
            ("Shift+F8", lambda: self.check_list.go_on(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # --- making -------------------------------------------------------------

    def make(self) -> None:
        """Make the papers with what stands in the fields now."""
        try:
            values = self.order.values()
        except ValidationError as error:
            self._refused(error)
            return
        self._desk.notifier.clear_fields(self.order)
        if self._reissues:
            self.maker.copy({"notice_ids": self._reissues, **values})
        else:
            self.maker.make({**self._whom(), **values}, few=self._is_few())
        self._enable()

    def _whom(self) -> dict[str, Any]:
        group = self.audience.group()
        numbers = self._numbers if group.audience is Audience.CHOSEN else None
        return {
            "numbers": numbers,
            "application_ids": group.application_ids,
            "options": self._options,
            "course_ids": self._course_ids,
            "corrects": self._corrects,
        }

    def _audience_text(self) -> str:
        if self._has_audiences() or self.draft is None:
            return self.audience.currentText()
        return people_text(self.draft)

    def _is_few(self) -> bool:
        group = self.audience.group()
        return is_few(len(self._numbers or ()) if group.audience is Audience.CHOSEN else group.count)

    def _has_audiences(self) -> bool:
        return self._kind in LETTERS and not self._corrects and not self._reissues

    def _ask_audiences(self) -> None:
        if self._has_audiences():
            self._desk.query(
                paper_audiences,
                self.audience.show_groups,
                owner=self,
                aside=True,
                on_error=lambda _error: None,  # making the papers says what is wrong
                programme_id=self._desk.programme_id,
                kind=self._kind.value,
            )

    def _begun(self, draft: PaperDraft) -> None:
        """Show the first page while the others are made; nothing can leave yet."""
        self.draft = None
        self._show(draft)
        self._show_checks(())

    def _made(self, draft: PaperDraft) -> None:
        self.draft = draft
        self.notice.close_message()
        self.order.show_draft(draft)
        self._show(draft)
        self._enable()
        if self._told:
            self.notice.show_message(self._told, "caution")
            self._told = ""

    def _show(self, draft: PaperDraft) -> None:
        self.empty.hide()
        self.view.show()
        self.people.show_pages(draft.pages)
        self.tools.show_pages(draft.pages)
        self.view.show_pdf(draft.pdf)

    def _checked(self, checks: tuple[PaperCheck, ...]) -> None:
        self._show_checks(checks)
        wrong = sum(check.is_wrong for check in checks)
        if wrong and not self.notice.text():
            text = ngettext(
                "{count} point on the papers is not as it should be. Look at the list at the right first.",
                "{count} points on the papers are not as they should be. "
                "Look at the list at the right first.",
                wrong,
            )
            self.notice.show_message(text.format(count=wrong), "caution")

    def _show_checks(self, checks: tuple[PaperCheck, ...]) -> None:
        self.checks = checks
        self.check_list.show_checks(checks)
        self._summarise()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError) and field_named(self.order, error.field) is not None:
            self._desk.notifier.show(error, self.order)
            if error.code == _USED:
                self.notice.show_message(
                    _("Shall these papers go out under the same number as earlier ones?"),
                    "caution",
                    action=_("Use the same number"),
                    on_action=self.order.share_number,
                )
        elif isinstance(error, Cancelled):
            self.notice.show_message(
                _("Stopped. Nothing can be issued before all pages are made."),
                "caution",
                action=_("Make them now"),
                on_action=self.make,
            )
        else:
            self._show_nothing(error)
        self._enable()

    def _show_nothing(self, error: Exception) -> None:
        """Say where the page would be why there is none."""
        self.draft = None
        self.notice.close_message()
        self.view.close_pdf()
        self.people.show_pages(())
        self.tools.show_pages(())
        self._show_checks(())
        self.empty.say(_("There are no pages to show"), texts.message(error), _("Try again"), self.make)
        self.view.hide()
        self.empty.show()

    def _outdated(self, error: Exception) -> None:
        """What was to be issued does not hold any more: tell it, and show what holds."""
        self._told = _("{problem} The draft was made again: look at it, then issue it.").format(
            problem=texts.message(error)
        )
        self.make()

    def _on_changed(self, change: ChangeSet) -> None:
        if self.outlet.is_busy or self.issuing.is_issued(self.draft):
            return
        if change.kinds & CONCERNING:
            self.make()
            self._ask_audiences()

    # --- what can be done now ---------------------------------------------------

    def _enable(self) -> None:
        draft, busy = self.draft, self.outlet.is_busy
        ready = draft is not None and not busy and not self.maker.is_making
        self.foot.show_draft(
            draft,
            ready=ready,
            issued=self.issuing.is_issued(draft),
            read_only=self._desk.read_only,
        )
        self.order.setEnabled(not busy)
        self.audience.setEnabled(not busy)
        self._summarise()

    def _summarise(self) -> None:
        self.foot.summarise(self.draft, making=self.maker.is_making)

    def _after_issue(self) -> None:
        self._enable()
        self._ask_audiences()

    # --- letting go ---------------------------------------------------------

    def print(self) -> None:
        """Issue what is shown if it is a letter, and print it."""
        if self.draft is not None and self.print_button.isEnabled():
            self.issuing.print(self.draft, self.checks, self._audience_text(), self.view.number())

    def save(self) -> None:
        """Issue what is shown if it is a letter, and write it to files."""
        if self.draft is not None and self.save_button.isEnabled():
            self.issuing.save(self.draft, self.checks, self._audience_text())

    def print_draft(self) -> None:
        """Print what is shown, marked as a draft; nothing is issued."""
        if self.draft is not None and self.foot.draft_button.isEnabled():
            self.outlet.print_draft(self.draft, self._kind.value, self.view.number())

    def save_draft(self) -> None:
        """Save what is shown, marked as a draft; nothing is issued."""
        if self.draft is not None and self.foot.draft_button.isEnabled():
            self.outlet.save_draft(self.draft, self._kind.value)

    # --- leaving ------------------------------------------------------------------

    def _may_leave(self) -> bool:
        if self.outlet.is_busy:
            self.notice.show_message(_("Wait until this is done, or stop it, before you close."), "caution")
        return not self.outlet.is_busy

    def reject(self) -> None:
        """Close, unless papers are on their way out."""
        if self._may_leave():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless papers are on their way out."""
        if self._may_leave():
            super().closeEvent(event)
        else:
            event.ignore()

    def _let_loose(self) -> None:
        self.maker.forget()
        self.view.close_pdf()
