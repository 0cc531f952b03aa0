"""任用した人: everybody appointed at the left, everything about the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.appointing import SAID_ONLY
from fujisawa_desktop.rules.hand_ins import HandInState
from fujisawa_desktop.services.appointment_view import (
    AppointedRow,
    AppointmentView,
    appointment_list,
    appointment_view,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.leaving import Leaving
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.payroll.appointment_account_page import AccountPage
from fujisawa_desktop.views.payroll.appointment_findings_page import FindingsPage
from fujisawa_desktop.views.payroll.appointment_page import PersonPage
from fujisawa_desktop.views.payroll.appointment_papers_page import PapersPage
from fujisawa_desktop.views.payroll.appointment_saving import leaving_taken_back
from fujisawa_desktop.views.payroll.appointment_terms_page import TermsPage
from fujisawa_desktop.views.payroll.appointment_week_page import WeekPage
from fujisawa_desktop.views.payroll.appointment_words import PAGES, Page, page_name, row_pills, tab_bar
from fujisawa_desktop.views.payroll.editions_page import EditionsPage
from fujisawa_desktop.views.payroll.leaving_dialog import LeavingDialog
from fujisawa_desktop.views.payroll.owed_page import OwedPage
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.trust.beside_others import do_beside_others
from fujisawa_desktop.views.widgets import EmptyState, MenuButton, NoticeBar, TextLabel, row
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

PAPERS: Final = ("appointment", "conditions", "hand-in-guide", "oath", "leaving-notice")
_CONCERNING: Final = frozenset(
    {
        "appointment",
        "appointment_rate",
        "applicant",
        "hand_in",
        "terms_change",
        "transfer_account",
        "shift",
        "programme",
        "course",
    }
)
_LIST_WIDTH: Final = 394


class AppointmentWindow(QDialog):
    """The appointed people, one by one, and the list of papers still to come.

    Attributes:
        rows, view: everybody appointed, and the person who is shown.
        sides: the two halves: each person, and papers still to come.
        tabs: the pages about the person.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Appointed people"))
        self.resize(1240, 740)
        self._desk = desk
        self._wanted: int | None = None
        self.rows: tuple[AppointedRow, ...] = ()
        self.view: AppointmentView | None = None
        self.notice = NoticeBar()
        self.terms, self.papers, self.account = TermsPage(desk), PapersPage(desk), AccountPage(desk)
        self.week, self.findings, self.changes = WeekPage(desk), FindingsPage(desk), EditionsPage(desk)
        self.owed = OwedPage(desk)
        self.person_pages: tuple[PersonPage, ...] = (
            self.terms,
            self.papers,
            self.account,
            self.week,
            self.findings,
        )
        self.model = PillTableModel(2, self)
        self.table = pill_table(_("Appointed people"), self.model, 2)
        self.heading = TextLabel("", "heading")
        self.menu = MenuButton(_("Papers for this person"))
        for kind in PAPERS:
            self.menu.add(texts.term("kind", kind), partial(self.print, kind))
        self.empty = EmptyState(
            _("Nobody is appointed yet"),
            _("People who accepted are appointed on the tab of hours and pay; then they stand here."),
        )
        self._lay_out()
        self._connect()
        self.reload()

    # --- reading

    def show_person(self, appointment_id: int, page: Page = "terms") -> None:
        """Show somebody, on one of the pages."""
        self._wanted = appointment_id
        self.sides.setCurrentIndex(0)
        self.tabs.setCurrentIndex(PAGES.index(page))
        self._choose_wanted()

    def show_owed(self) -> None:
        """Show the list of papers still to come."""
        self.sides.setCurrentIndex(1)

    def reload(self) -> None:
        """Read the list and the person again; what is being typed stays."""
        self._desk.query(
            appointment_list,
            self._show_rows,
            owner=self,
            latest="appointment.list",
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
            today=self._desk.today(),
        )
        self.owed.reload()

    def _show_rows(self, rows: tuple[AppointedRow, ...]) -> None:
        self.rows = rows
        if self._wanted is None and self.view is not None:
            self._wanted = self.view.member.appointment_id
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show_pills(
                (_("Name"), _("Course"), _("State")),
                [(one.member.name, one.member.course_sign, "") for one in rows],
                [row_pills(one) for one in rows],
            )
        self.table.set_widths({0: 112, 1: 62})
        self._body.setCurrentIndex(0 if rows else 1)
        self._choose_wanted()
        self._read()

    def _choose_wanted(self) -> None:
        ids = [one.member.appointment_id for one in self.rows]
        if ids:
            self.table.select_row(ids.index(self._wanted) if self._wanted in ids else 0)
            self._wanted = None

    def _current(self) -> int | None:
        at = self.table.currentIndex().row()
        return self.rows[at].member.appointment_id if 0 <= at < len(self.rows) else None

    def _read(self) -> None:
        """Read the person whose line is chosen."""
        appointment_id = self._current()
        if appointment_id is not None:
            self._desk.query(
                appointment_view,
                self._show,
                owner=self,
                latest="appointment.view",
                on_error=self._say_error,
                appointment_id=appointment_id,
            )

    def _show(self, view: AppointmentView) -> None:
        same = self.view is not None and self.view.member.appointment_id == view.member.appointment_id
        self.view = view
        may_write = not self._desk.read_only
        self.heading.setText(_("{name} ({number})").format(name=view.member.name, number=view.member.number))
        for page in self.person_pages:
            if not (same and page.is_dirty):  # what is being typed stays
                page.show_view(view, may_write=may_write)
        self.changes.show_editions(view.editions, may_write=may_write)
        self._name_tabs(view)

    def _name_tabs(self, view: AppointmentView) -> None:
        missing = {HandInState.MISSING, HandInState.OVERDUE}
        counts: dict[Page, int] = {
            "papers": sum(one.state(self._desk.today()) in missing for one in view.hand_ins),
            "findings": sum(one.code not in SAID_ONLY for one in view.findings),
            "changes": len(view.editions),
        }
        for at, page in enumerate(PAGES):
            name, count = page_name(page), counts.get(page, 0)
            self.tabs.setTabText(at, _("{name} ({count})").format(name=name, count=count) if count else name)

    # --- what was typed and not stored

    def dirty_page(self) -> PersonPage | None:
        """Return the first page on which something was typed and not stored."""
        return next((page for page in self.person_pages if page.is_dirty), None)

    def _on_row(self) -> None:
        chosen = self._current()
        shown = None if self.view is None else self.view.member.appointment_id
        if chosen is None or chosen == shown:
            return
        if self.dirty_page() is None:
            self._read()
            return
        self._wanted = shown
        with QSignalBlocker(self.table.selectionModel()):
            self._choose_wanted()
        self.table.viewport().update()
        self._ask_about_typed(partial(self._drop_typed, chosen))

    def _ask_about_typed(self, go_on: Callable[[], object]) -> None:
        """Say where something is typed and not stored, and offer to let go of it."""
        page = self.dirty_page()
        if page is None:
            return
        self.sides.setCurrentIndex(0)
        self.tabs.setCurrentIndex(self.person_pages.index(page))
        text = _("What was typed on this page is not saved. Save it, or let go of it.")
        self.notice.show_message(text, "caution", action=_("Let go of it"), on_action=go_on)

    def _drop_typed(self, appointment_id: int) -> None:
        for page in self.person_pages:
            page.let_go()
        self._wanted = appointment_id
        self._choose_wanted()

    def reject(self) -> None:
        """Close, unless something typed would be lost."""
        if self.dirty_page() is None:
            super().reject()
        else:
            self._ask_about_typed(super().reject)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what was typed before the window is gone."""
        if self.dirty_page() is None:
            super().closeEvent(event)
            return
        event.ignore()
        self._ask_about_typed(super().reject)

    # --- acts

    def save(self) -> None:
        """Store what was typed on the page in sight."""
        at = self.tabs.currentIndex()
        if self.sides.currentIndex() == 0 and at < len(self.person_pages):
            self.person_pages[at].save()

    def print(self, kind: str) -> None:
        """Make a paper for this person."""
        if self.view is not None:
            open_papers(self._desk, kind, self, numbers=[self.view.member.number])

    def write_to(self, numbers: Sequence[str]) -> None:
        """Make letters about what is missing."""
        open_papers(self._desk, "hand-in-guide", self, numbers=numbers)

    def change_terms(self) -> None:
        """Change what was agreed with this person."""
        if self.view is not None:
            appointment_id = self.view.member.appointment_id
            TermsChangeDialog(self._desk, self, appointment_id=appointment_id).open()

    def leave(self) -> None:
        """Record that this person leaves before the end."""
        if self.view is not None and not self._desk.read_only:
            LeavingDialog(self._desk, self, view=self.view, on_done=self._left).open()

    def stay(self) -> None:
        """Take the leaving of this person back."""
        if self.view is not None:
            said = _("The leaving is taken back. Planned hours that went with it are planned anew.")
            done = partial(self._say_about, said)
            do_beside_others(
                self._desk, leaving_taken_back(self.view, self, on_done=done, on_error=self._say_error)
            )

    def _say_about(self, text: str, _change: ChangeSet) -> None:
        self._say(text, "good")

    def _left(self, result: Leaving) -> None:
        text = _("The leaving is recorded. Now make the notice of leaving.")
        if result.planned:
            told = ngettext(
                "The leaving is recorded, and {count} planned stretch of work after it was taken out. "
                "Now make the notice of leaving.",
                "The leaving is recorded, and {count} planned stretches of work after it were taken out. "
                "Now make the notice of leaving.",
                result.planned,
            )
            text = told.format(count=result.planned)
        self._say(text, "good")

    def _say(self, text: str, tone: str) -> None:
        if tone == "key":
            self.notice.show_message(text)
            return
        shown: Tone = "caution" if tone == "caution" else "good"
        self.notice.show_message(text, shown, action=_("Take it back"), on_action=self._undo)

    def _say_error(self, error: object) -> None:
        if isinstance(error, Exception):
            self.notice.show_message(texts.message(error), "wrong")

    def _undo(self) -> None:
        """Take back the latest act, as the main window does."""
        if not self._desk.read_only:
            self._desk.perform(undo, on_error=self._say_error, actor=self._desk.actor)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & _CONCERNING:
            self.reload()

    def _on_programme(self) -> None:
        self.view = None
        self.reload()

    # --- laying out

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda _on, _off: self._on_row())
        self.table.activated.connect(lambda _index: self.tabs.setFocus())
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.sides.currentChanged.connect(self._halves.setCurrentIndex)
        for page in self.person_pages:
            page.done.connect(self._say)
            page.failed.connect(self._say_error)
        self.owed.done.connect(self._say)
        self.owed.failed.connect(self._say_error)
        self.owed.person_wanted.connect(lambda key: self.show_person(key, "papers"))
        self.owed.guide_wanted.connect(self.write_to)
        self.papers.print_wanted.connect(self.print)
        self.terms.change_wanted.connect(self.change_terms)
        self.terms.leaving_wanted.connect(self.leave)
        self.terms.stay_wanted.connect(self.stay)
        self.terms.notice_wanted.connect(partial(self.print, "leaving-notice"))
        self._desk.changed.connect(self._on_changed)
        self._desk.programme_changed.connect(self._on_programme)
        for keys, act in (
            ("Ctrl+Tab", lambda: self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % len(PAGES))),
            (QKeySequence.StandardKey.Save, self.save),
            ("F5", self.reload),
            ("Ctrl+Z", self._undo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _lay_out(self) -> None:
        self.sides = tab_bar(_("Views"), (_("Each person"), _("Papers still to come")))
        self.tabs = tab_bar(_("Pages"), [page_name(page) for page in PAGES])
        self.pages = QStackedWidget()
        for page in (*self.person_pages, self.changes):
            self.pages.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addLayout(row(self.heading, None, self.menu))
        right.addLayout(row(self.tabs, None))
        right.addWidget(self.pages, 1)
        person = QWidget()
        line = QHBoxLayout(person)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.L)
        self.table.setFixedWidth(_LIST_WIDTH)
        line.addWidget(self.table)
        line.addLayout(right, 1)
        self._body = QStackedWidget()
        self._body.addWidget(person)
        self._body.addWidget(self.empty)
        self._halves = QStackedWidget()
        self._halves.addWidget(self._body)
        self._halves.addWidget(self.owed)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(row(self.sides, None))
        column.addWidget(self.notice)
        column.addWidget(self._halves, 1)


def open_appointments(
    desk: Desk,
    parent: QWidget,
    *,
    appointment_id: int | None = None,
    page: Page = "terms",
    owed: bool = False,
) -> AppointmentWindow:
    """Open the appointed people, at somebody and a page where they are named; one window is enough."""
    window = next(
        (one for one in parent.findChildren(AppointmentWindow) if one.isVisible()), None
    ) or AppointmentWindow(desk, parent)
    if appointment_id is not None:
        window.show_person(appointment_id, page)
    elif owed:
        window.show_owed()
    window.show()
    window.activateWindow()
    return window
