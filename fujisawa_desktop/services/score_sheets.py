"""Score sheets for reviewers of the host departments, and the record that they left the office."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import InputFileError, RuleError
from fujisawa_desktop.exchange.file_names import file_name, free_name
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.score_sheets import (
    ScoreSheet,
    SheetCriterion,
    SheetEntry,
    SheetWords,
    score_sheet_bytes,
)
from fujisawa_desktop.models import EntryKind, Notice, ReviewState
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.outgoing import let_out
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.screening_core import (
    Candidate,
    CriterionRow,
    ReviewerRow,
    candidates_of,
    courses_of,
    criteria_of,
    in_force,
    reviewer_of,
    reviews_of,
)
from fujisawa_desktop.services.screening_reviews import ReadText, read_texts
from fujisawa_desktop.services.unit_of_work import unit_of_work

_NAME_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class SheetFile:
    """One score sheet that is not written yet."""

    reviewer_id: int
    course_id: int
    name: str
    sheet: ScoreSheet
    application_ids: tuple[int, ...]

    def data(self) -> bytes:
        """Return the workbook."""
        return score_sheet_bytes(self.sheet)


@dataclass(frozen=True, slots=True)
class SheetsIssued:
    """Score sheets that were written; ``files`` are their names, ``rows`` entries on all of them."""

    change: ChangeSet
    files: tuple[str, ...]
    rows: int


def make_score_sheets(
    database: Database,
    *,
    programme_id: int,
    reviewer_ids: Sequence[int],
    blind: bool,
    made_on: date,
) -> list[SheetFile]:
    """Return one workbook for each reviewer and course; announced, flagged and withdrawn entries stay out.

    Courses may have criteria of their own, so a reviewer of two courses gets two sheets.

    Raises:
        NotFoundError: ``programme.none`` or ``screening.reviewer-gone``.
        RuleError: ``screening.no-criteria`` or ``sheet.nobody``.
        InputFileError: the wording of the sheet is broken.
    """
    with database.read() as session:
        courses = courses_of(session, programme_id)
        criteria = criteria_of(session, programme_id)
        found: list[SheetFile] = []
        for reviewer_id in reviewer_ids:
            reviewer = reviewer_of(session, programme_id, reviewer_id)
            for course_id in (key for key in courses if reviewer.judges(key)):
                everybody = candidates_of(session, programme_id=programme_id, course_ids=[course_id])
                taken = [one for one in everybody if not one.is_excluded and not one.is_announced]
                own = in_force(criteria, course_id)
                if taken and not own:
                    raise RuleError("screening.no-criteria")
                if taken:
                    maker = _Maker(session, programme_id, reviewer, own, blind=blind, made_on=made_on)
                    found.append(maker.made(course_id, courses[course_id].short_name, taken))
    if not found:
        raise RuleError("sheet.nobody")
    names: set[str] = set()  # two courses of one short name have files of their own
    return [replace(file, name=free_name(file.name, names)) for file in found]


def issue_score_sheets(
    database: Database,
    *,
    programme_id: int,
    reviewer_ids: Sequence[int],
    folder: Path,
    blind: bool,
    made_on: date,
    actor: str | None = None,
) -> SheetsIssued:
    """Write the score sheets into a folder and record that they left the office.

    Raises:
        StorageError: the folder cannot be written to; then it is as before, and nothing is recorded.
    """
    files = make_score_sheets(
        database, programme_id=programme_id, reviewer_ids=reviewer_ids, blind=blind, made_on=made_on
    )
    digests: list[str] = []
    rows = sum(len(file.application_ids) for file in files)
    with (
        FileSet(folder) as written,
        unit_of_work(database, "screening.issue-sheets", actor=actor, kind=EntryKind.ISSUED) as work,
    ):
        for file in files:
            data = file.data()
            written.add(file.name, data)
            digests.append(hashlib.sha256(data).hexdigest())
        work.insert_many(
            Notice,
            [
                {
                    "programme_id": programme_id,
                    "applicant_id": None,
                    "application_id": None,
                    "kind": "score-sheet",
                    "document_number": "",
                    "dated": made_on,
                    "issued_at": work.now,
                    "snapshot": {
                        "form": "ScoreSheet",
                        "reviewer_id": file.reviewer_id,
                        "course_id": file.course_id,
                        "blind": blind,
                        "application_ids": list(file.application_ids),
                    },
                    "sha256": digest,
                }
                for file, digest in zip(files, digests, strict=True)
            ],
        )
        change = let_out(work, written, count=len(files), entries=rows)
    return SheetsIssued(change, tuple(file.name for file in files), rows)


def row_key(programme_id: int, reviewer_id: int, application_id: int, number: str, name: str) -> str:
    """Return the key of a row: its application, and a digest of all that must not change in it."""
    text = "\x1f".join((str(programme_id), str(reviewer_id), str(application_id), number, name))
    return f"{application_id}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


@lru_cache
def screening_wording(name: str) -> Wording:
    """Return the words of a file in ``resources/screening``.

    Raises:
        InputFileError: the file cannot be read.
    """
    path = resources_dir() / "screening" / name
    try:
        return Wording(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputFileError("screening.template-broken", file=path.name) from error


class _Maker:
    """Makes the sheets of one reviewer."""

    def __init__(
        self,
        session: Session,
        programme_id: int,
        reviewer: ReviewerRow,
        criteria: tuple[CriterionRow, ...],
        *,
        blind: bool,
        made_on: date,
    ) -> None:
        self._session = session
        self._programme = programme_of(session, programme_id)
        self._reviewer = reviewer
        self._criteria = criteria
        self._blind = blind
        self._made_on = made_on
        self._wording = screening_wording("score-sheet.toml")

    def made(self, course_id: int, course: str, taken: list[Candidate]) -> SheetFile:
        texts = read_texts(self._session, taken, blind=self._blind)
        ids = [one.application_id for one in taken]
        reviews = {
            review.application_id: review
            for review in reviews_of(self._session, application_ids=ids, reviewer_id=self._reviewer.id)
        }
        entries = []
        for one in sorted(taken, key=lambda one: (one.number, one.application_id)):
            text, review = texts[one.application_id], reviews.get(one.application_id)
            entries.append(
                SheetEntry(
                    key=row_key(
                        self._programme.id, self._reviewer.id, one.application_id, one.number, text.name
                    ),
                    number=one.number,
                    name=text.name,
                    school=_school(text),
                    answers=text.answers,
                    points=review.points if review else {},
                    recused=review is not None and review.state is ReviewState.RECUSED,
                    comment=review.comment if review else "",
                )
            )
        sheet = ScoreSheet(
            words=self._words(course, len(entries)),
            criteria=tuple(self._column(row) for row in self._criteria),
            entries=tuple(entries),
            is_blind=self._blind,
            about=(
                ("programme", str(self._programme.id), self._programme.title),
                ("reviewer", str(self._reviewer.id), self._reviewer.name),
                ("course", str(course_id), course),
                ("made", self._made_on.isoformat()),
            ),
        )
        ordered = tuple(int(entry.key.partition("-")[0]) for entry in entries)
        return SheetFile(self._reviewer.id, course_id, self._file_name(course), sheet, ordered)

    def _column(self, row: CriterionRow) -> SheetCriterion:
        heading = self._wording.part("columns").said(
            "points", 項目=row.name, 満点=row.max_points, 重み=row.weight
        )
        return SheetCriterion(row.id, row.name, row.max_points, row.weight, heading)

    def _words(self, course: str, count: int) -> SheetWords:
        words = self._wording
        who = " ".join(part for part in (self._reviewer.department, self._reviewer.name) if part)
        made = words.said("made", 作成日=era_date(self._made_on), 件数=count)
        told = list(words.texts("instructions"))
        if self._blind:
            told.append(words.text("blind_note"))
        return SheetWords(
            sheet=words.text("sheet"),
            reading_sheet=words.text("reading_sheet"),
            title=words.text("title"),
            lines=(
                f"{words.said('programme', 実施回=self._programme.title)}　{course}",
                f"{words.said('reviewer', 採点者=who)}　　{made}　　{words.text('mark')}",
            ),
            instructions="\n".join(told),
            columns=words.words("columns"),
            continued=words.text("continued"),
            input_title=words.text("input_title"),
            input_points=words.said("input_points", 満点="{most}"),
            error_points=words.said("error_points", 満点="{most}"),
            input_recuse=words.text("input_recuse"),
            recused=words.text("recused"),
        )

    def _file_name(self, course: str) -> str:
        """Return a safe name: what it is, for which reviewer and course, when; no applicant's name."""
        parts = (self._wording.text("file_name"), course, self._reviewer.department, self._reviewer.name)
        return file_name((*(part[:_NAME_MOST] for part in parts), f"{self._made_on:%Y%m%d}"), ".xlsx")


def _school(text: ReadText) -> str:
    return " ".join(part for part in (text.school, text.grade) if part)
