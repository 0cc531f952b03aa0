"""Everything that leaves the program, each as a function that makes it from an open file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from cli_driver import run_command
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Course, Reviewer
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.appointments import appointments
from fujisawa_desktop.services.attendance_books import make_attendance_books
from fujisawa_desktop.services.document_numbers import known_ledgers, number_ledger
from fujisawa_desktop.services.hand_in_lists import hand_in_table
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.interview_ical import write_calendars
from fujisawa_desktop.services.interview_sheets import issue_interview_sheets
from fujisawa_desktop.services.issued_papers import issued_papers
from fujisawa_desktop.services.list_copy import copied_rows
from fujisawa_desktop.services.list_export import CELLS, list_export
from fujisawa_desktop.services.list_tables import (
    applicant_table,
    appointment_table,
    hours_table,
    interview_table,
    pay_table,
)
from fujisawa_desktop.services.mail_drafts import MailKind, MailOrder, draft_mails
from fujisawa_desktop.services.mails import ledger, ledger_file, write_mails
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_tables import issued_table, number_table
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.person_history import person_history
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.register import register_rows
from fujisawa_desktop.services.register_files import register_file
from fujisawa_desktop.services.register_layouts import layouts
from fujisawa_desktop.services.score_sheets import make_score_sheets
from fujisawa_desktop.services.screening_export import ranking_pdf, ranking_table
from fujisawa_desktop.services.screening_ranking import course_ranking
from fujisawa_desktop.services.table_files import ListTable, table_file
from fujisawa_desktop.services.transfer_file import hand_out_transfer, transfer_view, write_transfer
from fujisawa_desktop.services.year_end_files import save_year_end
from tests.hostile.scene import MONTH, Scene, changed_numbers, numbers_of

NOW: Final = datetime(2024, 12, 20, 17, 2)
FORMATS: Final = ("csv", "csv-cp932", "xlsx", "pdf")


@dataclass(frozen=True)
class Artifact:
    """Something that left: of which kind, its name, and its bytes."""

    kind: str
    name: str
    data: bytes


Output = Callable[[Scene], Iterator[Artifact]]


def _table(make: Callable[[Scene], ListTable], file_format: str, scene: Scene) -> Iterator[Artifact]:
    table = make(scene)
    yield Artifact(_kind(file_format), table.name, table_file(table, file_format, texts.term, made_at=NOW))


def _kind(file_format: str) -> str:
    return "csv" if file_format.startswith("csv") else file_format


def _pay(scene: Scene) -> ListTable:
    rows = pay_for_month(scene.database, programme_id=scene.programme_id, year=MONTH[0], month=MONTH[1])
    return pay_table(rows)


def _numbers(scene: Scene) -> ListTable:
    rows = []
    for known in known_ledgers(scene.database, programme_id=scene.programme_id):
        rows += number_ledger(scene.database, sign=known.sign, fiscal_year=known.fiscal_year)
    return number_table(rows)


def _ranking(scene: Scene) -> ListTable:
    return ranking_table(_rankings(scene)[0])


def _rankings(scene: Scene) -> list[object]:
    with scene.database.read() as session:
        ids = list(session.scalars(select(Course.id).where(Course.programme_id == scene.programme_id)))
    return [
        course_ranking(scene.database, programme_id=scene.programme_id, course_id=key, with_excluded=True)
        for key in ids[:2]
    ]


TABLES: Final[Mapping[str, Callable[[Scene], ListTable]]] = {
    "applicants": lambda scene: applicant_table(scene.database, programme_id=scene.programme_id),
    "interviews": lambda scene: interview_table(scene.database, programme_id=scene.programme_id),
    "appointments": lambda scene: appointment_table(scene.database, programme_id=scene.programme_id),
    "hours": lambda scene: hours_table(scene.database, programme_id=scene.programme_id),
    "hand-ins": lambda scene: hand_in_table(scene.database, programme_id=scene.programme_id),
    "pay": _pay,
    "numbers": _numbers,
    "issued": lambda scene: issued_table(issued_papers(scene.database, programme_id=scene.programme_id)),
    "ranking": _ranking,
}


def _chosen_columns(file_format: str, scene: Scene) -> Iterator[Artifact]:
    data = list_export(
        scene.database,
        query=scene.query,
        file_format=file_format,
        words=texts.term,
        title="応募者",
        columns=tuple(CELLS),
        substitute=True,
        made_at=NOW,
    )
    yield Artifact(_kind(file_format), "every-column", data)


_STAGES: Final[Mapping[str, str]] = {
    "paper promotion": "reserves",
    "paper acceptance": "reserves",
    "paper oath": "announced",
    "paper leaving-notice": "announced",
    "mail interview-invitation": "interviewing",
    "mail final-reserve": "reserves",
    "mail promotion": "reserves",
    "file transfer": "unpaid",
    "file score-sheets": "scored",
    "file interview-sheets": "interviewing",
}


def stage_of(name: str) -> str:
    """Return how far the job is when an output has something to do."""
    return _STAGES.get(name, "whole")


def _numbers_for(kind: PaperKind, scene: Scene) -> list[str] | None:
    """Return whom a paper is for that must be told, or has been made for all it is for already."""
    if kind is PaperKind.DISCLOSURE:
        return numbers_of(scene, ApplicationStatus.FIRST_FAILED)
    if kind in {PaperKind.CHANGE_NOTICE, PaperKind.CHANGE_CONSENT}:
        return changed_numbers(scene)
    return None


def _paper(kind: PaperKind, scene: Scene) -> Iterator[Artifact]:
    draft = make_papers(
        scene.database,
        programme_id=scene.programme_id,
        kind=kind.value,
        numbers=_numbers_for(kind, scene),
        dated=date(2024, 12, 20),
        reply_by=date(2024, 12, 27),
        now=NOW,
    )
    yield Artifact("pdf", draft.file_name, draft.pdf)


def _ranking_pdf(scene: Scene) -> Iterator[Artifact]:
    for ranking in _rankings(scene):
        yield Artifact("pdf", "ranking", ranking_pdf(ranking, made_at=NOW))


def _registers(scene: Scene) -> Iterator[Artifact]:
    found = register_rows(scene.database, programme_id=scene.programme_id, year=MONTH[0], month=MONTH[1])
    for layout in layouts(scene.database):
        for file_format in ("csv", "xlsx"):
            data = register_file(
                found,
                layout,
                file_format,
                lambda code: texts.paper_term("register-doubt", code),
                as_reference=True,
                substitute=True,
            )
            yield Artifact(file_format, layout.name, data)


def _written(scene: Scene, before: set[Path], kind: str) -> Iterator[Artifact]:
    for path in sorted(set(scene.folder.rglob("*")) - before):
        if path.is_file():
            yield Artifact(kind, path.name, path.read_bytes())


def _year_end(scene: Scene) -> Iterator[Artifact]:
    for file_format in ("csv", "xlsx"):
        path = scene.folder / f"year-end.{file_format}"
        save_year_end(
            scene.database,
            programme_id=scene.programme_id,
            year=MONTH[0] + 1,
            file_format=file_format,
            path=path,
            actor="test",
        )
        yield Artifact(file_format, path.name, path.read_bytes())


def _transfer(scene: Scene) -> Iterator[Artifact]:
    month = {"programme_id": scene.programme_id, "year": MONTH[0], "month": MONTH[1]}
    view = transfer_view(scene.database, **month)
    path = scene.folder / "transfer.txt"
    asked: dict[str, Any] = {
        **month,
        "pay_date": view.pay_date or date(2025, 1, 21),
        "today": date(2025, 1, 10),
        "left_out": [row.appointment_id for row in view.obstructed(())],
        "actor": "test",
    }
    write_transfer(scene.database, path=path, **asked)
    yield Artifact("zengin", path.name, path.read_bytes())
    yield Artifact("zengin", "output", hand_out_transfer(scene.database, **asked).data)


def _mails(kind: MailKind, scene: Scene) -> Iterator[Artifact]:
    order = MailOrder(scene.programme_id, kind, reply_by=date(2024, 12, 27))
    drafts = draft_mails(scene.database, order=order)
    for draft in drafts:
        yield Artifact("text", "subject", draft.subject.encode("utf-8", "surrogatepass"))
    able = [draft for draft in drafts if draft.can_write]
    before = set(scene.folder.rglob("*"))
    write_mails(
        scene.database, order=order, drafts=able, folder=scene.folder, checked_by="確認者", actor="test"
    )
    yield from _written(scene, before, "eml")


def _mail_ledger(scene: Scene) -> Iterator[Artifact]:
    rows = ledger(scene.database, programme_id=scene.programme_id)
    yield Artifact("xlsx", "ledger", ledger_file(rows, texts.term, made_at=NOW))


def _calendars(scene: Scene) -> Iterator[Artifact]:
    before = set(scene.folder.rglob("*"))
    write_calendars(
        scene.database, programme_id=scene.programme_id, target=scene.folder, with_names=True, actor="test"
    )
    yield from _written(scene, before, "ics")


def _score_sheets(scene: Scene) -> Iterator[Artifact]:
    with scene.database.read() as session:
        ids = list(session.scalars(select(Reviewer.id)))
    for file in make_score_sheets(
        scene.database,
        programme_id=scene.programme_id,
        reviewer_ids=ids,
        blind=False,
        made_on=date(2024, 10, 20),
    ):
        yield Artifact("xlsx", file.name, file.data())


def _interview_sheets(scene: Scene) -> Iterator[Artifact]:
    before = set(scene.folder.rglob("*"))
    issue_interview_sheets(
        scene.database,
        programme_id=scene.programme_id,
        folder=scene.folder,
        made_on=date(2024, 11, 1),
        actor="test",
    )
    yield from _written(scene, before, "xlsx")


def _attendance_books(scene: Scene) -> Iterator[Artifact]:
    for file in make_attendance_books(
        scene.database,
        programme_id=scene.programme_id,
        year=MONTH[0],
        month=MONTH[1],
        made_on=date(2024, 12, 1),
    ):
        yield Artifact("xlsx", file.name, file.data())


def _clipboard(scene: Scene) -> Iterator[Artifact]:
    copied = copied_rows(
        scene.database, query=scene.query, ranges=[(0, 200)], columns=tuple(CELLS), words=texts.term
    )
    yield Artifact("tsv", "copied", copied.text.encode("utf-8", "surrogatepass"))
    yield Artifact("html", "copied", copied.html.encode("utf-8", "surrogatepass"))


def _journal(scene: Scene) -> Iterator[Artifact]:
    lines = [f"{row}" for row in recent_acts(scene.database, limit=200)]
    lines.append(f"{undo_state(scene.database)}")
    with scene.database.read() as session:
        for member in appointments(scene.database, scene.programme_id):
            lines += [f"{row}" for row in person_history(session, member.applicant_id)]
    yield Artifact("text", "journal", "\n".join(lines).encode("utf-8", "surrogatepass"))


def _command(arguments: tuple[str, ...], kind: str, scene: Scene) -> Iterator[Artifact]:
    answer = run_command("--database", scene.path, *arguments)
    if answer.code == 2 or "Traceback" in answer.err or not (answer.out or answer.err):
        raise AssertionError(f"{' '.join(arguments)}: {answer.code}: {answer.err}")
    if not answer.out:  # a rule refused it, in a sentence: what stands there could not be typed
        raise AppError(f"exit {answer.code}")
    yield Artifact(kind, " ".join(arguments), answer.out)
    yield Artifact("text", "messages", answer.err.encode("utf-8", "surrogatepass"))


def outputs() -> dict[str, Output]:
    """Return every output by its name."""
    found: dict[str, Output] = {}
    for name, make in TABLES.items():
        for file_format in FORMATS:
            found[f"list {name} {file_format}"] = partial(_table, make, file_format)
    for file_format in FORMATS:
        found[f"list every-column {file_format}"] = partial(_chosen_columns, file_format)
    for kind in PaperKind:
        found[f"paper {kind.value}"] = partial(_paper, kind)
    for mail in MailKind:
        found[f"mail {mail.value}"] = partial(_mails, mail)
    found |= {
        "paper ranking": _ranking_pdf,
        "file registers": _registers,
        "file year-end": _year_end,
        "file transfer": _transfer,
        "file mail-ledger": _mail_ledger,
        "file calendars": _calendars,
        "file score-sheets": _score_sheets,
        "file interview-sheets": _interview_sheets,
        "file attendance-books": _attendance_books,
        "clipboard": _clipboard,
        "journal": _journal,
    }
    month = f"{MONTH[0]}-{MONTH[1]:02d}"
    for name in ("applicants", "interviews", "appointments", "hours", "hand-ins"):
        found[f"command list {name} json"] = partial(_command, ("list", name, "--format", "json"), "json")
    found["command pay json"] = partial(_command, ("pay", month, "--format", "json"), "json")
    found["command check json"] = partial(_command, ("check", "--json"), "json")
    found["command plan json"] = partial(_command, ("plan", "--json"), "json")
    return found
