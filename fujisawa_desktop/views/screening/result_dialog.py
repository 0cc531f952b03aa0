"""Noting a result of the first screening for people of the ranking: counted before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.screening_export import line_side
from fujisawa_desktop.services.screening_ranking import CourseRanking, RankingRow
from fujisawa_desktop.services.selection import DecisionsResult, record_decisions
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.noted_saving import noted_saving
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import save_beside_others
from fujisawa_desktop.views.widgets import PrimaryButton, RunningText, SecondaryButton, TextLabel, row


class ResultDialog(QDialog):
    """Says what is noted for how many and what is odd about it; a person confirms.

    Signals:
        recorded(Result, int, int): what was noted, for how many, and how many could not have it.
    """

    recorded = Signal(object, int, int)

    def __init__(
        self,
        desk: Desk,
        ranking: CourseRanking,
        chosen: Sequence[int],
        result: Result,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._desk = desk
        self._result = result
        self._ids = list(chosen)
        wanted = set(chosen)
        rows = [one for one in ranking.rows if one.application_id in wanted]
        self._seen = {one.application_id: one.decided for one in rows}
        word = texts.term("result", result)
        self.setWindowTitle(_("1st screening: {result}").format(result=word))
        self.setMinimumWidth(520)
        count = len(rows)
        self.summary = TextLabel(
            ngettext(
                "“{result}” is noted for {count} person of {course}.",
                "“{result}” is noted for {count} people of {course}.",
                count,
            ).format(result=word, count=f"{count:,}", course=ranking.course),
            "heading",
        )
        self.summary.setWordWrap(True)
        self.remark = RunningText(
            _("It becomes known only when the screening is announced; until then it can be changed.")
        )
        self.cautions = RunningText("\n".join(self._odd(ranking, rows)), "caution")
        self.cautions.setVisible(bool(self.cautions.text()))
        self.go = PrimaryButton(
            ngettext("Note for {count}", "Note for {count}", count).format(count=f"{count:,}"), self.record
        )
        self.go.setDefault(True)
        self.go.setFocus()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        for widget in (self.summary, self.remark, self.cautions):
            column.addWidget(widget)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.go))

    def _odd(self, ranking: CourseRanking, rows: Sequence[RankingRow]) -> list[str]:
        """Return everything a person should look at before confirming."""
        told: list[str] = []
        chosen = {one.application_id for one in rows}
        passes = self._result is Result.PASS
        odd = {
            _("{count} below the line are among them."): passes
            and sum(line_side(ranking, one) == "below" for one in rows),
            _("{count} above the line are among them."): not passes
            and sum(line_side(ranking, one) == "above" for one in rows),
            _("{count} without any points are among them."): sum(one.score is None for one in rows),
            _("{count} are not judged by all reviewers yet."): sum(
                one.score is not None and one.waiting > 0 for one in rows
            ),
            _("{count} are flagged or have withdrawn."): sum(one.is_excluded for one in rows),
            _("{count} have another result noted; it is replaced."): sum(
                one.decided not in {None, self._result} and not one.is_announced for one in rows
            ),
            _("{count} are announced already and stay as they are."): sum(one.is_announced for one in rows),
        }
        told.extend(sentence.format(count=f"{count:,}") for sentence, count in odd.items() if count)
        tied = set(ranking.tied)
        if tied & chosen and not tied <= chosen:
            told.insert(
                0,
                _("Of {tied} people with the same points on the line, {count} are among them.").format(
                    tied=len(tied), count=len(tied & chosen)
                ),
            )
        if passes and len(rows) > ranking.places:
            told.append(
                _("They are more than the {places} the line is drawn for.").format(places=ranking.places)
            )
        return told

    def record(self) -> None:
        """Note the result as one act."""
        self.go.setEnabled(False)
        saving = replace(
            noted_saving(record_decisions, self, self._seen, Stage.FIRST, result=self._result),
            on_done=while_open(self, self._done),
            on_error=while_open(self, self._fail),
            on_stop=lambda: self.go.setEnabled(True),
        )
        mine = dict.fromkeys(self._ids, self._result)
        save_beside_others(self._desk, saving, replace(saving.base, results=mine))

    def _done(self, result: DecisionsResult) -> None:
        self.recorded.emit(self._result, result.recorded, len(result.refused))
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.cautions.set_text(texts.message(error))
        self.cautions.show()
