"""Score sheets that come back: what they would change, and taking them in as one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.exchange.score_sheets_in import ReadEntry, ReadSheet
from fujisawa_desktop.models import Review, ReviewState, Score
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.screening import weighted_total
from fujisawa_desktop.services.score_sheet_doors import (
    SheetChange,
    SheetPreview,
    SheetTaken,
    foreseen,
    preview_sheet,
    take_sheet,
)
from fujisawa_desktop.services.score_sheet_rows import SheetRefusal, SheetRows, refuse_foreign
from fujisawa_desktop.services.score_sheets import screening_wording
from fujisawa_desktop.services.screening_core import (
    Candidate,
    CriterionRow,
    ReviewerRow,
    StoredReview,
    candidates_of,
    criteria_of,
    in_force,
    refresh_scores,
    reviewers_of,
    reviews_of,
)
from fujisawa_desktop.services.unit_of_work import UnitOfWork

__all__ = [
    "SheetChange",
    "SheetPreview",
    "SheetRefusal",
    "SheetTaken",
    "import_score_sheet",
    "preview_score_sheet",
]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it is to be stored."""

    change: SheetChange
    points: Mapping[int, int]
    comment: str
    stored: StoredReview | None


def preview_score_sheet(database: Database, *, programme_id: int, file: Path) -> SheetPreview:
    """Return what taking the sheet in would do; nothing is written.

    Raises:
        InputFileError: the file is no score sheet.
        RuleError: it belongs to another programme, or its criteria are no longer in force.
        NotFoundError: its reviewer is gone.
    """
    return preview_sheet(database, _Plan, programme_id=programme_id, file=file)


def import_score_sheet(
    database: Database, *, programme_id: int, file: Path, actor: str | None = None
) -> SheetTaken:
    """Take in the good rows of a score sheet as one act; raises as :func:`preview_score_sheet`."""
    return take_sheet(database, _Plan, programme_id=programme_id, file=file, actor=actor)


class _Plan:
    """Works out what every row of a sheet means."""

    def __init__(self, session: Session, programme_id: int, sheet: ReadSheet, file: str) -> None:
        self._session = session
        self._programme_id = programme_id
        self._sheet = sheet
        refuse_foreign(session, programme_id, sheet, kind="")
        self._reviewer = self._known_reviewer()
        self._people = {one.application_id: one for one in candidates_of(session, programme_id=programme_id)}
        self._criteria = criteria_of(session, programme_id)
        self._stored = {
            review.application_id: review
            for review in reviews_of(
                session, application_ids=list(self._people), reviewer_id=self._reviewer.id
            )
        }
        self._recused = screening_wording("score-sheet.toml").text("recused")
        self._wanted: list[_Wanted] = []
        self._rows = SheetRows(sheet, programme_id, self._reviewer.id)
        self._unchanged = self._blank = 0
        self._check_criteria()
        for row in sheet.entries:
            self._take(row)
        self.preview = foreseen(
            sheet,
            file=file,
            reviewer=self._reviewer.name,
            wanted=((one.change, one.stored is None) for one in self._wanted),
            unchanged=self._unchanged,
            blank=self._blank,
            refused=self._rows.refused,
        )

    def _known_reviewer(self) -> ReviewerRow:
        reviewer_id, *rest = self._sheet.about["reviewer"]
        reviewers = reviewers_of(self._session, self._programme_id)
        found = next((row for row in reviewers if row.id == int(reviewer_id)), None)
        if found is None or [found.name] != rest[:1]:
            raise NotFoundError("sheet.reviewer-gone")
        return found

    def _check_criteria(self) -> None:
        """Refuse a sheet whose criteria are not those of its course any more: points mean other things."""
        course_id = int(self._sheet.about.get("course", ("0",))[0] or 0)
        now = {(row.id, row.max_points, row.weight) for row in in_force(self._criteria, course_id)}
        if now != {(key, most, weight) for key, _name, most, weight in self._sheet.criteria}:
            raise RuleError("sheet.criteria-changed")

    # --- rows --------------------------------------------------------------------

    def _take(self, row: ReadEntry) -> None:
        person = self._person(row)
        if person is None:
            return
        points = self._rows.points_of(row)
        if points is None:
            return
        if person.is_announced:
            self._rows.refuse(row, "number", "screening.announced")
            return
        wanted = self._read(row, person, points)
        if wanted is None:
            return
        old = wanted.stored
        same = old is not None and (old.state, dict(old.points), old.comment) == (
            wanted.change.new_state,
            dict(wanted.points),
            wanted.comment,
        )
        if same:
            self._unchanged += 1
        else:
            self._wanted.append(wanted)

    def _person(self, row: ReadEntry) -> Candidate | None:
        """Return whom a row is about, if it is one that was given out and says so still."""
        key = self._rows.id_of(row)
        if key is None:
            return None
        if key not in self._people:
            self._rows.refuse(row, "number", "screening.application-gone")
        elif not self._reviewer.judges(self._people[key].course_id):
            self._rows.refuse(row, "number", "screening.not-your-course")
        else:
            return self._people[key]
        return None

    def _read(self, row: ReadEntry, person: Candidate, points: dict[int, int]) -> _Wanted | None:
        """Return what a row says, or nothing when it is blank or refused."""
        if row.recuse:
            if row.recuse != self._recused:
                self._rows.refuse(row, "recuse", "sheet.recuse-unreadable", sign=self._recused)
                return None
            if points:
                self._rows.refuse(row, "recuse", "sheet.recused-with-points")
                return None
            return self._made_row(row, person, {}, ReviewState.RECUSED)
        if not points and not row.comment:
            self._blank += 1
            return None
        missing = [(key, name) for key, name, _most, _weight in self._sheet.criteria if key not in points]
        if missing:
            key, name = missing[0]
            self._rows.refuse(
                row, f"points-{key}", "sheet.points-missing", criterion=name, count=len(missing)
            )
            return None
        return self._made_row(row, person, points, ReviewState.DONE)

    def _made_row(
        self, row: ReadEntry, person: Candidate, points: dict[int, int], state: ReviewState
    ) -> _Wanted:
        old = self._stored.get(person.application_id)
        criteria = in_force(self._criteria, person.course_id)
        before: Mapping[int, int] = old.points if old else {}
        change = SheetChange(
            line=row.line,
            application_id=person.application_id,
            number=row.number,
            old_state=old.state if old else None,
            new_state=state,
            old_total=old.total(criteria) if old and old.state is ReviewState.DONE else None,
            new_total=_total(points, criteria) if state is ReviewState.DONE else None,
            details=tuple(
                (one.name, before.get(one.id), points.get(one.id))
                for one in criteria
                if before.get(one.id) != points.get(one.id)
            ),
            comment_changes=old is not None and old.comment != row.comment,
        )
        return _Wanted(change, points, row.comment, old)

    # --- writing -----------------------------------------------------------------

    def write(self, work: UnitOfWork) -> None:
        """Store the good rows within an open act; the figures follow."""
        fresh = [one for one in self._wanted if one.stored is None]
        ids = work.insert_many(
            Review,
            [
                {
                    "application_id": one.change.application_id,
                    "reviewer_id": self._reviewer.id,
                    "state": one.change.new_state,
                    "comment": one.comment,
                    "saved_at": work.now,
                }
                for one in fresh
            ],
        )
        known = [(one, one.stored.id) for one in self._wanted if one.stored is not None]
        work.update_many(
            Review,
            {
                key: {"state": one.change.new_state, "comment": one.comment, "saved_at": work.now}
                for one, key in known
            },
        )
        old = select(Score.id).where(Score.review_id.in_([key for _one, key in known]))
        work.delete_many(Score, list(work.session.scalars(old)))
        work.insert_many(
            Score,
            [
                {"review_id": key, "criterion_id": criterion_id, "points": number}
                for one, key in (*zip(fresh, ids, strict=True), *known)
                for criterion_id, number in one.points.items()
            ],
        )
        refresh_scores(work, self._programme_id, [one.change.application_id for one in self._wanted])


def _total(points: Mapping[int, int], criteria: tuple[CriterionRow, ...]) -> int:
    return weighted_total(points, [row.yardstick for row in criteria])
