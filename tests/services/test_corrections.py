from __future__ import annotations

import pytest
from decided_people import announced_final, decision_of, number_of, status_of
from pdf_reading import pages_text
from staged_people import Staged

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Notice, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result
from fujisawa_desktop.services.corrections import announced_decisions, correct_decision
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.papers import issue_papers, make_papers
from fujisawa_desktop.services.selection import record_reply

S = ApplicationStatus


def correct(
    database: Database, person: Staged, result: Result, *, rank: int | None = None, reason: str = "転記の誤り"
) -> str:
    try:
        correct_decision(
            database,
            decision_id=decision_of(database, person).id,
            result=result,
            reserve_rank=rank,
            reason=reason,
            actor="佐藤",
        )
    except AppError as error:
        return error.code
    return ""


def test_a_correction_moves_the_state_and_keeps_what_it_was(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    assert correct(database, final.failed, Result.RESERVE, rank=4) == ""
    assert status_of(database, final.failed) is S.FINAL_RESERVE
    assert decision_of(database, final.failed).valid_until is not None
    found = announced_decisions(database, entry_id=final.failed.entry_id)[-1]
    [kept] = found.corrections
    assert (kept.old_result, kept.new_result, kept.new_rank) == (Result.FAIL, Result.RESERVE, 4)
    assert (kept.reason, kept.actor) == ("転記の誤り", "佐藤")
    latest = history_of(database, "applicant", final.failed.applicant_id)[0]
    assert latest.label.code == "selection.correct"
    undo(database)
    assert status_of(database, final.failed) is S.FINAL_FAILED
    assert announced_decisions(database, entry_id=final.failed.entry_id)[-1].corrections == ()


@pytest.mark.parametrize(
    ("result", "rank", "reason", "code"),
    [
        (Result.PASS, None, " ", "correction.reason-needed"),
        (Result.RESERVE, None, "誤り", "correction.rank-needed"),
        (Result.RESERVE, 2, "誤り", "correction.rank-taken"),
        (Result.FAIL, None, "誤り", "correction.same"),
    ],
)
def test_a_correction_needs_a_reason_and_a_free_rank(
    database: Database, programme_id: int, result: Result, rank: int | None, reason: str, code: str
) -> None:
    final = announced_final(database, programme_id)
    assert correct(database, final.failed, result, rank=rank, reason=reason) == code
    assert status_of(database, final.failed) is S.FINAL_FAILED


@pytest.mark.parametrize(
    ("kind", "code"),
    [(ReplyKind.ACCEPTED, "correction.accepted"), (ReplyKind.WITHDRAWN, "correction.withdrawn")],
)
def test_nothing_is_corrected_under_an_answer(
    database: Database, programme_id: int, kind: ReplyKind, code: str
) -> None:
    final = announced_final(database, programme_id)
    record_reply(database, application_id=final.passed[0].application_id, kind=kind)
    assert correct(database, final.passed[0], Result.FAIL) == code
    assert announced_decisions(database, entry_id=final.passed[0].entry_id)[-1].refusal == code


def test_a_letter_after_a_correction_says_so_and_names_the_one_before(
    database: Database, programme_id: int
) -> None:
    final = announced_final(database, programme_id)
    number = number_of(database, final.failed)

    def draft(kind: str = "final-result") -> object:
        return make_papers(database, programme_id=programme_id, kind=kind, numbers=[number])

    issue_papers(database, draft=draft())  # type: ignore[arg-type]
    assert "訂正" not in pages_text(draft().pdf)[0]  # type: ignore[attr-defined]
    correct(database, final.failed, Result.PASS)
    again = draft()
    text = pages_text(again.pdf)[0]  # type: ignore[attr-defined]
    assert "訂正通知" in text
    assert "先の通知を取り消し" in text.replace("\n", "")
    issue_papers(database, draft=again)  # type: ignore[arg-type]
    with database.read() as session:
        before, after = session.query(Notice).order_by(Notice.id).all()
        assert after.corrects_id == before.id


def test_a_letter_of_which_none_was_sent_before_corrects_nothing(
    database: Database, programme_id: int
) -> None:
    final = announced_final(database, programme_id)
    correct(database, final.failed, Result.PASS)
    paper = make_papers(
        database, programme_id=programme_id, kind="final-result", numbers=[number_of(database, final.failed)]
    )
    assert "訂正" not in pages_text(paper.pdf)[0]
