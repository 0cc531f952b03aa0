"""The ranking of a course: the program sorts and draws the line, a person chooses and notes results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import Result
from fujisawa_desktop.services.outgoing import ListOut
from fujisawa_desktop.services.screening_export import write_ranking
from fujisawa_desktop.services.screening_ranking import CourseRanking, course_ranking
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.screening.ranking_table import RankingTable
from fujisawa_desktop.views.screening.result_dialog import ResultDialog
from fujisawa_desktop.views.screening.words import line_sentences
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

FOLDER_KEY: Final = "screening/folder"


class RankingPage(QWidget):
    """Line, table and what can be done with those chosen.

    Signals:
        told(str, str): a message and its tone.
        office_wanted(): look as the office, not as a reviewer.

    Attributes:
        ranking: what is shown, None before the first answer.
    """

    told = Signal(str, str)
    office_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._course_id: int | None = None
        self._reviewer_id: int | None = None
        self._places: int | None = None
        self.ranking: CourseRanking | None = None
        self.places = NumberEdit("places", width=72)
        self.places.setAccessibleName(_("Draw the line for"))
        self.places.value_changed.connect(self._on_places)
        self.capacity = TextLabel("", "secondary")
        self.excluded = QCheckBox(_("Show flagged and withdrawn applications too"))
        self.excluded.toggled.connect(lambda _on: self.ask())
        self.sentence = RunningText()
        self.state = RunningText("", "neutral")
        self.table = RankingTable()
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._say_chosen())
        self.above_button = SecondaryButton(_("Choose those above the line (Ctrl+L)"), self.choose_above)
        self.turn_button = SecondaryButton(_("Choose the others instead"), self.choose_others)
        self.chosen = TextLabel("", "secondary")
        self.export_button = SecondaryButton(_("Export…"), self.export)
        self.fail_button = SecondaryButton(_("Note “fail”…"), lambda: self.note(Result.FAIL))
        self.pass_button = PrimaryButton(_("Note “pass”…"), lambda: self.note(Result.PASS))
        self._lay_out()
        for keys, act in (
            ("Ctrl+L", self.choose_above),
            ("Ctrl+Shift+P", lambda: self.note(Result.PASS)),
            ("Ctrl+Shift+F", lambda: self.note(Result.FAIL)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.pass_button.setToolTip("Ctrl+Shift+P")
        self.fail_button.setToolTip("Ctrl+Shift+F")
        self._say_chosen()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(
            row(
                TextLabel(_("Draw the line for"), "bold"),
                self.places,
                self.capacity,
                Space.L,
                self.excluded,
                None,
                self.export_button,
            )
        )
        column.addWidget(self.sentence)
        column.addWidget(self.state)
        column.addWidget(self.table, 1)
        column.addLayout(
            row(
                self.above_button,
                self.turn_button,
                Space.M,
                self.chosen,
                None,
                self.fail_button,
                self.pass_button,
            )
        )

    # --- what is shown -------------------------------------------------------------

    def look(self, reviewer_id: int | None, course_id: int | None) -> None:
        """Show the ranking of a course, as a reviewer may see it or as the office."""
        if course_id != self._course_id:
            self._places = None
        self._reviewer_id, self._course_id = reviewer_id, course_id
        self.ask()

    def ask(self) -> None:
        """Query the ranking again."""
        if self._course_id is None:
            self._show_none(
                _("Choose a course"), _("Every course has a ranking of its own. Choose one at the top.")
            )
            return
        self._desk.query(
            course_ranking,
            self._show,
            owner=self,
            latest="screening.ranking",
            on_error=self._refused,
            programme_id=self._desk.programme_id,
            course_id=self._course_id,
            places=self._places,
            reviewer_id=self._reviewer_id,
            with_excluded=self.excluded.isChecked(),
        )

    def _show(self, ranking: CourseRanking) -> None:
        self.ranking = ranking
        self.places.set_value(ranking.places)
        form = _("capacity: about {count}") if ranking.capacity_approximate else _("capacity: {count}")
        self.capacity.setText(form.format(count=ranking.capacity))
        self.sentence.set_text("\n".join(line_sentences(ranking.line)))
        self.sentence.set_tone("caution" if ranking.tied else None)
        self.state.set_text(self._state_words(ranking))
        self.table.empty.say(
            _("Nobody to rank"),
            _("There is no application for this course. Take in the applicants' files first."),
        )
        self.table.show_ranking(ranking)
        self._say_chosen()

    def _state_words(self, ranking: CourseRanking) -> str:
        told = [
            _("{aggregate} of the reviewers' totals.").format(
                aggregate=texts.term("aggregate", ranking.aggregate)
            )
        ]
        if ranking.unread:
            told.append(
                ngettext(
                    "{count} application has no points yet.",
                    "{count} applications have no points yet.",
                    ranking.unread,
                ).format(count=f"{ranking.unread:,}")
            )
        if ranking.incomplete:
            told.append(
                ngettext(
                    "{count} application is not judged by all reviewers yet.",
                    "{count} applications are not judged by all reviewers yet.",
                    ranking.incomplete,
                ).format(count=f"{ranking.incomplete:,}")
            )
        if ranking.left_out:
            told.append(
                ngettext(
                    "{count} flagged or withdrawn application takes no part.",
                    "{count} flagged or withdrawn applications take no part.",
                    ranking.left_out,
                ).format(count=f"{ranking.left_out:,}")
            )
        return " ".join(told)

    def _refused(self, error: Exception) -> None:
        hidden = {"screening.others-hidden", "screening.others-at-work"}
        if isinstance(error, RuleError) and error.code in hidden:
            self._show_none(
                _("Still hidden"), texts.message(error), _("Look as the office"), self.office_wanted.emit
            )
        else:
            self._show_none(_("No ranking"), texts.message(error))

    def _show_none(
        self, title: str, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        self.ranking = None
        self.places.set_value(None)
        self.capacity.setText("")
        self.sentence.set_text("")
        self.state.set_text("")
        self.table.empty.say(title, text, action, on_action)
        self.table.show_ranking(None)
        self._say_chosen()

    def _on_places(self) -> None:
        try:
            self._places = self.places.value()
        except ValidationError as error:
            self.told.emit(texts.message(error), "wrong")
            return
        self.ask()

    # --- choosing and noting ---------------------------------------------------------

    def choose_above(self) -> None:
        """Choose everybody surely above the line; a tie on it is left to the person."""
        if self.ranking is None:
            return
        self.table.choose(set(self.ranking.above))
        self.table.setFocus()

    def choose_others(self) -> None:
        """Choose everybody who is not chosen now and takes part."""
        if self.ranking is not None:
            chosen = set(self.table.chosen_ids())
            everybody = {one.application_id for one in self.ranking.rows if not one.is_excluded}
            self.table.choose(everybody - chosen)
            self.table.setFocus()

    def _say_chosen(self) -> None:
        count = len(self.table.chosen_ids())
        self.chosen.setText(
            ngettext("{count} chosen", "{count} chosen", count).format(count=f"{count:,}") if count else ""
        )
        possible = self.ranking is not None
        self.above_button.setEnabled(possible and bool(self.ranking and self.ranking.above))
        self.turn_button.setEnabled(possible and count > 0)
        self.export_button.setEnabled(possible)
        for button in (self.pass_button, self.fail_button):
            button.setEnabled(possible and count > 0 and not self._desk.read_only)

    def note(self, result: Result) -> None:
        """Ask for confirmation and note the result for those chosen."""
        chosen = self.table.chosen_ids()
        if self.ranking is None or not chosen or self._desk.read_only:
            return
        dialog = ResultDialog(self._desk, self.ranking, chosen, result, self)
        dialog.recorded.connect(self._tell)
        dialog.open()

    def _tell(self, result: Result, count: int, refused: int) -> None:
        text = ngettext("“{result}” is noted for {count}.", "“{result}” is noted for {count}.", count).format(
            result=texts.term("result", result), count=f"{count:,}"
        )
        if refused:
            more = ngettext("{count} could not have it.", "{count} could not have it.", refused)
            text = f"{text} {more.format(count=f'{refused:,}')}"
        self.told.emit(text, "caution" if refused else "good")

    # --- out ------------------------------------------------------------------------

    def export(self) -> None:
        """Write the ranking to a file the person names."""
        if self.ranking is None:
            return
        folder = Path(str(self._desk.settings.value(FOLDER_KEY, "") or Path.home()))
        safe = "".join(sign for sign in self.ranking.course if sign.isalnum())
        name, chosen = QFileDialog.getSaveFileName(
            self,
            _("Export the ranking"),
            str(folder / _("ranking_{course}.xlsx").format(course=safe)),
            _("Excel (*.xlsx);;PDF for the panel (*.pdf)"),
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in {".xlsx", ".pdf"}:
            path = path.with_name(path.name + (".pdf" if "*.pdf" in chosen else ".xlsx"))
        self._desk.settings.setValue(FOLDER_KEY, str(path.parent))
        self._desk.perform(
            write_ranking,
            on_done=while_open(self, self._exported),
            on_error=while_open(self, lambda error: self.told.emit(texts.message(error), "wrong")),
            programme_id=self._desk.programme_id,
            course_id=self.ranking.course_id,
            path=path,
            words=texts.term,
            actor=self._desk.actor,
            places=self.ranking.places,
            with_excluded=self.excluded.isChecked(),
        )

    def _exported(self, out: ListOut) -> None:
        self.told.emit(_("The ranking was written to {file}.").format(file=out.path.name), "good")
