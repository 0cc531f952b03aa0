from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_scene import fill, rows, score, single

from fujisawa_desktop.errors import ConflictError, InputFileError, NotFoundError, ValidationError
from fujisawa_desktop.exchange.pasted import pasted_rows
from fujisawa_desktop.models import Review, Reviewer, ReviewState
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, details, list_ids
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.list_paste import PasteLine, apply_paste, foresee_paste
from fujisawa_desktop.services.paste_values import Pasted, by_number, in_order, read_points
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.selection_core import Verdict
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def people(database: Database, programme_id: int) -> list[ApplicantRow]:
    fill(database, programme_id)
    return single(rows(database, ListQuery(programme_id)), 4)


def look(database: Database, programme_id: int, what: str, pasted: Pasted) -> tuple[PasteLine, ...]:
    return foresee_paste(database, programme_id=programme_id, what=what, pasted=pasted)


def now(database: Database, row: ApplicantRow) -> ApplicantRow:
    return next(
        one for one in rows(database, ListQuery(row_programme(database))) if one.entry_id == row.entry_id
    )


def row_programme(database: Database) -> int:

    return current_programme_id(database)


def test_results_beside_numbers_become_pending_and_are_taken_back(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    text = f"整理番号\t結果\r\n{people[0].number}\t合格\r\n{people[1].number}\t不合格\r\n999\t合格\r\n"
    pasted = by_number(text, headed=True)
    lines = look(database, programme_id, "first", pasted)
    assert [(line.row, line.old, line.new, line.code) for line in lines] == [
        (2, None, Verdict(Result.PASS), ""),
        (3, None, Verdict(Result.FAIL), ""),
        (4, None, None, "import.number-unknown"),
    ]
    assert now(database, people[0]).pending == ()
    done = apply_paste(database, programme_id=programme_id, what="first", pasted=pasted, expected=lines)
    assert done.changed == 2
    assert now(database, people[0]).pending[0].result is Result.PASS
    assert now(database, people[0]).status is ApplicationStatus.RECEIVED
    again = look(database, programme_id, "first", pasted)
    assert [line.changes for line in again] == [False, False, False]
    undo(database)
    assert now(database, people[0]).pending == ()


def test_a_reserve_of_the_first_screening_and_nonsense_are_refused_with_the_reason(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    pasted = in_order("補欠1\nたぶん\n\n合格", [row.entry_id for row in people])
    lines = look(database, programme_id, "first", pasted)
    assert [line.code for line in lines] == [
        "selection.first-no-reserve", "decision.result-unknown", "", "",
    ]  # fmt: skip
    assert [line.changes for line in lines] == [False, False, False, True]


def test_a_column_goes_to_the_chosen_rows_in_their_order(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    ids = [row.entry_id for row in people[:3]]
    pasted = in_order("92.5\n８０点\n1,000\n70\n", ids)
    lines = look(database, programme_id, "score", pasted)
    assert [(line.new, line.code) for line in lines] == [
        (9250, ""), (8000, ""), (100_000, ""), (None, "paste.no-row-left"),
    ]  # fmt: skip
    apply_paste(database, programme_id=programme_id, what="score", pasted=pasted)
    assert [now(database, row).scores for row in people[:3]] == [(9250,), (8000,), (100_000,)]


def test_points_of_reviews_are_not_overwritten(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    with unit_of_work(database, "test.review") as work:
        reviewer = Reviewer(programme_id=programme_id, position=1, name="採点者")
        work.session.add(reviewer)
        work.session.flush()
        work.session.add(
            Review(
                application_id=people[0].application_ids[0],
                reviewer_id=reviewer.id,
                state=ReviewState.DONE,
                saved_at=work.now,
            )
        )
        work.commit()
    [line] = look(database, programme_id, "score", in_order("50", [people[0].entry_id]))
    assert line.code == "paste.score-reviewed"


def test_one_value_goes_to_every_chosen_person(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    pasted = in_order("要連絡", [row.entry_id for row in people])
    done = apply_paste(database, programme_id=programme_id, what="note", pasted=pasted)
    assert done.changed == 4
    assert {now(database, row).note for row in people} == {"要連絡"}
    undo(database)
    assert {now(database, row).note for row in people} == {""}


def test_an_empty_cell_leaves_the_value_and_a_person_twice_is_refused(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    one, other = people[0].number, people[1].number
    pasted = by_number(f"{one}\t1年\n{one}\t2年\n{other}\t\n\t3年")
    lines = look(database, programme_id, "grade", pasted)
    assert [line.code for line in lines] == ["", "paste.twice", "", "paste.number-empty"]
    assert not lines[2].changes


def test_what_was_agreed_to_is_what_is_written(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    pasted = in_order("4年", [people[0].entry_id])
    lines = look(database, programme_id, "grade", pasted)
    save_cell(database, applicant_ids=[people[0].applicant_id], field="grade", text="5年")
    with pytest.raises(ConflictError):
        apply_paste(database, programme_id=programme_id, what="grade", pasted=pasted, expected=lines)
    assert now(database, people[0]).grade == "5年"


def test_a_cell_is_stored_in_its_form_and_found_at_once(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    one = people[0]
    save_cell(database, applicant_ids=[one.applicant_id], field="kana", text="ﾜﾀﾇｷ さき")
    save_cell(database, applicant_ids=[one.applicant_id], field="phone", text="０９０-1234-5678")
    save_cell(database, applicant_ids=[one.applicant_id], field="name_official", text="四月一日 咲")
    form = details(database, one.entry_id).form
    assert (form.kana, form.phone, form.name_official) == ("ワタヌキ サキ", "09012345678", "四月一日　咲")
    for text in ("わたぬき", "090-1234-5678", "四月一日"):
        assert one.entry_id in list_ids(database, ListQuery(programme_id, text=text))
    assert list_ids(database, ListQuery(programme_id)).index(one.entry_id) > 300
    for _act in range(3):
        undo(database)
    assert now(database, one).kana == one.kana


def test_a_cell_refuses_what_it_cannot_hold(database: Database, people: list[ApplicantRow]) -> None:
    for field, text in (("kana", "漢字"), ("mail", "nobody")):
        with pytest.raises(ValidationError):
            save_cell(database, applicant_ids=[people[0].applicant_id], field=field, text=text)
    with pytest.raises(NotFoundError):
        save_cell(database, applicant_ids=[10**9], field="note", text="x")


def test_a_cell_changed_meanwhile_is_not_overwritten(database: Database, people: list[ApplicantRow]) -> None:
    one = people[0]
    save_cell(database, applicant_ids=[one.applicant_id], field="note", text="先に書いた", before="")
    with pytest.raises(ConflictError):
        save_cell(database, applicant_ids=[one.applicant_id], field="note", text="後から", before="")
    assert now(database, one).note == "先に書いた"


def test_filling_down_hundreds_is_one_act(database: Database, programme_id: int, people: object) -> None:
    everybody = rows(database, ListQuery(programme_id))
    change = save_cell(
        database, applicant_ids=[row.applicant_id for row in everybody], field="grade", text="2年"
    )
    assert change.label.code == "applicant.fill-down"
    assert {row.grade for row in rows(database, ListQuery(programme_id))} == {"2年"}
    undo(database)
    assert [row.grade for row in rows(database, ListQuery(programme_id))] == [row.grade for row in everybody]


def test_the_same_points_again_change_nothing(
    database: Database, programme_id: int, people: list[ApplicantRow]
) -> None:
    score(database, {people[0].application_ids[0]: 5000})
    [line] = look(database, programme_id, "score", in_order("50.00", [people[0].entry_id]))
    assert (line.old, line.new, line.changes) == (5000, 5000, False)


def test_a_block_keeps_blank_rows_in_the_middle_and_quoted_breaks() -> None:
    assert pasted_rows('a\tb\r\n\r\n"x\ny"\t"say ""so"""\r\n\r\n') == [
        ("a", "b"),
        ("",),
        ("x\ny", 'say "so"'),
    ]
    assert pasted_rows("") == []
    with pytest.raises(InputFileError):
        pasted_rows("x" * 200_000)


@pytest.mark.parametrize("text", ["", "たくさん", "-1", "1000.01", "NaN", "1e9", "50.123", "90/100"])
def test_what_is_no_figure_of_points_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_points(text)


@given(st.integers(0, 100_000))
def test_points_written_are_read_back(points: int) -> None:
    assert read_points(f"{points / 100:.2f}") == points
