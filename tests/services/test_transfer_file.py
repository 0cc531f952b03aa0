"""The file for the bank: from stored and unpaid statements, nobody silently left out, nobody paid twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from appointed import TEN_DAYS, work
from register_scene import (
    CONSIGNOR,
    HOLDERS,
    MISAKI,
    NET,
    PAY_DAY,
    RYOSUKE,
    SAKURA,
    TODAY,
    TOTAL,
    YUI,
    Month,
    add_account,
    add_edition,
    change_statement,
    close,
    pay,
    reopen,
    set_consignor,
    state,
    stated_month,
    worked_month,
)

from fujisawa_desktop.errors import AppError, ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.exchange.zengin import Contents
from fujisawa_desktop.models import EntryKind, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.consignor import consignor_form, faults_of, save_consignor
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.transfer_file import (
    TransferWritten,
    hand_out_transfer,
    numbers_left_out,
    transfer_view,
    write_transfer,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "transfer.txt"


def write(month: Month, target: Path, **options: Any) -> TransferWritten:
    usual = {"pay_date": PAY_DAY, "today": TODAY, "path": target, "actor": "test"}
    return write_transfer(month.database, **month.args, **{**usual, **options})


def records_of(target: Path) -> list[bytes]:
    whole = target.read_bytes()
    assert whole.endswith(b"\r\n")
    return whole.split(b"\r\n")[:-1]


def obstacles(month: Month) -> dict[str, tuple[str, ...]]:
    view = transfer_view(month.database, **month.args)
    return {row.number: tuple(one.code for one in row.obstacles) for row in view.rows if row.obstacles}


def test_for_an_output_it_is_recorded_alike_and_stands_nowhere(month: Month, target: Path) -> None:
    """What is handed out is what is written, and counts as a file of the month that went out."""
    args = {**month.args, "pay_date": PAY_DAY, "today": TODAY}
    handed = hand_out_transfer(month.database, **args, actor="test")
    assert list(target.parent.glob("*.txt")) == []
    written = write(month, target)
    assert handed.data == target.read_bytes()
    assert (handed.contents, handed.left_out, handed.sha256) == (
        written.contents,
        written.left_out,
        written.sha256,
    )
    first, second = recent_acts(month.database, limit=2)
    assert first.label == second.label
    assert len(transfer_view(month.database, **month.args).written) == 2
    assert repr(handed.data) not in repr(handed)


def test_for_an_output_nobody_is_left_out_silently_either(month: Month) -> None:
    add_account(month, YUI, confirmed_at=None)
    args = {**month.args, "pay_date": PAY_DAY, "today": TODAY}
    with pytest.raises(AppError) as caught:
        hand_out_transfer(month.database, **args)
    assert caught.value.code == "transfer-file.obstacles"
    assert transfer_view(month.database, **month.args).written == ()
    one = next(row for row in transfer_view(month.database, **month.args).rows if row.number == YUI)
    handed = hand_out_transfer(month.database, **args, left_out=[one.appointment_id])
    assert [row.number for row in handed.left_out] == [YUI]


def test_record_by_record(month: Month, target: Path) -> None:
    write(month, target)
    header, *people, trailer, end = records_of(target)
    assert {len(record) for record in (header, *people, trailer, end)} == {120}
    assert header == (
        b"1" + b"71" + b"0" + b"0000012345" + "ﾌｼﾞｻﾜｼ".encode("cp932").ljust(40) + b"0121" + b"0999"
        + "ﾐﾎﾝｷﾞﾝｺｳ".encode("cp932").ljust(15) + b"123" + "ﾎﾝﾃﾝ".encode("cp932").ljust(15)
        + b"1" + b"1234567" + b" " * 17
    )  # fmt: skip
    kana = {RYOSUKE: "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ", SAKURA: "ｶﾂﾗｷﾞ ｻｸﾗ", MISAKI: "ﾀｶﾊｼ ﾐｻｷ", YUI: "ﾀｶﾅｼ ﾕｲ"}
    assert people == [
        b"2" + b"0998" + "ﾃｽﾄｷﾞﾝｺｳ".encode("cp932").ljust(15) + b"045" + "ﾌｼﾞｻﾜ".encode("cp932").ljust(15)
        + b"0000" + b"1" + f"{month.id(number):07d}".encode() + kana[number].encode("cp932").ljust(30)
        + f"{NET[number]:010d}".encode() + b"0" + b" " * 20 + b" " * 9
        for number in (SAKURA, RYOSUKE, YUI, MISAKI)
    ]  # fmt: skip
    assert trailer == b"8" + b"000004" + f"{TOTAL:012d}".encode() + b" " * 101
    assert end == b"9" + b" " * 119


def test_line_end_kind_and_codes_as_the_bank_wants_them(month: Month, target: Path) -> None:
    set_consignor(month, kind="21", line_end="none")
    add_account(month, YUI, employee_code="12", unit_code="0345")
    write(month, target)
    whole = target.read_bytes()
    assert len(whole) == 120 * 7
    assert whole[1:3] == b"21"
    record = whole[120 * 3 : 120 * 4]
    assert record[91:111] == b"0000000012" + b"0000000345"
    assert record[111:112] == b"7"


def test_what_was_written_is_recorded_without_names(month: Month, target: Path) -> None:
    written = write(month, target)
    assert (written.contents, written.left_out) == (Contents(4, TOTAL), ())
    [act] = recent_acts(month.database, limit=1)
    assert act.kind is EntryKind.ISSUED
    told = act.label.params
    assert (told["count"], told["total_yen"], told["sha256"]) == (4, TOTAL, written.sha256)
    assert len(written.sha256) == 64
    assert not [name for name in HOLDERS.values() if name.split()[0] in str(told)]
    assert check_journal(month.database).broken_at is None
    before = target.read_bytes()
    undo(month.database)
    assert target.read_bytes() == before
    [known] = transfer_view(month.database, **month.args).written
    assert (known.count, known.yen, known.pay_date) == (4, TOTAL, PAY_DAY)


def more_work(month: Month) -> None:
    """Let somebody work another half day after the pay was stated, and close the month again."""
    reopen(month)
    work(month.database, month.programme_id, month.people[YUI], TEN_DAYS[3:4], "半")
    close(month)


@pytest.mark.parametrize(
    ("number", "spoil", "codes"),
    [
        (YUI, lambda m: add_account(m, YUI, confirmed_at=None), ("transfer-file.not-confirmed",)),
        (YUI, lambda m: add_account(m, YUI, holder_kana="小鳥遊"), ("transfer.kanji",)),
        (YUI, lambda m: add_account(m, YUI, holder_kana="ガ" * 16), ("transfer.text-long",)),
        (YUI, lambda m: add_account(m, YUI, account_number="123456"), ("transfer.account-short",)),
        (YUI, lambda m: add_account(m, YUI, bank_code="99"), ("transfer.code",)),
        (
            YUI,
            lambda m: change_statement(m, YUI, corrected_pay_yen=-20_000, net_yen=-9_307),
            ("register.differs", "transfer.amount-negative"),
        ),
        (YUI, lambda m: change_statement(m, YUI, net_yen=1), ("register.differs", "register.sum-wrong")),
        (YUI, more_work, ("register.differs",)),
    ],
)  # fmt: skip
def test_each_obstacle_is_named_and_keeps_the_file_from_being_written(
    month: Month, target: Path, number: str, spoil: Callable[[Month], None], codes: tuple[str, ...]
) -> None:
    spoil(month)
    assert obstacles(month) == {number: codes}
    acts = recent_acts(month.database, limit=1)
    with pytest.raises(AppError) as caught:
        write(month, target)
    assert caught.value.code == "transfer-file.obstacles"
    assert caught.value.params["people"] == [f"{number} 小鳥遊　結衣"]
    assert not list(target.parent.glob("*.txt"))
    assert recent_acts(month.database, limit=1) == acts
    written = write(month, target, left_out={month.id(number)})
    assert [row.number for row in written.left_out] == [number]
    assert written.contents == Contents(3, TOTAL - NET[YUI])


def test_who_is_not_stated_or_has_no_account_is_an_obstacle(
    database: Database, programme_id: int, target: Path
) -> None:
    month = worked_month(database, programme_id)
    state(month, numbers=[RYOSUKE, SAKURA])
    close(month)
    add_account(month, RYOSUKE)
    set_consignor(month)
    assert obstacles(month) == {
        SAKURA: ("transfer-file.no-account",),
        MISAKI: ("register.not-stated",),
        YUI: ("register.not-stated",),
    }
    everybody = numbers_left_out(transfer_view(database, **month.args), [SAKURA, MISAKI, YUI])
    assert write(month, target, left_out=everybody).contents == Contents(1, NET[RYOSUKE])
    with pytest.raises(NotFoundError):
        numbers_left_out(transfer_view(database, **month.args), ["12345"])


def test_a_month_that_can_still_change_is_not_paid(month: Month, target: Path) -> None:
    reopen(month)
    assert obstacles(month) == dict.fromkeys(NET, ("transfer-file.not-closed",))
    view = transfer_view(month.database, **month.args)
    assert (view.in_file(), view.contents()) == ((), Contents(0, 0))
    with pytest.raises(AppError):
        write(month, target)
    assert not target.exists()


def test_nothing_to_pay_is_left_out_and_told(month: Month, target: Path) -> None:
    reopen(month)
    work(month.database, month.programme_id, month.people[YUI], TEN_DAYS[:3], "")
    state(month)
    close(month)
    assert obstacles(month) == {}
    written = write(month, target)
    assert [(row.number, row.nothing) for row in written.left_out] == [(YUI, True)]
    assert len(records_of(target)) == 3 + 3


def test_nobody_is_paid_twice(month: Month, target: Path) -> None:
    pay(month, RYOSUKE)
    pay(month, SAKURA, method="other")
    view = transfer_view(month.database, **month.args)
    assert {row.number for row in view.paid} == {RYOSUKE, SAKURA}
    assert write(month, target).contents == Contents(2, NET[MISAKI] + NET[YUI])
    pay(month, MISAKI)
    pay(month, YUI)
    with pytest.raises(AppError) as caught:
        write(month, target)
    assert caught.value.code == "transfer.nothing"


def test_a_later_edition_of_what_was_paid_is_not_paid_again(month: Month, target: Path) -> None:
    pay(month, YUI)
    add_edition(month, YUI, pay_yen=14_467, net_yen=14_467)
    row = next(row for row in transfer_view(month.database, **month.args).rows if row.number == YUI)
    assert [one.code for one in row.obstacles] == ["transfer-file.paid-differs"]
    assert row.obstacles[0].params == {"paid_yen": 10_693, "net_yen": 14_467}
    with pytest.raises(AppError):
        write(month, target)
    assert write(month, target, left_out={month.id(YUI)}).contents.count == 3


@pytest.mark.parametrize(
    ("day", "today", "code"),
    [
        (date(2025, 1, 9), TODAY, "transfer.date-past"),
        (date(2025, 1, 11), TODAY, "transfer.date-closed"),
        (date(2025, 1, 13), TODAY, "transfer.date-closed"),
        (date(2025, 12, 31), date(2025, 12, 1), "transfer.date-closed"),
        (date(2026, 1, 12), TODAY, "transfer.date-far"),
    ],
)
def test_days_on_which_no_bank_books(month: Month, target: Path, day: date, today: date, code: str) -> None:
    with pytest.raises(AppError) as caught:
        write(month, target, pay_date=day, today=today)
    assert caught.value.code == code
    assert not target.exists()


def test_the_day_of_the_statements_is_proposed(database: Database, programme_id: int) -> None:
    month = worked_month(database, programme_id)
    assert transfer_view(database, **month.args).pay_date is None
    with unit_of_work(database, "test.day", actor="test") as act:
        programme = act.session.get(Programme, programme_id)
        assert programme is not None
        programme.pay_day = 31
        act.commit()
    state(month)
    assert transfer_view(database, **month.args).pay_date == date(2025, 1, 31)


def test_rows_that_changed_since_they_were_seen_are_refused(month: Month, target: Path) -> None:
    seen = transfer_view(month.database, **month.args).contents()
    pay(month, YUI)
    with pytest.raises(ConflictError) as caught:
        write(month, target, expected=seen)
    assert caught.value.code == "transfer-file.changed"
    assert not target.exists()


def test_a_place_that_cannot_be_written_leaves_nothing(month: Month, tmp_path: Path) -> None:
    acts = recent_acts(month.database, limit=1)
    with pytest.raises(AppError):
        write(month, tmp_path / "no folder" / "x.txt")
    assert recent_acts(month.database, limit=1) == acts


class TestConsignor:
    def test_it_is_saved_in_the_signs_of_the_bank_and_taken_back(self, month: Month) -> None:
        form = consignor_form(month.database, programme_id=month.programme_id)
        assert (form.values["name_kana"], form.values["kind"]) == ("ﾌｼﾞｻﾜｼ", "71")
        changed = replace(form, values={**form.values, "account_number": "７６５４３２１"})
        assert save_consignor(month.database, form=changed).changed
        assert (
            consignor_form(month.database, programme_id=month.programme_id).values["account_number"]
            == "7654321"
        )
        undo(month.database)
        assert consignor_form(month.database, programme_id=month.programme_id).values == form.values

    def test_saving_what_is_stored_is_no_act(self, month: Month) -> None:
        form = consignor_form(month.database, programme_id=month.programme_id)
        assert not save_consignor(month.database, form=form).changed

    def test_what_a_bank_refuses_is_refused(self, month: Month) -> None:
        form = consignor_form(month.database, programme_id=month.programme_id)
        wrong = replace(form, values={**CONSIGNOR, "code": "123", "name_kana": "藤沢市"})
        assert [error.field for error in faults_of(wrong)] == ["code", "name_kana"]
        with pytest.raises(ValidationError):
            save_consignor(month.database, form=wrong)
        assert consignor_form(month.database, programme_id=month.programme_id) == form

    def test_somebody_else_saved_meanwhile(self, month: Month) -> None:
        form = consignor_form(month.database, programme_id=month.programme_id)
        save_consignor(month.database, form=replace(form, values={**CONSIGNOR, "code": "0000000001"}))
        with pytest.raises(ConflictError):
            save_consignor(month.database, form=replace(form, values={**CONSIGNOR, "code": "0000000002"}))

    def test_without_one_no_file(self, database: Database, programme_id: int, target: Path) -> None:
        month = worked_month(database, programme_id)
        state(month)
        for number in HOLDERS:
            add_account(month, number)
        assert transfer_view(database, **month.args).consignor is None
        with pytest.raises(AppError) as caught:
            write(month, target)
        assert caught.value.code == "transfer-file.no-consignor"
