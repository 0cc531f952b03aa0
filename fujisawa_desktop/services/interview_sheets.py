"""Score sheets of the interviews as protected workbooks: one for each interviewer, out and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.exchange.file_names import file_name
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.score_sheets import (
    ScoreSheet,
    SheetCriterion,
    SheetEntry,
    SheetWords,
    score_sheet_bytes,
)
from fujisawa_desktop.exchange.score_sheets_in import ReadEntry, ReadSheet
from fujisawa_desktop.models import EntryKind, Notice, ReviewState
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.rules.screening import weighted_total
from fujisawa_desktop.services.interview_criteria import InterviewCriterionRow, criteria_of_interviews
from fujisawa_desktop.services.interview_facts import (
    InterviewerFacts,
    InterviewFacts,
    interview_facts,
    interviewer_facts,
)
from fujisawa_desktop.services.interview_reviews import (
    StoredInterviewReview,
    announced_finals,
    reviews_of_interviews,
    write_review,
)
from fujisawa_desktop.services.outgoing import let_out
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_wording import clock_short
from fujisawa_desktop.services.score_sheet_doors import (
    SheetChange,
    SheetPreview,
    SheetTaken,
    foreseen,
    preview_sheet,
    take_sheet,
)
from fujisawa_desktop.services.score_sheet_rows import KIND, SheetRows, refuse_foreign
from fujisawa_desktop.services.score_sheets import SheetsIssued, row_key, screening_wording
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_INTERVIEW: Final = "interview"
_NAME_MOST: Final = 40


def issue_interview_sheets(
    database: Database, *, programme_id: int, folder: Path, made_on: date, actor: str | None = None
) -> SheetsIssued:
    """Write one workbook for each interviewer with interviews, and record that they left the office.

    Raises:
        RuleError: ``screening.no-criteria`` or ``sheet.nobody``.
        StorageError: the folder cannot be written to; nothing is recorded.
        NotFoundError: ``programme.none``.
    """
    with (
        FileSet(folder) as written,
        unit_of_work(database, "screening.issue-sheets", actor=actor, kind=EntryKind.ISSUED) as work,
    ):
        maker = _Maker(work.session, programme_id, made_on)
        files: list[str] = []
        notices = []
        for person, mine in maker.interviewers():
            data = score_sheet_bytes(maker.sheet(person, mine))
            name = maker.file_name(person)
            written.add(name, data)
            files.append(name)
            notices.append(
                {
                    "programme_id": programme_id,
                    "applicant_id": None,
                    "application_id": None,
                    "kind": "score-sheet",
                    "document_number": "",
                    "dated": made_on,
                    "issued_at": work.now,
                    "snapshot": {
                        "form": "InterviewSheet",
                        "interviewer_id": person.interviewer_id,
                        "interview_ids": [one.interview_id for one in mine],
                    },
                    "sha256": hashlib.sha256(data).hexdigest(),
                }
            )
        work.insert_many(Notice, notices)
        rows = sum(len(mine) for _person, mine in maker.interviewers())
        change = let_out(work, written, count=len(files), entries=rows)
        return SheetsIssued(change, tuple(files), rows)


def preview_interview_sheet(database: Database, *, programme_id: int, file: Path) -> SheetPreview:
    """Return what taking the sheet in would do; nothing is written.

    Raises:
        InputFileError: the file is no score sheet.
        RuleError: it is of another programme or of the first screening, or its criteria changed.
        NotFoundError: its interviewer is gone.
    """
    return preview_sheet(database, _Plan, programme_id=programme_id, file=file)


def import_interview_sheet(
    database: Database, *, programme_id: int, file: Path, actor: str | None = None
) -> SheetTaken:
    """Take in the good rows as one act; raises as :func:`preview_interview_sheet`."""
    return take_sheet(database, _Plan, programme_id=programme_id, file=file, actor=actor)


class _Maker:
    """Makes the sheets of a programme."""

    def __init__(self, session: Session, programme_id: int, made_on: date) -> None:
        self._programme = programme_of(session, programme_id)
        self._criteria = criteria_of_interviews(session, programme_id)
        self._people = interviewer_facts(session, programme_id)
        self._facts = interview_facts(session, programme_id)
        self._reviews = reviews_of_interviews(session, programme_id, self._criteria)
        self._announced = announced_finals(session)
        self._made_on = made_on
        self._words = screening_wording("interview-sheet.toml")
        if not self._criteria:
            raise RuleError("screening.no-criteria")
        if not self.interviewers():
            raise RuleError("sheet.nobody")

    def interviewers(self) -> list[tuple[InterviewerFacts, list[InterviewFacts]]]:
        """Return who has interviews whose result is not announced yet, with these."""
        open_ = [one for one in self._facts if not self._announced.intersection(one.application_ids)]
        found = []
        for key, person in self._people.items():
            mine = [one for one in open_ if key in one.interviewer_ids]
            if mine:
                found.append((person, mine))
        return found

    def sheet(self, person: InterviewerFacts, mine: list[InterviewFacts]) -> ScoreSheet:
        """Return the sheet of one interviewer."""
        return ScoreSheet(
            words=self._sheet_words(person, len(mine)),
            criteria=tuple(self._column(row) for row in self._criteria),
            entries=tuple(self._entry(person, one) for one in mine),
            is_blind=False,
            about=(
                ("programme", str(self._programme.id), self._programme.title),
                ("reviewer", str(person.interviewer_id), person.name),
                ("course", "0", self._words.text("part")),
                ("made", self._made_on.isoformat()),
                (KIND, _INTERVIEW),
            ),
            choices=tuple(self._words.words("recommendations").values()),
        )

    def file_name(self, person: InterviewerFacts) -> str:
        """Return a safe name: what it is, for whom, when; nobody's who is interviewed."""
        order = list(self._people).index(person.interviewer_id) + 1
        name = person.name[:_NAME_MOST]
        parts = (self._words.text("file_name"), f"{order:02d}", name, f"{self._made_on:%Y%m%d}")
        return file_name(parts, ".xlsx")

    def _entry(self, person: InterviewerFacts, one: InterviewFacts) -> SheetEntry:
        review = self._reviews.get((one.interview_id, person.interviewer_id))
        facts = self._words.part("facts")
        day = one.starts.date()
        told = [
            (
                facts.text("time"),
                f"{day.month}/{day.day} {clock_short(one.starts.time())}～{clock_short(one.ends.time())}",
            ),
            (facts.text("courses"), "・".join(one.courses)),
            *([(facts.text("need"), one.note)] if one.note else []),
        ]
        words = self._words.words("recommendations")
        return SheetEntry(
            key=row_key(self._programme.id, person.interviewer_id, one.interview_id, one.number, one.name),
            number=one.number,
            name=one.name,
            school=one.school,
            answers=tuple(told),
            points=review.points if review else {},
            recused=False,
            comment=review.comment if review else "",
            choice=words.get(review.recommendation, "") if review else "",
        )

    def _column(self, row: InterviewCriterionRow) -> SheetCriterion:
        heading = self._words.part("columns").said(
            "points", 項目=row.name, 満点=row.max_points, 重み=row.weight
        )
        return SheetCriterion(row.id, row.name, row.max_points, row.weight, heading)

    def _sheet_words(self, person: InterviewerFacts, count: int) -> SheetWords:
        words = self._words
        made = words.said("made", 作成日=era_date(self._made_on), 件数=count)
        return SheetWords(
            sheet=words.text("sheet"),
            reading_sheet=words.text("reading_sheet"),
            title=words.text("title"),
            lines=(
                words.said("programme", 実施回=self._programme.title),
                f"{words.said('reviewer', 面接官=person.name)}　　{made}　　{words.text('mark')}",
            ),
            instructions="\n".join(words.texts("instructions")),
            columns=words.words("columns"),
            continued=words.text("continued"),
            input_title=words.text("input_title"),
            input_points=words.said("input_points", 満点="{most}"),
            error_points=words.said("error_points", 満点="{most}"),
            input_recuse=words.text("input_recuse"),
            recused=words.text("recused"),
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it is to be stored."""

    change: SheetChange
    points: Mapping[int, int]
    recommendation: str
    comment: str
    stored: StoredInterviewReview | None


class _Plan:
    """Works out what every row of a sheet means."""

    def __init__(self, session: Session, programme_id: int, sheet: ReadSheet, file: str) -> None:
        refuse_foreign(session, programme_id, sheet, kind=_INTERVIEW)
        self._criteria = criteria_of_interviews(session, programme_id)
        now = {(row.id, row.max_points, row.weight) for row in self._criteria}
        if now != {(key, most, weight) for key, _name, most, weight in sheet.criteria}:
            raise RuleError("sheet.criteria-changed")
        key, *name = sheet.about["reviewer"]
        self._person = interviewer_facts(session, programme_id).get(int(key))
        if self._person is None or [self._person.name] != name[:1]:
            raise NotFoundError("sheet.reviewer-gone")
        self._person_id = self._person.interviewer_id
        self._interviews = {one.interview_id: one for one in interview_facts(session, programme_id)}
        self._reviews = reviews_of_interviews(session, programme_id, self._criteria)
        self._announced = announced_finals(session)
        words = screening_wording("interview-sheet.toml").words("recommendations")
        self._values = {word: value for value, word in words.items()}
        self._rows = SheetRows(sheet, programme_id, self._person_id)
        self._wanted: list[_Wanted] = []
        self._unchanged = self._blank = 0
        for row in sheet.entries:
            self._take(row)
        self.preview = foreseen(
            sheet,
            file=file,
            reviewer=self._person.name,
            wanted=((one.change, one.stored is None) for one in self._wanted),
            unchanged=self._unchanged,
            blank=self._blank,
            refused=self._rows.refused,
        )

    def _take(self, row: ReadEntry) -> None:
        key = self._rows.id_of(row)
        points = self._rows.points_of(row) if key is not None else None
        if key is None or points is None:
            return
        one = self._interviews.get(key)
        if one is None or self._person_id not in one.interviewer_ids:
            self._rows.refuse(row, "number", "interview.not-of-panel")
        elif self._announced.intersection(one.application_ids):
            self._rows.refuse(row, "number", "interview.result-announced")
        elif row.recuse and row.recuse not in self._values:
            self._rows.refuse(row, "recuse", "interview.recommendation")
        elif not (points or row.recuse or row.comment):
            self._blank += 1
        else:
            self._compare(row, key, points)

    def _compare(self, row: ReadEntry, key: int, points: dict[int, int]) -> None:
        old = self._reviews.get((key, self._person_id))
        recommendation = self._values.get(row.recuse, "")
        if old is not None and (old.points, old.recommendation, old.comment) == (
            points, recommendation, row.comment,
        ):  # fmt: skip
            self._unchanged += 1
            return
        before: Mapping[int, int] = old.points if old else {}
        whole = all(one.id in points for one in self._criteria)
        change = SheetChange(
            line=row.line,
            application_id=key,
            number=row.number,
            old_state=_state(old.total is not None) if old else None,
            new_state=_state(whole),
            old_total=old.total if old else None,
            new_total=_total(points, self._criteria) if whole else None,
            details=tuple(
                (one.name, before.get(one.id), points.get(one.id))
                for one in self._criteria
                if before.get(one.id) != points.get(one.id)
            ),
            comment_changes=old is not None
            and (old.comment, old.recommendation) != (row.comment, recommendation),
        )
        self._wanted.append(_Wanted(change, points, recommendation, row.comment, old))

    def write(self, work: UnitOfWork) -> None:
        """Store the good rows within an open act."""
        for one in self._wanted:
            write_review(
                work,
                one.change.application_id,
                self._person_id,
                one.points,
                one.recommendation,
                one.comment,
                version=one.stored.version if one.stored else None,
            )


def _state(whole: bool) -> ReviewState:  # noqa: FBT001 - the one thing it is about
    return ReviewState.DONE if whole else ReviewState.DRAFT


def _total(points: Mapping[int, int], criteria: tuple[InterviewCriterionRow, ...]) -> int:
    return weighted_total(points, [row.yardstick for row in criteria])
