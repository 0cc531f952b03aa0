"""The ranking of a course as a file: for Excel, or as a list for the panel."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Final

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Column, Job, Owner, RosterSpec
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.outgoing import ListOut, save_list
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.score_sheets import screening_wording
from fujisawa_desktop.services.screening_ranking import CourseRanking, RankingRow, course_ranking
from fujisawa_desktop.services.table_files import ListTable, Value, Words, table_file

_FAMILIES: Final = (("above-line", "above-line"), ("decided", "result"), ("flags", "flag"))


def ranking_table(ranking: CourseRanking) -> ListTable:
    """Return a ranking as a list; in blind reading it has no columns that name anybody."""
    named = () if ranking.is_blind else ("name", "kana", "university")
    totals = _headings(ranking)
    return ListTable(
        name="screening-ranking",
        columns=("rank", "above-line", "number", *named, "score", *totals, "spread", "decided", "flags"),
        rows=tuple(_cells(ranking, row) for row in ranking.rows),
        families=_FAMILIES,
    )


def write_ranking(
    database: Database,
    *,
    programme_id: int,
    course_id: int,
    path: Path,
    words: Words,
    places: int | None = None,
    with_excluded: bool = False,
    made_at: datetime | None = None,
    actor: str | None = None,
) -> ListOut:
    """Write the ranking of a course to ``path``, as a PDF when its name ends so, else as xlsx; record it.

    Raises:
        NotFoundError: ``programme.none`` or ``screening.course-gone``.
        StorageError: the file cannot be written, or not recorded; then what stood there is as before.
    """
    ranking = course_ranking(
        database, programme_id=programme_id, course_id=course_id, places=places, with_excluded=with_excluded
    )
    moment = (made_at or datetime.now()).replace(microsecond=0)
    if path.suffix.lower() == ".pdf":
        data = ranking_pdf(ranking, made_at=moment)
    else:
        data = table_file(ranking_table(ranking), "xlsx", words, made_at=moment)
    file_format = "pdf" if path.suffix.lower() == ".pdf" else "xlsx"
    return save_list(
        database,
        path=path,
        data=data,
        file_format=file_format,
        count=len(ranking.rows),
        name="screening-ranking",
        actor=actor,
    )


def ranking_pdf(ranking: CourseRanking, *, made_at: datetime) -> bytes:
    """Return the ranking as a list for the panel; like every paper it is Japanese.

    Raises:
        InputFileError: the wording is broken.
    """
    wording = screening_wording("ranking.toml")
    heads = wording.words("columns")
    named = [] if ranking.is_blind else [Column(heads["name"], 15), Column(heads["school"], 15)]
    title = wording.said("title", コース=ranking.course)
    spec = RosterSpec(
        owner=Owner(title, title),
        title=title,
        subtitle=wording.said(
            "subtitle", 集計=wording.text(ranking.aggregate.value), 線=_line_words(ranking, wording)
        ),
        mark=wording.text("mark"),
        printed_at=wording.said("printed", 作成日時=f"{made_at:%Y-%m-%d %H:%M}"),
        count=wording.said("count", 件数=len(ranking.rows)),
        columns=(
            Column(heads["rank"], 5, "right"),
            Column(heads["side"], 5),
            Column(heads["number"], 14),
            *named,
            Column(heads["score"], 7, "right"),
            *(Column(_first_word(reviewer.name), 9, "right") for reviewer in ranking.reviewers),
            Column(heads["spread"], 7, "right"),
            Column(heads["decided"], 8),
            Column(heads["flags"], 9),
        ),
        rows=tuple(_printed(ranking, row, wording) for row in ranking.rows),
        empty_text=wording.text("empty"),
    )
    return make_paper(Job(title, "", title, made_at, (spec,))).pdf


def _first_word(name: str) -> str:
    return next(iter(name.split()), "")


def _line_words(ranking: CourseRanking, wording: Wording) -> str:
    line = ranking.line
    if line.rank_above is None:
        form = "line_none"
    elif line.tied:
        form = "line_tied"
    else:
        form = "line_all" if line.rank_below is None else "line_clear"
    return wording.said(
        form, 人数=line.places, 上=line.rank_above, 下=line.rank_below, 同点=line.tied, 確実=line.above
    )


def _printed(ranking: CourseRanking, row: RankingRow, wording: Wording) -> tuple[str, ...]:
    side = line_side(ranking, row)
    flags = wording.words("flags")
    return (
        str(row.rank or ""),
        wording.words("sides")[side] if side else "",
        row.number,
        *(() if ranking.is_blind else (row.name, row.school)),
        _figure(row.score),
        *(_figure(total) for total in row.totals),
        _figure(row.spread if row.score is not None else None),
        wording.words("results")[row.decided.value] if row.decided is not None else "",
        "・".join(flags.get(flag, flag) for flag in row.flags),
    )


def _figure(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"


def line_side(ranking: CourseRanking, row: RankingRow) -> str | None:
    """Return whether a row is above or below the line or tied on it; nothing without a rank."""
    if row.rank is None:
        return None
    if row.application_id in ranking.tied:
        return "tied"
    return "above" if row.application_id in ranking.above else "below"


def _headings(ranking: CourseRanking) -> list[str]:
    """Return the reviewers' names; somebody called like a column of the list gets a mark."""
    taken = Counter(("rank", "number", "name", "kana", "score", "spread", "decided", "flags", "university"))
    return [f"{row.name} " if taken[row.name] else row.name for row in ranking.reviewers]


def _cells(ranking: CourseRanking, row: RankingRow) -> tuple[Value, ...]:
    named = () if ranking.is_blind else (row.name, row.kana, row.school)
    return (
        row.rank,
        line_side(ranking, row),
        row.number,
        *named,
        _points(row.score),
        *(_points(total) for total in row.totals),
        _points(row.spread) if row.score is not None else None,
        row.decided.value if row.decided is not None else None,
        row.flags,
    )


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
