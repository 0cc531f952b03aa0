"""The ledger of document numbers on a real file: what becomes of each, refusals, taking back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import Places, Where
from sqlalchemy import delete, select

from fujisawa_desktop.errors import AppError, ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import DocumentNumber
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services import document_numbers
from fujisawa_desktop.services.document_numbers import (
    Ledger,
    NumberRow,
    NumberUse,
    known_ledgers,
    next_number,
    number_ledger,
    record_elsewhere,
    release_numbers,
    take_numbers,
    void_number,
)
from fujisawa_desktop.services.history import redo, undo, undo_state
from fujisawa_desktop.services.unit_of_work import unit_of_work

SIGN, YEAR = "藤職", 2024
HERE = {"sign": SIGN, "fiscal_year": YEAR}


def lines(database: Database) -> list[tuple[int, int, str]]:
    return [(row.number, row.last, row.use or "gap") for row in number_ledger(database, **HERE)]  # type: ignore[arg-type]


def elsewhere(database: Database, first: int, last: int, **more: Any) -> None:
    record_elsewhere(database, **{**HERE, "first": first, "last": last, "actor": "test", **more})


def void(
    database: Database, number: int, last: int | None = None, reason: str = "書き損じ", actor: str = "test"
) -> None:
    void_number(database, **HERE, number=number, last=last, reason=reason, actor=actor)  # type: ignore[arg-type]


def issue(database: Database, programme_id: int, *numbers: int) -> None:
    with unit_of_work(database, "papers.issue", actor="職員") as work:
        take_numbers(
            work,
            sign=SIGN,
            fiscal_year=YEAR,
            numbers=numbers,
            programme_id=programme_id,
            kind="first-result",
            subject="1次選考結果通知",
            dated=date(2024, 10, 25),
        )
        work.commit(kind="first-result", count=len(numbers))


def test_a_new_year_begins_with_one(database: Database, programme_id: int) -> None:
    assert next_number(database, sign=SIGN, fiscal_year=YEAR) == 1
    issue(database, programme_id, 1, 2)
    assert next_number(database, sign=SIGN, fiscal_year=YEAR) == 3
    assert next_number(database, sign=SIGN, fiscal_year=YEAR + 1) == 1
    assert next_number(database, sign="藤総", fiscal_year=YEAR) == 1


def test_the_ledger_says_what_became_of_each_number(database: Database, programme_id: int) -> None:
    elsewhere(database, 1, 340, subject="職員課の文書")
    void(database, 341)
    issue(database, programme_id, 344, 345)
    assert lines(database) == [
        (1, 340, "elsewhere"),
        (341, 341, "void"),
        (342, 343, "gap"),
        (344, 344, "issued"),
        (345, 345, "issued"),
    ]
    row = number_ledger(database, sign=SIGN, fiscal_year=YEAR)[-1]
    assert (row.kind, row.subject, row.dated, row.actor) == (
        "first-result",
        "1次選考結果通知",
        date(2024, 10, 25),
        "職員",
    )
    assert number_ledger(database, sign=SIGN, fiscal_year=YEAR)[0].count == 340


def test_a_gap_is_explained_by_a_reason_or_by_a_document(database: Database, programme_id: int) -> None:
    issue(database, programme_id, 6)
    assert lines(database)[0] == (1, 5, "gap")
    elsewhere(database, 1, 3, subject="通知", dated=date(2024, 5, 1))
    void(database, 4, 5, "番号を飛ばした")
    rows = number_ledger(database, sign=SIGN, fiscal_year=YEAR)
    assert not [row for row in rows if row.is_gap]
    assert [(row.number, row.last, row.reason) for row in rows[1:2]] == [(4, 5, "番号を飛ばした")]


def test_ranges_recorded_apart_stay_apart(database: Database) -> None:
    elsewhere(database, 1, 2, subject="甲")
    elsewhere(database, 3, 4, subject="乙")
    assert lines(database) == [(1, 2, "elsewhere"), (3, 4, "elsewhere")]


def test_what_was_recorded_can_be_undone_and_redone(database: Database) -> None:
    elsewhere(database, 1, 3)
    void(database, 4)
    undo(database)
    assert lines(database) == [(1, 3, "elsewhere")]
    undo(database)
    assert lines(database) == []
    redo(database)
    redo(database)
    assert lines(database) == [(1, 3, "elsewhere"), (4, 4, "void")]


def test_a_number_used_elsewhere_by_mistake_is_made_void(database: Database) -> None:
    elsewhere(database, 1, 3, subject="通知")
    void(database, 2, reason="送らなかった", actor="係長")
    assert lines(database) == [(1, 1, "elsewhere"), (2, 2, "void"), (3, 3, "elsewhere")]
    row = number_ledger(database, sign=SIGN, fiscal_year=YEAR)[1]
    assert (row.actor, row.reason, row.subject) == ("係長", "送らなかった", "通知")
    undo(database)
    assert lines(database) == [(1, 3, "elsewhere")]


def test_a_slip_is_taken_out_of_the_ledger(database: Database, programme_id: int) -> None:
    elsewhere(database, 1, 300)
    change = release_numbers(database, sign=SIGN, fiscal_year=YEAR, first=31, last=300, actor="test")
    assert change.kinds == {"document_number"}
    assert next_number(database, sign=SIGN, fiscal_year=YEAR) == 31
    undo(database)
    assert next_number(database, sign=SIGN, fiscal_year=YEAR) == 301
    with pytest.raises(NotFoundError) as missing:
        release_numbers(database, sign=SIGN, fiscal_year=YEAR, first=400, last=410)
    assert missing.value.code == "numbers.not-in-ledger"


def test_what_was_issued_stays(database: Database, programme_id: int) -> None:
    issue(database, programme_id, 1)
    for act in (
        lambda: void(database, 1),
        lambda: release_numbers(database, sign=SIGN, fiscal_year=YEAR, first=1, last=2),
    ):
        with pytest.raises(RuleError) as caught:
            act()
        assert caught.value.code == "numbers.issued"
    assert lines(database) == [(1, 1, "issued")]


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ({"first": 5, "last": 4}, "numbers.range-backwards", "last"),
        ({"first": 0, "last": 4}, "numbers.out-of-range", "first"),
        ({"first": 1, "last": 100_000}, "numbers.out-of-range", "last"),
        ({"first": 1, "last": 5_001}, "numbers.range-long", "last"),
        ({"first": 1, "last": 2, "dated": date(2025, 4, 1)}, "numbers.other-year", "dated"),
        ({"first": 1, "last": 2, "dated": date(2024, 3, 31)}, "numbers.other-year", "dated"),
    ],
)
def test_a_slip_of_the_keyboard_is_refused(
    database: Database, arguments: dict[str, Any], code: str, field: str
) -> None:
    before = undo_state(database)
    with pytest.raises(ValidationError) as caught:
        elsewhere(database, **arguments)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert lines(database) == []
    assert undo_state(database) == before


def test_the_last_day_of_the_fiscal_year_belongs_to_it(database: Database) -> None:
    elsewhere(database, 1, 1, dated=date(2025, 3, 31))
    assert lines(database) == [(1, 1, "elsewhere")]


def test_numbers_in_the_ledger_are_named(database: Database, programme_id: int) -> None:
    issue(database, programme_id, 3, 4, 7)
    with pytest.raises(ConflictError) as caught:
        elsewhere(database, 1, 10)
    assert (caught.value.code, caught.value.params["numbers"]) == ("numbers.in-ledger", "3～4、7")
    with pytest.raises(ConflictError) as taken:
        issue(database, programme_id, 4, 5)
    assert (taken.value.code, taken.value.params["numbers"]) == ("papers.number-taken", "4")
    assert next_number(database, sign=SIGN, fiscal_year=YEAR) == 8


def test_programs_that_look_at_nothing_are_refused_by_the_database(
    database: Database, programme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(database, programme_id, 3)
    monkeypatch.setattr(document_numbers, "_known", lambda *_arguments: [])
    for act, code in (
        (lambda: issue(database, programme_id, 3, 4), "papers.number-taken"),
        (lambda: elsewhere(database, 1, 5), "numbers.in-ledger"),
        (lambda: void(database, 3), "numbers.in-ledger"),
    ):
        with pytest.raises(ConflictError) as caught:
            act()
        assert caught.value.code == code
    assert lines(database) == [(1, 2, "gap"), (3, 3, "issued")]


def test_a_void_number_needs_a_reason(database: Database) -> None:
    with pytest.raises(ValidationError) as caught:
        void(database, 1, reason="　 ")
    assert (caught.value.code, caught.value.field) == ("numbers.reason-needed", "reason")


def test_the_ledgers_there_are(database: Database, programme_id: int) -> None:
    assert known_ledgers(database, programme_id=programme_id) == (Ledger("藤職", 2024),)
    record_elsewhere(database, sign="藤総", fiscal_year=2025, first=1, last=1, actor="test")
    assert known_ledgers(database, programme_id=programme_id)[0] == Ledger("藤総", 2025)
    with pytest.raises(NotFoundError):
        known_ledgers(database, programme_id=99)


# --- whatever clerks do, in whatever order --------------------------------------

_NUMBER = st.integers(min_value=1, max_value=30)
_ACTS = st.lists(
    st.tuples(st.sampled_from(["issue", "elsewhere", "void", "release", "undo"]), _NUMBER, _NUMBER),
    max_size=12,
)


@pytest.fixture(scope="module")
def shared(_programme_file: Where, places: Places) -> Iterator[tuple[Database, int]]:
    """One file for all examples; its ledger is emptied before each."""
    from fujisawa_desktop.services.programmes import current_programme_id

    with tempfile.TemporaryDirectory() as folder:
        kept = places.kept(Path(folder) / "ledger.fjdb", lambda _place: None, like=_programme_file)
        database = open_database(kept)
        yield database, current_programme_id(database)
        database.dispose()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_no_number_is_ever_missing_or_double(
    shared: tuple[Database, int], acts: list[tuple[str, int, int]]
) -> None:
    database, programme_id = shared
    with database.write() as session:
        session.execute(delete(DocumentNumber))
        session.commit()
    for name, one, other in acts:
        first, last = sorted((one, other))
        try:
            if name == "issue":
                issue(database, programme_id, first)
            elif name == "elsewhere":
                elsewhere(database, first, last)
            elif name == "void":
                void(database, first, last)
            elif name == "release":
                release_numbers(database, sign=SIGN, fiscal_year=YEAR, first=first, last=last)
            else:
                undo(database)
        except AppError:
            continue
    rows = number_ledger(database, sign=SIGN, fiscal_year=YEAR)
    covered = [number for row in rows for number in range(row.number, row.last + 1)]
    assert covered == list(range(1, next_number(database, sign=SIGN, fiscal_year=YEAR)))
    with database.read() as session:
        stored = session.execute(select(DocumentNumber.number, DocumentNumber.use)).all()
    by_number = {number: row.use for row in rows for number in range(row.number, row.last + 1)}
    assert {number: use for number, use in by_number.items() if use is not None} == {
        row.number: row.use for row in stored
    }


def test_a_gap_is_a_line_without_a_use() -> None:
    assert NumberRow(3, 5, None).is_gap
    assert not NumberRow(3, 3, NumberUse.VOID).is_gap
