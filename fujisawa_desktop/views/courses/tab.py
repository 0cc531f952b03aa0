"""The courses tab: list, form, places. What is typed stays until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf, merged
from fujisawa_desktop.services.courses import (
    CourseAdded,
    CourseForm,
    CourseRow,
    add_course,
    course,
    courses,
    new_course,
    remove_course,
    save_course,
)
from fujisawa_desktop.views.courses.course_list import NEW_ID, CourseList
from fujisawa_desktop.views.courses.form import CourseEditor
from fujisawa_desktop.views.courses.side import PlacesPanel, ReadingPane
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, do_beside_others, save_beside_others
from fujisawa_desktop.views.trust.meanwhile_hint import MeanwhileHint
from fujisawa_desktop.views.widgets import (
    EmptyState,
    LinkButton,
    MenuButton,
    Panel,
    PrimaryButton,
    SecondaryButton,
    commit_typing,
    row,
    rule,
)


def rebased(draft: CourseForm, base: CourseForm, stored: CourseForm) -> CourseForm:
    """Return ``stored`` with what ``draft`` changed of ``base``: two people's work, side by side."""
    typed = {
        field.name: getattr(draft, field.name)
        for field in fields(CourseForm)
        if getattr(draft, field.name) != getattr(base, field.name)
    }
    return replace(stored, **typed)


class CoursesTab(TabPage):
    """コース."""

    kinds: ClassVar[frozenset[str]] = frozenset({"course", "application", "decision", "programme"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rows: list[CourseRow] = []
        self._chosen: int | None = None
        self._stored: dict[int, CourseForm] = {}
        self._drafts: dict[int, CourseForm] = {}
        self.list = CourseList()
        self.editor = CourseEditor()
        self.hint = MeanwhileHint(desk, FormWords(self.editor))
        self.places = PlacesPanel()
        self.reading = ReadingPane()
        self.add_button = SecondaryButton(_("Add a course"), self.add)
        self.papers_button = MenuButton(_("Papers"))
        self.papers_button.add(_("Sheet of this course"), self.print_sheet)
        self.papers_button.add(_("Sheets of all courses"), partial(self.print_public, "course-sheet"))
        self.papers_button.add(_("Flyer"), partial(self.print_public, "flyer"))
        self.papers_button.add(_("Press release"), partial(self.print_public, "press-release"))
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.revert_button = SecondaryButton(_("Discard changes"), self.revert)
        self.remove_button = LinkButton(_("Remove this course"), self.remove)
        self.empty = EmptyState(
            _("There is no course yet"),
            _("A course names the host department, the places and what students will do there."),
            _("Add a course"),
            self.add,
        )
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(150)
        self._redraw.timeout.connect(self._show_reading)
        self._lay_out()
        self.list.picked.connect(self._pick)
        self.editor.edited.connect(self._on_edited)
        self.editor.set_read_only(read_only=desk.read_only)
        self._show_buttons()

    # what the window asks

    def reload(self) -> None:
        """Query list and form again; what is typed and not saved stays."""
        self.desk.query(
            courses,
            self._show_rows,
            owner=self,
            latest="courses.rows",
            programme_id=self.desk.programme_id,
        )

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        """Add, save and the papers by keyboard."""
        served: dict[str, Callable[[], object]] = {
            "file.add": self.add,
            "papers.course-sheet": self.print_sheet,
            "papers.flyer": partial(self.print_public, "flyer"),
            "papers.press-release": partial(self.print_public, "press-release"),
        }
        if self._is_changed():
            served["file.save"] = self.save
        return served

    def can_leave(self) -> bool:
        """Ask before typed sentences are lost with the window."""
        self._keep_draft()
        if not self._drafts:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Courses"))
        box.setText(_("What you typed for a course has not been saved."))
        box.setInformativeText(_("If you close the window now, it is lost."))
        stay = box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(_("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave

    # acts

    def add(self) -> None:
        """Begin a new course."""
        if self.desk.read_only:
            return
        self._keep_draft()
        self._drafts.setdefault(NEW_ID, new_course(self.desk.programme_id))
        self._stored[NEW_ID] = new_course(self.desk.programme_id)
        self._choose(NEW_ID)
        self.editor.lines["name"].setFocus()

    def save(self) -> None:
        """Store what is typed."""
        commit_typing()
        try:
            form = self.editor.form()
        except ValidationError as error:
            self.desk.notifier.show(error, self.editor)
            return
        self.desk.notifier.clear_fields(self.editor)
        if form.id is None:
            self.desk.perform(
                add_course, form=form, actor=self.desk.actor, on_done=self._added, anchor=self.editor
            )
        else:
            saving = replace(
                self._saving(save_course, form.id),
                on_done=partial(self._saved, form.id),
                on_error=partial(self.desk.notifier.show, anchor=self.editor),
            )
            save_beside_others(self.desk, saving, form)

    def _saving(self, act: Callable[..., object], course_id: int) -> Saving[CourseForm]:
        """Return how an act on a stored course is done beside what others did to it."""
        return Saving(
            act,
            base=self._stored[course_id],
            read=partial(course, course_id=course_id),
            row=RowOf("course", course_id),
            words=FormWords(self.editor),
            owner=self.editor,
        )

    def print_sheet(self) -> None:
        """Show the sheet of the chosen course; of all public ones while none that is stored is chosen."""
        chosen = self._chosen
        self.print_public("course-sheet", None if chosen in {None, NEW_ID} else [chosen])

    def print_public(self, kind: str, course_ids: Sequence[int] | None = None) -> None:
        """Show a paper for the public as it will be printed, from what is stored."""
        self._keep_draft()
        if self._drafts:
            self.desk.notifier.say(_("What you typed and have not saved is not on this paper."))
        open_papers(self.desk, kind, self, course_ids=course_ids)

    def revert(self) -> None:
        """Throw away what was typed for the chosen course."""
        if self._chosen is None:
            return
        self._drafts.pop(self._chosen, None)
        self.editor.forget()
        if self._chosen == NEW_ID:
            self._chosen = self.rows[0].id if self.rows else None
        self._choose(self._chosen)

    def remove(self) -> None:
        """Remove the chosen course; it can be taken back."""
        if self._chosen is None or self._chosen == NEW_ID:
            return
        saving = replace(
            self._saving(remove_course, self._chosen),
            on_done=self._removed,
            on_error=self.desk.notifier.show,
            given=lambda form: {"course_id": form.id, "version": form.version},
            deed=_("(removed)"),
        )
        do_beside_others(self.desk, saving)

    def _added(self, result: CourseAdded) -> None:
        self._drafts.pop(NEW_ID, None)
        self.editor.forget()
        self._chosen = result.course_id
        self._say_done(_("The course was added."))
        self.reload()

    def _saved(self, course_id: int, _change: ChangeSet) -> None:
        self._drafts.pop(course_id, None)
        self._stored.pop(course_id, None)
        self.editor.forget()
        self._say_done(_("The course was saved."))
        self._choose(course_id)

    def _removed(self, _change: ChangeSet) -> None:
        self._say_done(_("The course was removed."))
        self.editor.forget()
        self._chosen = None

    def _say_done(self, text: str) -> None:
        self.desk.notifier.say(
            text, action=_("Take it back"), on_action=partial(self.act_wanted.emit, "edit.undo")
        )

    # choosing and drafts

    def _pick(self, course_id: int) -> None:
        self._keep_draft()
        self._choose(course_id)

    def _choose(self, course_id: int | None) -> None:
        """Show one course: its draft if there is one, else what is stored."""
        self._chosen = course_id
        self._show_list()
        if course_id is None:
            self._show_buttons()
            return
        self.places.show_course(next((one for one in self.rows if one.id == course_id), None))
        if course_id in self._stored:
            self._load(self._stored[course_id], self._drafts.get(course_id))
        else:
            self.editor.forget()  # it still shows the course before
            self.hint.rest()
        if course_id != NEW_ID:
            self.desk.query(
                course,
                partial(self._arrived, course_id),
                owner=self,
                latest="courses.form",
                course_id=course_id,
            )

    def _arrived(self, course_id: int, form: CourseForm) -> None:
        """Take in what is stored; what is typed on top of an older state moves over to the new one."""
        if course_id != self._chosen:
            return
        self._keep_draft()
        base, draft = self._stored.get(course_id), self._drafts.get(course_id)
        self._stored[course_id] = form
        if base == form:
            return
        if base is not None and draft is not None:
            clashes = any(pair.is_clash for pair in merged(base, form, draft))
            if clashes or not self.editor.is_readable():
                self._stored[course_id] = base  # saving shows both values and lets the person choose
                self.hint.look()
                return
            self._drafts[course_id] = draft = rebased(draft, base, form)
        self._load(form, draft)
        if base is not None and draft is not None:
            self.hint.tell_taken_over()
        self._show_list()

    def _load(self, stored: CourseForm, draft: CourseForm | None = None) -> None:
        self.editor.load(stored, draft)
        if stored.id is None:
            self.hint.rest()
        else:
            read, row = partial(course, course_id=stored.id), RowOf("course", stored.id)
            self.hint.watch(stored, read, row, theirs=self.revert, both=self.save)
        self.reading.show_form(draft or stored)
        self._show_buttons()

    def _keep_draft(self) -> None:
        """Keep what is typed when another course is chosen."""
        if self._chosen is None or self.editor.loaded is None:
            return
        if self.editor.is_changed():
            self._drafts[self._chosen] = self.editor.draft()
        else:
            self._drafts.pop(self._chosen, None)

    def _is_changed(self) -> bool:
        return self._chosen == NEW_ID or self.editor.is_changed()

    def _show_rows(self, rows: list[CourseRow]) -> None:
        self._keep_draft()
        self.rows = rows
        known = {one.id for one in rows} | {NEW_ID}
        self._drafts = {key: form for key, form in self._drafts.items() if key in known}
        self._stored = {key: form for key, form in self._stored.items() if key in self._drafts}
        if self._chosen not in known or (self._chosen == NEW_ID and NEW_ID not in self._drafts):
            self._chosen = rows[0].id if rows else None
        self._choose(self._chosen)

    # showing

    def _show_list(self) -> None:
        self.list.show_courses(self.rows, self._drafts.keys(), self._chosen)
        nothing = not self.rows and NEW_ID not in self._drafts
        self.empty.setVisible(nothing)
        for widget in self._panels:
            widget.setVisible(not nothing)

    def _on_edited(self) -> None:
        self._show_buttons()
        self._redraw.start()

    def _show_reading(self) -> None:
        if self.editor.loaded is not None:
            self.reading.show_form(self.editor.draft())

    def _show_buttons(self) -> None:
        may_write = not self.desk.read_only
        changed = may_write and self._is_changed()
        self.add_button.setEnabled(may_write)
        self.save_button.setEnabled(changed)
        self.revert_button.setEnabled(changed)
        self.remove_button.setEnabled(may_write and self._chosen not in {None, NEW_ID})
        self.acts_changed.emit()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addLayout(row(self.add_button, None, self.papers_button))
        left.addWidget(self.list, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(252)
        middle = Panel(_("What the course offers"))
        middle.body.addWidget(self.hint)
        middle.body.addWidget(self.editor, 1)
        middle.body.addWidget(rule())
        middle.body.addLayout(row(self.remove_button, None, self.revert_button, self.save_button))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.places)
        column.addWidget(self.reading, 1)
        right.setMinimumWidth(290)
        right.setMaximumWidth(400)
        self._panels = (side, middle, right)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        whole.setSpacing(Space.M)
        whole.addWidget(side)
        whole.addWidget(middle, 3)
        whole.addWidget(right, 2)
        whole.addWidget(self.empty, 1)
        self.empty.hide()
