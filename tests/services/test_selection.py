from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from intake_scene import CHILD, DX, OTHER, counts, row_of, take_in

from fujisawa_desktop.errors import InputFileError, NotFoundError, RuleError
from fujisawa_desktop.models import ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, PendingResult, details, list_page
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.selection import (
    clear_decisions,
    import_decisions,
    record_decisions,
    record_replies,
    record_reply,
    release,
)

SAMPLES = resources_dir() / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
_S = ApplicationStatus


def decisions(
    database: Database, programme_id: int, folder: Path, *rows: str, dry_run: bool = False
) -> ImportResult:
    path = folder / "decisions.csv"
    path.write_text("\r\n".join(("申込番号,選考,結果,コース", *rows)), encoding="utf-8-sig")
    return import_decisions(database, programme_id=programme_id, file=path, dry_run=dry_run, actor="test")


def outcome(result: ImportResult) -> tuple[int, int, int, list[tuple[int, str, str]]]:
    refused = [(r.line, r.column, r.code) for r in result.rejected]
    return result.added, result.updated, result.unchanged, refused


@pytest.fixture
def ids(database: Database, programme_id: int, tmp_path: Path) -> dict[str, int]:
    """Four entries: 1001 and 1003 for DX, 1002 for children, 1004 for both."""
    take_in(
        database,
        programme_id,
        tmp_path,
        {},
        OTHER,
        {"整理番号": "1003", "氏名（漢字）": "三", "氏名（フリガナ）": "サン", "生年月日": "2001/01/01"},
        {"整理番号": "1004", "氏名（漢字）": "四", "氏名（フリガナ）": "シ", "希望コース": f"{DX};{CHILD}"},
    )
    rows = {row.number: row for row in list_page(database, ListQuery(programme_id))}
    found = {number: row.application_ids[0] for number, row in rows.items()}
    return {**found, "1004b": rows["1004"].application_ids[1]}


def test_the_whole_way_on_the_samples(database: Database, programme_id: int) -> None:
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(database, programme_id=programme_id, file=SAMPLES / name)
    first = import_decisions(database, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    assert (first.added, first.rejected, first.warnings) == (first.rows, (), ())
    announced = release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert (announced.passed, announced.failed) == (len(TRUTH["passed_first"]), first.rows + 1 - 60)
    final = import_decisions(database, programme_id=programme_id, file=SAMPLES / "decisions-final.csv")
    assert (final.added, final.rejected) == (5, ())
    assert release(database, programme_id=programme_id, stage=Stage.FINAL).passed == 4
    query = ListQuery(programme_id, statuses=frozenset({_S.FINAL_PASSED}))
    assert {row.number for row in list_page(database, query)} == set(TRUTH["hired"])
    for name in ("decisions-first.csv", "decisions-final.csv"):
        again = import_decisions(database, programme_id=programme_id, file=SAMPLES / name)
        assert (again.unchanged, again.change.seq) == (again.rows, None)


def test_imported_decisions_are_pending_until_released(
    database: Database, programme_id: int, tmp_path: Path, ids: dict[str, int]
) -> None:
    result = decisions(
        database, programme_id, tmp_path, "1001,1次,合格,", "1002,1次,不合格,", "1004,1次,合格,"
    )
    assert outcome(result) == (3, 0, 0, [])
    row = row_of(database, programme_id, "1004")
    assert row.statuses == (_S.RECEIVED, _S.RECEIVED)
    assert row.pending == tuple(
        PendingResult(application_id, Stage.FIRST, Result.PASS, None)
        for application_id in row.application_ids
    )
    assert release(database, programme_id=programme_id, stage=Stage.FIRST).announced == 4
    assert row_of(database, programme_id, "1004").statuses == (_S.FIRST_PASSED, _S.FIRST_PASSED)
    assert row_of(database, programme_id, "1002").status is _S.FIRST_FAILED
    assert row_of(database, programme_id, "1003").status is _S.RECEIVED
    undo(database)
    assert row_of(database, programme_id, "1002").status is _S.RECEIVED
    assert len(row_of(database, programme_id, "1002").pending) == 1


def test_rows_that_cannot_be_decided_are_named_and_the_others_go_in(
    database: Database, programme_id: int, tmp_path: Path, ids: dict[str, int]
) -> None:
    rows = (
        "1001,1次,合格,",
        "9999,1次,合格,",
        "1002,最終,合格,",
        "1002,1次,補欠1,",
        "1003,1次,合格,料理",
        f"1003,1次,合格,{CHILD}",
        "1001,1次,不合格,",
    )
    expected = [
        (3, "申込番号", "import.number-unknown"),
        (4, "結果", "selection.final-before-first"),
        (5, "結果", "selection.first-no-reserve"),
        (6, "コース", "import.course-unknown"),
        (7, "コース", "decision.not-applied"),
        (8, "", "decision.twice"),
    ]
    before = counts(database)
    dry = decisions(database, programme_id, tmp_path, *rows, dry_run=True)
    assert (outcome(dry), counts(database)) == ((1, 0, 0, expected), before)
    assert outcome(decisions(database, programme_id, tmp_path, *rows)) == (1, 0, 0, expected)
    assert counts(database)["import_row"] == before["import_row"] + len(rows)


def test_a_pending_decision_may_change_and_an_announced_one_not(
    database: Database, programme_id: int, tmp_path: Path, ids: dict[str, int]
) -> None:
    decisions(database, programme_id, tmp_path, "1001,1次,合格,")
    assert outcome(decisions(database, programme_id, tmp_path, "1001,1次,不合格,")) == (0, 1, 0, [])
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert outcome(decisions(database, programme_id, tmp_path, "1001,1次,合格,")) == (
        0,
        0,
        0,
        [(2, "結果", "selection.already-announced")],
    )
    assert row_of(database, programme_id, "1001").status is _S.FIRST_FAILED


def test_a_course_limits_the_decision_to_one_application(
    database: Database, programme_id: int, tmp_path: Path, ids: dict[str, int]
) -> None:
    decisions(database, programme_id, tmp_path, f"1004,1次,合格,{CHILD}", "1004,1次,不合格,DX")
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    row = row_of(database, programme_id, "1004")
    assert dict(zip(row.courses, row.statuses, strict=True)) == {
        "DX・スマートシティ": _S.FIRST_FAILED,
        "子ども・子育て政策": _S.FIRST_PASSED,
    }
    assert row.status is _S.FIRST_PASSED
    # Without a course the final decision counts where it can.
    assert outcome(decisions(database, programme_id, tmp_path, "1004,最終,合格,")) == (1, 0, 0, [])


def test_decisions_about_late_entries_are_recorded_with_a_warning(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(
        database, programme_id, tmp_path, {"申込日時": "2024/10/17 9:00"}, {**OTHER, "処理状況": "取下げ"}
    )
    result = decisions(database, programme_id, tmp_path, "1001,1次,合格,", "1002,1次,合格,")
    assert outcome(result) == (1, 0, 0, [(3, "結果", "selection.withdrawn")])
    assert [(w.line, w.code) for w in result.warnings] == [(2, "decision.flagged")]


def test_a_number_of_two_portals_is_not_decided(
    database: Database, programme_id: int, tmp_path: Path, ids: dict[str, int]
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"会員ID,氏名,学校名,設問1\r\n1001,山田 湊,見本大学,{DX}\r\n", encoding="utf-8")
    import_applicants(database, programme_id=programme_id, file=path)
    assert outcome(decisions(database, programme_id, tmp_path, "1001,1次,合格,"))[3] == [
        (2, "申込番号", "import.number-of-two")
    ]


def test_a_file_without_results_is_refused(database: Database, programme_id: int, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8") as stream:
        csv.writer(stream).writerows([["申込番号", "選考"], ["1", "1次"]])
    with pytest.raises(InputFileError) as caught:
        import_decisions(database, programme_id=programme_id, file=path)
    assert caught.value.code == "import.column-missing"


def test_bulk_decisions_name_those_that_cannot_have_it(
    database: Database, programme_id: int, ids: dict[str, int]
) -> None:
    record_reply(
        database, application_id=ids["1002"], kind=ReplyKind.WITHDRAWN, channel="電話", reason="進学"
    )
    result = record_decisions(
        database,
        application_ids=[ids["1001"], ids["1002"], ids["1003"]],
        stage=Stage.FIRST,
        result=Result.PASS,
    )
    assert (result.recorded, result.unchanged) == (2, 0)
    assert [(r.number, r.code) for r in result.refused] == [("1002", "selection.withdrawn")]
    again = record_decisions(
        database, application_ids=[ids["1001"], ids["1003"]], stage=Stage.FIRST, result=Result.PASS
    )
    assert (again.recorded, again.unchanged, again.change.seq) == (0, 2, None)
    with pytest.raises(RuleError) as caught:
        record_decisions(database, application_ids=[ids["1002"]], stage=Stage.FIRST, result=Result.PASS)
    assert caught.value.code == "selection.withdrawn"
    with pytest.raises(NotFoundError):
        record_decisions(database, application_ids=[99_999], stage=Stage.FIRST, result=Result.PASS)


def test_many_decisions_are_one_act(database: Database, programme_id: int) -> None:
    import_applicants(database, programme_id=programme_id, file=SAMPLES / "e-application.csv")
    rows = list_page(database, ListQuery(programme_id), 0, 500)
    application_ids = [key for row in rows if not row.flags for key in row.application_ids]
    result = record_decisions(
        database, application_ids=application_ids, stage=Stage.FIRST, result=Result.FAIL
    )
    assert result.recorded == len(application_ids) == 210
    undo(database)
    assert not any(row.pending for row in list_page(database, ListQuery(programme_id), 0, 500))


def test_reserves_get_the_next_ranks_of_their_course(
    database: Database, programme_id: int, ids: dict[str, int]
) -> None:
    everyone = list(ids.values())
    record_decisions(database, application_ids=everyone, stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    record_decisions(
        database,
        application_ids=[ids["1003"], ids["1001"], ids["1002"]],
        stage=Stage.FINAL,
        result=Result.RESERVE,
    )
    ranks = {n: row_of(database, programme_id, n).pending[0].reserve_rank for n in ("1003", "1001", "1002")}
    assert ranks == {"1003": 1, "1001": 2, "1002": 1}
    record_decisions(
        database, application_ids=[ids["1001"]], stage=Stage.FINAL, result=Result.RESERVE, reserve_rank=1
    )
    with pytest.raises(RuleError) as caught:
        release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert (caught.value.code, caught.value.params["rank"]) == ("selection.rank-twice", 1)
    record_decisions(database, application_ids=[ids["1001"]], stage=Stage.FINAL, result=Result.PASS)
    done = release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert (done.passed, done.reserve, done.warnings) == (1, 2, ())
    assert row_of(database, programme_id, "1001").status is _S.FINAL_PASSED


def test_a_release_is_all_or_nothing_and_needs_something_to_announce(
    database: Database, programme_id: int, ids: dict[str, int]
) -> None:
    with pytest.raises(RuleError) as caught:
        release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert caught.value.code == "selection.nothing-pending"
    record_decisions(
        database, application_ids=[ids["1001"], ids["1002"]], stage=Stage.FIRST, result=Result.PASS
    )
    record_reply(database, application_id=ids["1002"], kind=ReplyKind.WITHDRAWN)
    done = release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert (done.announced, done.withdrawn) == (1, 1)
    assert row_of(database, programme_id, "1002").status is _S.WITHDRAWN
    with pytest.raises(RuleError):
        release(database, programme_id=programme_id, stage=Stage.FIRST)


def test_passes_above_capacity_need_a_reason_and_are_warned_about(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    people = [
        {
            "整理番号": str(n),
            "氏名（漢字）": f"見本{n}",
            "氏名（フリガナ）": "ミホン",
            "生年月日": f"200{n}/01/01",
        }
        for n in range(1, 4)
    ]
    take_in(database, programme_id, tmp_path, *people)
    everyone = [row_of(database, programme_id, str(n)).application_ids[0] for n in range(1, 4)]
    record_decisions(database, application_ids=everyone, stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    record_decisions(database, application_ids=everyone, stage=Stage.FINAL, result=Result.PASS)
    with pytest.raises(RuleError, match=r"selection\.over-capacity-reason"):
        release(database, programme_id=programme_id, stage=Stage.FINAL)
    done = release(database, programme_id=programme_id, stage=Stage.FINAL, reason="定員は程度")
    [warning] = done.warnings
    assert (warning.code, warning.params["passed"], warning.params["capacity"]) == (
        "selection.over-capacity",
        3,
        2,
    )


def test_pending_decisions_can_be_taken_out_and_announced_ones_not(
    database: Database, programme_id: int, ids: dict[str, int]
) -> None:
    record_decisions(database, application_ids=[ids["1001"]], stage=Stage.FIRST, result=Result.PASS)
    assert clear_decisions(database, application_ids=[ids["1001"], ids["1002"]], stage=Stage.FIRST).changed
    assert row_of(database, programme_id, "1001").pending == ()
    assert not clear_decisions(database, application_ids=[ids["1001"]], stage=Stage.FIRST).changed
    record_decisions(database, application_ids=[ids["1001"]], stage=Stage.FIRST, result=Result.PASS)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    with pytest.raises(RuleError) as caught:
        clear_decisions(database, application_ids=[ids["1001"]], stage=Stage.FIRST)
    assert caught.value.code == "selection.already-announced"


def test_replies_follow_the_state_machine(database: Database, programme_id: int, ids: dict[str, int]) -> None:
    with pytest.raises(RuleError) as caught:
        record_reply(database, application_id=ids["1001"], kind=ReplyKind.ACCEPTED)
    assert caught.value.code == "selection.accept-before-pass"
    pair = [ids["1001"], ids["1002"]]
    for stage in Stage:
        record_decisions(database, application_ids=pair, stage=stage, result=Result.PASS)
        release(database, programme_id=programme_id, stage=stage)
    with pytest.raises(RuleError):
        record_replies(database, application_ids=[*pair, ids["1003"]], kind=ReplyKind.ACCEPTED)
    assert row_of(database, programme_id, "1001").status is _S.FINAL_PASSED
    record_replies(database, application_ids=pair, kind=ReplyKind.ACCEPTED, channel="メール")
    assert row_of(database, programme_id, "1002").status is _S.ACCEPTED
    record_reply(
        database, application_id=ids["1002"], kind=ReplyKind.WITHDRAWN, channel="電話", reason="就職"
    )
    [view] = details(database, row_of(database, programme_id, "1002").entry_id).applications
    assert [(reply.kind, reply.channel, reply.reason) for reply in view.replies] == [
        (ReplyKind.ACCEPTED, "メール", ""),
        (ReplyKind.WITHDRAWN, "電話", "就職"),
    ]
    with pytest.raises(RuleError) as again:
        record_reply(database, application_id=ids["1002"], kind=ReplyKind.ACCEPTED)
    assert again.value.code == "selection.withdrawn"
    undo(database)
    assert row_of(database, programme_id, "1002").status is _S.ACCEPTED
