"""Lists, pay and papers as files: each opens as what it is, and nothing is written when it is refused."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import openpyxl
import pytest
import vobject
from pypdf import PdfReader
from terms_scene import set_words

from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.recent import recent_acts
from tests.cli_driver import Walk, is_japanese, on

LISTS = ("applicants", "interviews", "appointments", "hours", "hand-ins")
KINDS = {
    "press-release": 1,
    "flyer": 1,
    "course-sheet": 2,
    "first-result": 390,
    "interview-invitation": None,
    "final-result": 5,
    "roster": None,
    "interview-timetable": 7,
    "interviewer-timetable": None,
    "score-sheet": None,
    "door-list": None,
    "attendance": 4,
    "confirmation": 2,
    "pay-statement": 4,
    "hand-in-guide": 4,
    "oath": 4,
    "labels": None,
    "envelope": None,
    "window-address": None,
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_in_every_form_holds_the_same_rows(walk: Walk, kind: str, tmp_path: Path) -> None:
    rows = walk.run("list", kind, "--format", "json").json
    table = list(csv.reader(io.StringIO(walk.run("list", kind, "--format", "csv").out.decode("utf-8-sig"))))
    sheet_file, paper = tmp_path / "list.xlsx", tmp_path / "list.pdf"
    assert walk.run("list", kind, "--out", sheet_file).code == 0
    assert walk.run("list", kind, "--out", paper).code == 0
    sheet = openpyxl.load_workbook(sheet_file).active
    assert sheet is not None
    assert [row["number"] for row in rows] == [row[0] for row in table[1:]]
    assert [row["number"] for row in rows] == [cell.value for cell in sheet["A"][1:]]
    assert all(is_japanese(heading) for heading in table[0])
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert all(row["number"] in text for row in rows[:20])


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_that_leaves_as_a_file_is_recorded(walk: Walk, kind: str, tmp_path: Path) -> None:
    count = len(walk.run("list", kind, "--format", "json").json)
    walk.run("list", kind, "--format", "csv")
    with opened(walk.file) as database:
        [shown, asked] = recent_acts(database, limit=2)
    assert [act.label.params["file_format"] for act in (shown, asked)] == ["csv", "json"]
    walk.run("list", kind, "--encoding", "cp932", "--out", tmp_path / "list.xlsx")
    with opened(walk.file) as database:
        [recorded] = recent_acts(database, limit=1)
        assert check_journal(database).broken_at is None
    assert recorded.kind is EntryKind.EXPORTED
    assert {"list": kind, **recorded.label.params} == {"list": kind, "count": count, "file_format": "xlsx"}


def test_a_list_of_a_database_that_may_only_be_read_is_written_and_said(
    walk: Walk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(walk.file) as database:
        before = recent_acts(database, limit=1)
    real = os.access
    with monkeypatch.context() as disk:
        disk.setattr(
            "fujisawa_desktop.models.database.os.access",
            lambda path, mode: False if mode == os.W_OK else real(path, mode),
        )
        answer = walk.run("list", "applicants", "--out", tmp_path / "list.csv")
    assert (answer.code, (tmp_path / "list.csv").stat().st_size > 100) == (0, True)
    assert "読み取り専用" in answer.err
    with opened(walk.file) as database:
        assert recent_acts(database, limit=1) == before


@pytest.mark.parametrize("kind", LISTS)
def test_where_keeps_rows_that_contain_all_words(walk: Walk, kind: str) -> None:
    rows = walk.run("list", kind, "--format", "json").json
    wanted = rows[0]
    kept = walk.run("list", kind, "--where", wanted["number"], "--format", "json").json
    assert {row["number"] for row in kept} == {wanted["number"]}
    assert walk.run("list", kind, "--where", "そのような人はいない", "--format", "json").json == []


def test_where_finds_by_variant_kanji_and_any_kana(walk: Walk) -> None:
    for text, kana in (("高橋", "タカハシ"), ("くるみざわ", "クルミザワ"), ("ﾀｶﾊｼ", "タカハシ")):
        found = walk.run("list", "applicants", "--where", text, "--format", "json").json
        assert found
        assert all(row["kana"].startswith(kana) for row in found)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf", "json"])
def test_pay_in_every_form(walk: Walk, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"pay.{ending}"
    assert walk.run("pay", "2024-12", "--out", file).code == 0
    assert file.stat().st_size > 100


@pytest.mark.parametrize(("kind", "pages"), KINDS.items())
def test_papers_are_made_and_recorded(worked: Path, kind: str, pages: int | None, tmp_path: Path) -> None:
    run = on(worked)
    before = run("check", "--json").json["journal"]["entries"]
    answer = run("print", kind, "--out", tmp_path / "paper.pdf", "--month", "2024-12")
    assert answer.code == 0, answer.err
    reader = PdfReader(tmp_path / "paper.pdf")
    assert len(reader.pages) == pages or pages is None
    assert run("check", "--json").json["journal"]["entries"] == before + 1


def test_papers_of_an_appointment_wait_for_the_pay_day_and_say_so(worked: Path, tmp_path: Path) -> None:
    run = on(worked)
    before = worked.read_bytes()
    for kind in ("appointment", "conditions"):
        answer = run("print", kind, "--out", tmp_path / "paper.pdf")
        assert (answer.code, answer.out) == (1, b"")
        assert "報酬の支給日" in answer.err
        assert "勤務条件の明示" in answer.err
    assert worked.read_bytes() == before
    with opened(worked) as database:
        set_words(database, current_programme_id(database))
    for kind, pages in (("appointment", 4), ("conditions", 8)):
        assert run("print", kind, "--out", tmp_path / "paper.pdf").code == 0
        assert len(PdfReader(tmp_path / "paper.pdf").pages) == pages


def test_forms_to_accept_are_for_people_named_once_all_are_appointed(
    worked: Path, walk: Walk, tmp_path: Path
) -> None:
    run = on(worked)
    number = walk.answers["pay"].json[0]["number"]
    assert run("print", "acceptance", "--out", tmp_path / "paper.pdf", "--applicant", number).code == 0
    assert len(PdfReader(tmp_path / "paper.pdf").pages) == 2


@pytest.mark.parametrize("kind", ["change-consent", "change-notice", "leaving-notice"])
def test_without_a_change_or_a_leaving_there_is_no_paper_about_one(
    worked: Path, kind: str, tmp_path: Path
) -> None:
    answer = on(worked)("print", kind, "--out", tmp_path / "paper.pdf")
    assert (answer.code, answer.out) == (1, b"")
    assert is_japanese(answer.err)


def test_a_paper_for_one_person_goes_into_the_folder_named(worked: Path, tmp_path: Path, walk: Walk) -> None:
    number = walk.answers["pay"].json[0]["number"]
    folder = tmp_path / "papers"
    folder.mkdir()
    assert on(worked)("print", "pay-statement", "--out", folder, "--applicant", number).code == 0
    (file,) = folder.iterdir()
    assert len(PdfReader(file).pages) == 1
    assert number in file.name


def test_a_paper_that_cannot_be_written_is_not_recorded(worked: Path, tmp_path: Path) -> None:
    before = worked.read_bytes()
    answer = on(worked)("print", "roster", "--out", tmp_path / "no such folder" / "paper.pdf")
    assert answer.code == 2
    assert is_japanese(answer.err)
    assert worked.read_bytes() == before


def test_a_paper_that_cannot_be_recorded_is_not_left_behind(
    worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlcipher3 import dbapi2 as sqlite3

    monkeypatch.setattr("fujisawa_desktop.models.schema.BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(worked, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answer = on(worked)("print", "roster", "--out", tmp_path / "paper.pdf")
    holder.execute("ROLLBACK")
    holder.close()
    assert answer.code == 1
    assert not (tmp_path / "paper.pdf").exists()


def test_english_messages_and_headings(worked: Path) -> None:
    answer = on(worked, "en")("list", "applicants", "--format", "csv")
    assert answer.out.decode("utf-8-sig").startswith('"Number","Portal"')
    answer = on(worked, "en")("print", "conditions")
    assert not is_japanese(answer.err)


def test_cp932_is_written_whole_or_refused_with_the_numbers(walk: Walk) -> None:
    whole = walk.run("list", "applicants", "--where", "新井", "--format", "csv", "--encoding", "cp932")
    assert whole.code == 0
    assert next(csv.reader(io.StringIO(whole.out.decode("cp932"))))[0]
    refused = walk.run("list", "applicants", "--format", "csv", "--encoding", "cp932")
    assert (refused.code, refused.out) == (1, b"")
    missing = [
        row["number"]
        for row in walk.run("list", "applicants", "--format", "json").json
        if "𠮷" in row["name"] or "\U000e0100" in row["name"]
    ]
    assert missing
    assert all(number in refused.err for number in missing)
    assert "U+" not in refused.err


def test_interviews_are_written_for_calendars(worked: Path, tmp_path: Path) -> None:
    run = on(worked)
    booked = run("list", "interviews", "--format", "json").json
    folder = tmp_path / "calendars"
    folder.mkdir()
    answer = run("list", "interviews", "--format", "ics", "--out", folder)
    assert answer.code == 0
    files = sorted(folder.iterdir())
    assert len(files) > 1
    whole = vobject.readOne((folder / "面接予定_全員.ics").read_text(encoding="utf-8"))
    assert len(whole.vevent_list) == len(booked)
    starts = sorted(event.dtstart.value.strftime("%Y-%m-%dT%H:%M") for event in whole.vevent_list)
    assert starts == sorted(row["start"] for row in booked)
    assert booked[0]["name"] not in (folder / "面接予定_全員.ics").read_text(encoding="utf-8")
    one = tmp_path / "one.ics"
    assert run("list", "interviews", "--names", "--out", one).code == 0
    assert booked[0]["name"].split("　")[0] in one.read_text(encoding="utf-8").replace("\n ", "")


def test_other_lists_are_not_for_calendars(worked: Path, tmp_path: Path) -> None:
    run = on(worked)
    assert run("list", "applicants", "--format", "ics", "--out", tmp_path / "a.ics").code == 2
    assert run("list", "interviews", "--format", "ics").code == 2
    assert run("list", "interviews", "--format", "ics", "--out", tmp_path / "nowhere").code == 1
    assert not list(tmp_path.glob("*.ics"))
