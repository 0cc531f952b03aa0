"""The window that shows papers as they will be printed, and prints or saves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled, ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.paper_kinds import LETTERS, LISTS, PaperKind
from fujisawa_desktop.services.paper_options import PaperOptions
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.table_files import save_file
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.order_bar import OrderBar, YearMonth
from fujisawa_desktop.views.papers.page_view import ZOOM_STEPS, PageView
from fujisawa_desktop.views.papers.printing import ask_printer, print_pages
from fujisawa_desktop.views.papers.side_lists import PeopleList, WarningList
from fujisawa_desktop.views.papers.wording_window import open_wording
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    IconButton,
    MenuButton,
    NoticeBar,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    field_named,
    row,
)


def open_papers(
    desk: Desk,
    kind: str,
    parent: QWidget,
    *,
    numbers: Sequence[str] | None = None,
    year_month: YearMonth | None = None,
    options: PaperOptions | None = None,
    course_ids: Sequence[int] | None = None,
) -> PaperWindow:
    """Open the preview of a kind of paper, for the people (or courses) named or for all it is for."""
    window = PaperWindow(
        desk,
        PaperKind(kind),
        parent,
        numbers=numbers,
        year_month=year_month,
        options=options,
        course_ids=course_ids,
    )
    window.show()
    return window


class PaperWindow(QDialog):
    """Preview of the very file that is printed or saved.

    Attributes:
        draft: what is shown now, ``None`` until it is made.
        choose_printer: asks for a printer; returns ``None`` when the person decides against it.
    """

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
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(texts.term("kind", kind))
        self.resize(1120, 760)
        self._desk = desk
        self._kind = kind
        self._numbers = numbers
        self._options = options
        self._course_ids = course_ids
        self._recorded: PaperDraft | None = None
        self.draft: PaperDraft | None = None
        self.choose_printer: Callable[[bytes, str, QWidget], QPrinter | None] = ask_printer
        self.order = OrderBar(kind, today=desk.today(), year_month=year_month)
        self.order.changed.connect(self.make)
        self.notice = NoticeBar()
        self.view = PageView()
        self.people = PeopleList(of_people=kind not in LISTS)
        self.warnings = WarningList()
        self.record = QCheckBox(_("Record that these letters are sent"))
        self.record.setChecked(True)
        self.record.setVisible(kind in LETTERS)
        self.print_button = PrimaryButton(_("Print…"), self.print)
        self.save_button = SecondaryButton(_("Save as PDF…"), self.save)
        self.wording_button = SecondaryButton(_("Change the text…"), self.change_wording)
        self._place = TextLabel("", "secondary")
        self._zoom = self._zoom_button()
        self._lay_out()
        self._connect()
        self._enable(on=False)
        self.make()

    def _zoom_button(self) -> MenuButton:
        button = MenuButton(_("Whole page"))
        button.setAccessibleName(_("Size on the screen"))
        button.add(_("Whole page"), lambda: self.view.fit("page"))
        button.add(_("Width of the window"), lambda: self.view.fit("width"))
        for step in ZOOM_STEPS:
            button.add(f"{step:.0%}", partial(self.view.set_zoom, step))
        return button

    def _lay_out(self) -> None:
        self._back = IconButton("previous", _("Previous page"), lambda: self._turn(-1))
        self._forward = IconButton("next", _("Next page"), lambda: self._turn(1))
        side = QSplitter(Qt.Orientation.Vertical)
        side.addWidget(self.people)
        side.addWidget(self.warnings)
        side.setStretchFactor(0, 3)
        side.setStretchFactor(1, 2)
        main = QSplitter(Qt.Orientation.Horizontal)
        main.addWidget(side)
        main.addWidget(self.view)
        main.setStretchFactor(1, 1)
        main.setSizes([308, 772])
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        fields = row(self.order, None, self._zoom)
        fields.setAlignment(self._zoom, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(fields)
        column.addWidget(self.notice)
        column.addWidget(main, 1)
        column.addLayout(
            row(
                self._back,
                self._place,
                self._forward,
                None,
                self.wording_button,
                self.record,
                self.save_button,
                self.print_button,
                spacing=Space.M,
            )
        )

    def _connect(self) -> None:
        self.people.chosen.connect(self.view.go_to)
        self.warnings.chosen.connect(self._go_to_person)
        self.view.page_shown.connect(self._shown)
        self.view.zoomed.connect(self._name_zoom)
        self.finished.connect(lambda _result: self.view.close_pdf())
        self._desk.changed.connect(self._on_changed)
        for keys, act in (
            (QKeySequence.StandardKey.Print, self.print),
            (QKeySequence.StandardKey.Save, self.save),
            (QKeySequence.StandardKey.ZoomIn, lambda: self.view.step_zoom(1)),
            (QKeySequence.StandardKey.ZoomOut, lambda: self.view.step_zoom(-1)),
            (QKeySequence.StandardKey.Find, self.people.search.setFocus),
        ):
            QShortcut(keys, self).activated.connect(act)

    # --- making -------------------------------------------------------------

    def make(self) -> None:
        """Make the papers with what stands in the fields now."""
        try:
            values = self.order.values()
        except ValidationError as error:
            self._refused(error)
            return
        self._desk.notifier.clear_fields(self.order)
        self._enable(on=False)
        self._place.setText(_("Making the pages …"))
        self._desk.query(
            make_papers,
            self._made,
            owner=self,
            on_error=self._refused,
            busy=_("Making the papers: {kind}").format(kind=texts.term("kind", self._kind)),
            programme_id=self._desk.programme_id,
            kind=self._kind.value,
            numbers=self._numbers,
            options=self._options,
            course_ids=self._course_ids,
            **values,
        )

    def _made(self, draft: PaperDraft) -> None:
        self.draft = draft
        self.order.show_month(draft.year_month)
        self.notice.close_message()
        self.people.show_pages(draft.pages)
        self.warnings.show_warnings(draft.warnings)
        self._enable(on=True)
        self.view.show_pdf(draft.pdf)
        lost = sum(warning.is_lost for warning in draft.warnings)
        if lost:
            text = ngettext(
                "{count} text does not stand on the paper as it was typed. "
                "Look at the list on the left before you print.",
                "{count} texts do not stand on the paper as they were typed. "
                "Look at the list on the left before you print.",
                lost,
            )
            self.notice.show_message(text.format(count=lost), "caution")

    def _refused(self, error: Exception) -> None:
        self._place.setText(_("No pages"))
        if isinstance(error, ValidationError) and field_named(self.order, error.field) is not None:
            self._desk.notifier.show(error, self.order)
        elif isinstance(error, Cancelled):
            self.notice.show_message(_("Stopped. No pages were made."), "key")
        else:
            self._say_error(error)
        if self.draft is not None:
            self._enable(on=True)
            self._shown(self.view.number())

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def _enable(self, *, on: bool) -> None:
        for widget in (self.print_button, self.save_button, self._back, self._forward, self._zoom):
            widget.setEnabled(on)

    def change_wording(self) -> None:
        """Open the texts of this paper; the pages are made again when a new version is saved."""
        open_wording(self._desk, self, self._kind.value)

    def _on_changed(self, change: ChangeSet) -> None:
        if "paper_template" in change.kinds:
            self.make()

    # --- looking ------------------------------------------------------------

    def _turn(self, step: int) -> None:
        self.view.go_to(self.view.number() + step)

    def _shown(self, number: int) -> None:
        count = self.view.count()
        self._place.setText(_("Page {number} of {count}").format(number=number, count=count))
        self._back.setEnabled(number > 1)
        self._forward.setEnabled(number < count)
        self.people.follow(number)

    def _go_to_person(self, number: str) -> None:
        pages = self.draft.pages if self.draft is not None else ()
        page = next((page for page in pages if page.number == number), None)
        if page is not None:
            self.view.go_to(page.first_page)

    def _name_zoom(self) -> None:
        self._zoom.setText(_("{percent} %").format(percent=self.view.percent()))

    # --- letting go ---------------------------------------------------------

    def save(self) -> None:
        """Ask where, and write the file that is shown."""
        draft = self.draft
        if draft is None or not self.save_button.isEnabled():
            return
        folder = Path(str(self._desk.settings.value("papers/folder", str(Path.home()))))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(folder / draft.file_name), _("PDF files (*.pdf)")
        )
        if not chosen:
            return
        target = Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")
        try:
            save_file(target, draft.pdf)
        except Exception as error:  # noqa: BLE001 - shown at the one door for errors
            self._say_error(error)
            return
        self._desk.settings.setValue("papers/folder", str(target.parent))
        self._let_go(draft, _("Saved as {file}.").format(file=target.name))

    def print(self) -> None:
        """Ask for a printer, and print the pages that are shown."""
        draft = self.draft
        if draft is None or not self.print_button.isEnabled():
            return
        printer = self.choose_printer(draft.pdf, draft.job.title, self)
        if printer is None:
            return

        def printed(count: int) -> None:
            text = ngettext(
                "{count} page was sent to the printer.", "{count} pages were sent to the printer.", count
            )
            self._let_go(draft, text.format(count=count))

        self._desk.tasks.run_long(
            _("Printing"),
            lambda progress: print_pages(draft.pdf, printer, progress),
            printed,
            self._not_printed,
            writes=False,
            owner=self,
        )

    def _not_printed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.notice.show_message(_("Printing was stopped. Some pages may have been printed."), "key")
        else:
            self._say_error(error)

    def _let_go(self, draft: PaperDraft, told: str) -> None:
        """Record what left the office, once for each file that was made."""
        wanted = self._kind not in LETTERS or self.record.isChecked()
        if not wanted or self._recorded is draft or self._desk.read_only:
            self.notice.show_message(told, "good")
            return

        def recorded(_change: ChangeSet) -> None:
            self._recorded = draft
            self.notice.show_message(told, "good")

        self._desk.perform(
            issue_papers, on_done=recorded, on_error=self._say_error, draft=draft, actor=self._desk.actor
        )
