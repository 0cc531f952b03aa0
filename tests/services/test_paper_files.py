"""Papers as files: whole or not at all, safe names, a password, and the record that goes with them."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from appointed import Person
from paper_scene import PEOPLE, decided, make, notices
from pdf_reading import pypdf_text
from pypdf import PdfReader

from fujisawa_desktop.documents import press
from fujisawa_desktop.errors import AppError, Cancelled, ConflictError, RuleError, StorageError
from fujisawa_desktop.exchange import files
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.document_numbers import next_number
from fujisawa_desktop.services.issued_papers import reprint
from fujisawa_desktop.services.paper_files import FileOrder, NameStyle, issue_and_save, save_copies
from fujisawa_desktop.services.papers import Numbering, issue_papers
from fujisawa_desktop.services.unit_of_work import UnitOfWork

LOGGER = "fujisawa_desktop"
TWINS = (
    *PEOPLE,
    Person("rn1", "同じ番号　花子", "オナジバンゴウ ハナコ", 0, Status.RECEIVED),
    Person("CON", "寿限無寿限無五劫の擦り切れ海砂利水魚之介" * 8, "ジュゲム ジュゲム", 0, Status.RECEIVED),
)


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def save(database: Database, papers: Any, target: Path, *, one_each: bool, **more: Any) -> tuple[Path, ...]:
    progress = more.pop("progress", None)
    order = FileOrder(target, one_each, **more)
    return save_copies(
        database, papers=papers, kind="first-result", order=order, progress=progress, actor="職員"
    ).files


def names(paper_folder: Path) -> list[str]:
    return sorted(path.name for path in paper_folder.iterdir())


def hold(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let Excel, a viewer or a scanner hold a file: it cannot be replaced."""
    real = Path.replace
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: None)

    def replace(self: Path, target: Any) -> Path:
        if Path(target).name == name and self.suffix != ".old":
            raise PermissionError(errno.EACCES, "sharing violation")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


# --- names and contents ---------------------------------------------------------


def test_one_file_for_all_is_the_file_that_was_shown(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    draft = make(office, programme_id)
    (file,) = save(office, draft, paper_folder / "通知.pdf", one_each=False)
    assert file.read_bytes() == draft.pdf
    assert names(paper_folder) == ["通知.pdf"]


def test_one_file_each_is_named_by_number_only(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    saved = save(office, make(office, programme_id), paper_folder, one_each=True)
    assert [file.name for file in saved] == [
        "1次選考結果通知_20241025_100.pdf",
        "1次選考結果通知_20241025_101.pdf",
        "1次選考結果通知_20241025_RN1.pdf",
    ]
    assert [len(PdfReader(file).pages) for file in saved] == [1, 1, 1]
    text = pypdf_text(saved[1].read_bytes())
    assert "楜澤" in text
    assert "髙﨑" not in text


def test_the_name_of_the_person_is_in_it_only_when_a_clerk_wants_it(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    draft = make(office, programme_id, numbers=["101"])
    (file,) = save(office, draft, paper_folder, one_each=True, names=NameStyle.NUMBER_AND_NAME)
    assert file.name == "1次選考結果通知_20241025_101_楜澤 涼介.pdf"
    (plain,) = save(office, draft, paper_folder, one_each=True)
    assert plain.name == "1次選考結果通知_20241025_101.pdf"


def test_no_two_files_have_one_name_and_long_names_are_cut(
    database: Database, programme_id: int, paper_folder: Path
) -> None:
    office = decided(database, programme_id, TWINS)
    saved = save(
        office, make(office, programme_id), paper_folder, one_each=True, names=NameStyle.NUMBER_AND_NAME
    )
    assert len({file.name.casefold() for file in saved}) == len(TWINS)
    assert all(len(file.name.encode()) <= 200 for file in saved)
    plain = save(office, make(office, programme_id), paper_folder, one_each=True)
    assert {"1次選考結果通知_20241025_RN1.pdf", "1次選考結果通知_20241025_rn1(2).pdf"} <= {
        file.name for file in plain
    } or {"1次選考結果通知_20241025_rn1.pdf", "1次選考結果通知_20241025_RN1(2).pdf"} <= {
        file.name for file in plain
    }


def test_lists_have_a_file_each_too(office: Database, programme_id: int, paper_folder: Path) -> None:
    saved = save(office, make(office, programme_id, "roster"), paper_folder, one_each=True)
    assert [file.name for file in saved] == [
        "応募者名簿_20241025_「DX・スマートシティ」コース.pdf",
        "応募者名簿_20241025_「子ども・子育て政策」コース.pdf",
    ]


def test_issued_papers_are_saved_in_the_same_way(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    issue_papers(office, draft=make(office, programme_id))
    again = reprint(office, notice_ids=[notice.id for notice in notices(office)])
    assert len(save(office, again, paper_folder, one_each=True)) == 3
    (file,) = save(office, again, paper_folder / again.file_name, one_each=False)
    assert file.read_bytes() == again.pdf


def test_a_letter_printed_again_alone_is_the_very_file_it_was_sent_as(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    done = issue_and_save(office, draft=draft, order=FileOrder(paper_folder, one_each=True), actor="職員")
    for notice, file in zip(notices(office), done.files, strict=True):
        again = reprint(office, notice_ids=[notice.id])
        assert again.pdf == file.read_bytes()
        assert again.file_name == file.name


# --- a password -----------------------------------------------------------------


@pytest.mark.parametrize("one_each", [True, False])
def test_a_protected_file_opens_with_the_password_only(
    office: Database, programme_id: int, paper_folder: Path, one_each: bool
) -> None:
    target = paper_folder if one_each else paper_folder / "通知.pdf"
    word = "合言葉-7"
    for file in save(office, make(office, programme_id), target, one_each=one_each, password=word):
        for wrong in (None, "違う"):
            with pytest.raises(pypdfium2.PdfiumError):
                pypdfium2.PdfDocument(file, password=wrong)
        opened = pypdfium2.PdfDocument(file, password=word)
        assert "藤沢市" in opened[0].get_textpage().get_text_range()
        assert opened.get_metadata_value("Title") == "R6藤沢市長期インターンシップ　1次選考結果通知"
        opened.close()


# --- what goes wrong --------------------------------------------------------------


@pytest.mark.parametrize("one_each", [True, False])
def test_a_file_that_another_program_holds_keeps_all_old_ones(
    office: Database, programme_id: int, paper_folder: Path, monkeypatch: pytest.MonkeyPatch, one_each: bool
) -> None:
    name = "1次選考結果通知_20241025_101.pdf" if one_each else "通知.pdf"
    (paper_folder / name).write_bytes(b"old")
    hold(monkeypatch, name)
    target = paper_folder if one_each else paper_folder / name
    with pytest.raises(StorageError) as caught:
        save(office, make(office, programme_id), target, one_each=one_each)
    assert (caught.value.code, caught.value.params["file"]) == ("write.in-use", name)
    assert names(paper_folder) == [name]
    assert (paper_folder / name).read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_said(office: Database, programme_id: int, paper_folder: Path) -> None:
    for target, one_each in ((paper_folder / "ない", True), (paper_folder / "ない" / "通知.pdf", False)):
        with pytest.raises(StorageError) as caught:
            save(office, make(office, programme_id), target, one_each=one_each)
        assert caught.value.code == "write.no-folder"
    assert names(paper_folder) == []


def stops(of: Any) -> int:
    """Return how often something tells how far it is."""
    heard: list[float] = []
    of(lambda done, total: heard.append(done / total))
    assert heard == sorted(heard)
    assert heard[0] == 0
    return len(heard)


class Stop:
    """Raises at the n-th telling."""

    def __init__(self, at: int) -> None:
        self._left = at

    def __call__(self, _done: int, _total: int) -> None:
        if self._left == 0:
            raise Cancelled
        self._left -= 1


@pytest.mark.parametrize("one_each", [True, False])
def test_saving_can_be_stopped_at_any_moment_and_leaves_nothing(
    office: Database, programme_id: int, paper_folder: Path, tmp_path: Path, one_each: bool
) -> None:
    draft = make(office, programme_id)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    first = scratch if one_each else scratch / "x.pdf"
    target = paper_folder if one_each else paper_folder / "x.pdf"
    count = stops(lambda tell: save(office, draft, first, one_each=one_each, progress=tell))
    for at in range(count):
        with pytest.raises(Cancelled):
            save(office, draft, target, one_each=one_each, progress=Stop(at))
        assert names(paper_folder) == []


def test_a_page_that_fails_names_the_person_and_leaves_nothing(
    office: Database,
    programme_id: int,
    paper_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    draft = make(office, programme_id)
    real = press._PRINTERS

    def broken(book: Any, spec: Any) -> Any:
        if spec.owner.key == "101":
            raise ZeroDivisionError(f"secret {spec.name}")
        return real[type(spec)](book, spec)

    monkeypatch.setattr(press, "_PRINTERS", dict.fromkeys(real, broken))
    for act in (
        lambda: make(office, programme_id),
        lambda: save(office, draft, paper_folder, one_each=True),
    ):
        with caplog.at_level(logging.DEBUG, LOGGER), pytest.raises(RuleError) as caught:
            act()
        assert caught.value.code == "papers.page-failed"
        assert caught.value.params == {"number": "101", "name": "楜澤　涼介"}
        assert str(caught.value) == "papers.page-failed"
    assert names(paper_folder) == []
    assert "楜澤" not in caplog.text


# --- written and recorded, or neither -------------------------------------------


def state(database: Database) -> tuple[int, int]:
    return len(notices(database)), next_number(database, sign="藤職", fiscal_year=2024)


def test_files_and_record_come_together(office: Database, programme_id: int, paper_folder: Path) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    done = issue_and_save(office, draft=draft, order=FileOrder(paper_folder, one_each=True), actor="職員")
    assert len(done.files) == len(names(paper_folder)) == 3
    assert done.change.kinds == {"notice", "document_number"}
    assert state(office) == (3, 4)


def refused(office: Database, draft: Any, order: FileOrder, error: type[AppError]) -> AppError:
    before = state(office)
    with pytest.raises(error) as caught:
        issue_and_save(office, draft=draft, order=order, actor="職員")
    assert state(office) == before
    return caught.value


def test_what_cannot_be_recorded_is_not_written(
    office: Database, programme_id: int, paper_folder: Path
) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    issue_papers(office, draft=make(office, programme_id, numbers=["100"], document_number="2"))
    (paper_folder / "1次選考結果通知_20241025_100.pdf").write_bytes(b"old")
    error = refused(office, draft, FileOrder(paper_folder, one_each=True), ConflictError)
    assert error.code == "papers.number-taken"
    assert names(paper_folder) == ["1次選考結果通知_20241025_100.pdf"]
    assert (paper_folder / "1次選考結果通知_20241025_100.pdf").read_bytes() == b"old"


def test_what_cannot_be_written_is_not_recorded(
    office: Database, programme_id: int, paper_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make(office, programme_id, numbering=Numbering.EACH)
    (paper_folder / "1次選考結果通知_20241025_101.pdf").write_bytes(b"old")
    hold(monkeypatch, "1次選考結果通知_20241025_101.pdf")
    error = refused(office, draft, FileOrder(paper_folder, one_each=True), StorageError)
    assert error.code == "write.in-use"
    assert names(paper_folder) == ["1次選考結果通知_20241025_101.pdf"]


def test_a_commit_that_fails_takes_the_files_back(
    office: Database, programme_id: int, paper_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise ConflictError("conflict.changed-meanwhile")

    draft = make(office, programme_id)
    (paper_folder / "通知.pdf").write_bytes(b"old")
    monkeypatch.setattr(UnitOfWork, "commit", fail)
    refused(office, draft, FileOrder(paper_folder / "通知.pdf"), ConflictError)
    with pytest.raises(ConflictError):
        save(office, draft, paper_folder / "通知.pdf", one_each=False)
    assert names(paper_folder) == ["通知.pdf"]
    assert (paper_folder / "通知.pdf").read_bytes() == b"old"


def test_writing_and_recording_can_be_stopped_at_any_moment(
    office: Database, programme_id: int, paper_folder: Path, tmp_path: Path
) -> None:
    draft = make(office, programme_id, numbers=["100"])
    count = stops(
        lambda tell: issue_and_save(office, draft=draft, order=FileOrder(tmp_path / "x.pdf"), progress=tell)
    )
    before = state(office)
    for at in range(count):
        with pytest.raises(Cancelled):
            issue_and_save(
                office, draft=draft, order=FileOrder(paper_folder, one_each=True), progress=Stop(at)
            )
        assert names(paper_folder) == []
        assert state(office) == before
