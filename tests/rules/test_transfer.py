"""Bank transfers (domain-rules 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.rules.transfer import (
    Consignor,
    LineEnd,
    Transfer,
    TransferKind,
    check_pay_date,
    consignor_errors,
    consignor_of,
    transfer_records,
    zengin_lines,
)

PAID = date(2025, 1, 21)
CITY = Consignor("0000012345", "ﾌｼﾞｻﾜｼ", "0999", "ﾐﾎﾝｷﾞﾝｺｳ", "123", "ﾎﾝﾃﾝ", 1, "1234567")
FIRST = Transfer("0998", "ﾃｽﾄｷﾞﾝｺｳ", "045", "ﾌｼﾞｻﾜ", 1, "0012345", "ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ", 76_506, "0000000001")
SECOND = Transfer("9900", "ﾕｳﾁﾖ", "038", "ｾﾞﾛｻﾝﾊﾁ", 1, "7654321", "ｳﾞｱﾝﾃﾞﾝﾊﾞ-ｸﾞ ｼﾞﾖﾝ", 22_644, "0000000002")
EXAMPLE = [
    "17100000012345ﾌｼﾞｻﾜｼ__________________________________01210999ﾐﾎﾝｷﾞﾝｺｳ_______123ﾎﾝﾃﾝ___________11234567_________________",
    "20998ﾃｽﾄｷﾞﾝｺｳ_______045ﾌｼﾞｻﾜ__________000010012345ｸﾙﾐｻﾞﾜ_ﾘﾖｳｽｹ__________________000007650600000000001___________________",
    "29900ﾕｳﾁﾖ___________038ｾﾞﾛｻﾝﾊﾁ________000017654321ｳﾞｱﾝﾃﾞﾝﾊﾞ-ｸﾞ_ｼﾞﾖﾝ_____________000002264400000000002___________________",
    "8000002000000099150" + "_" * 101,
    "9" + "_" * 119,
]
FIELDS: dict[str, Any] = {
    "code": "0000012345",
    "name_kana": "フジサワシ",
    "bank_code": "0999",
    "bank_kana": "ミホンギンコウ",
    "branch_code": "123",
    "branch_kana": "ホンテン",
    "account_kind": 1,
    "account_number": "1234567",
}


def shown(lines: list[str]) -> list[str]:
    return [line.replace(" ", "_") for line in lines]


def refused(why: str, field: str, call: Any, *args: Any, **named: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        call(*args, **named)
    assert (caught.value.code, caught.value.field) == (why, field)
    return caught.value


class TestRecords:
    def test_example_of_6_5_byte_for_byte(self) -> None:
        lines = zengin_lines(CITY, [FIRST, SECOND], pay_date=PAID)
        assert shown(lines) == EXAMPLE
        assert [line.encode("cp932") for line in lines] == [
            line.replace("_", " ").encode("cp932") for line in EXAMPLE
        ]
        assert {len(line.encode("cp932")) for line in lines} == {120}

    def test_full_width_readings_give_the_same_records(self) -> None:
        city = replace(CITY, name_kana="フジサワシ", bank_kana="みほんぎんこう", branch_kana="ホンテン")
        people = [
            replace(
                FIRST, holder_kana="くるみざわ　りょうすけ", bank_kana="テストギンコウ", employee_code="1"
            ),
            replace(
                SECOND, holder_kana="ヴァンデンバーグ　ジョン", branch_kana="ゼロサンハチ", employee_code="2"
            ),
        ]
        assert shown(zengin_lines(city, people, pay_date=PAID)) == EXAMPLE

    def test_each_field_has_its_place(self) -> None:
        """6.2: header and data record of 給与."""
        header, data, *_rest = zengin_lines(CITY, [replace(FIRST, unit_code="77")], pay_date=PAID)
        assert header[:14] == "1710" + "0000012345"
        assert header[14:54] == "ﾌｼﾞｻﾜｼ".ljust(40)
        assert header[54:62] == "0121" + "0999"
        assert header[62:77] == "ﾐﾎﾝｷﾞﾝｺｳ".ljust(15)
        assert header[77:80] == "123"
        assert header[80:95] == "ﾎﾝﾃﾝ".ljust(15)
        assert header[95:103] == "1" + "1234567"
        assert header[103:] == " " * 17
        assert data[0:5] == "2" + "0998"
        assert data[20:23] == "045"
        assert data[38:43] == "0000" + "1"
        assert data[43:50] == "0012345"
        assert data[80:90] == "0000076506"
        assert data[90] == "0"
        assert data[91:111] == "0000000001" + "0000000077"
        assert data[111:] == " " * 9

    def test_general_transfers_have_their_own_layout(self) -> None:
        """6.2: 総合."""
        city = replace(CITY, kind=TransferKind.GENERAL)
        header, data, *_rest = zengin_lines(city, [replace(FIRST, unit_code="77")], pay_date=PAID)
        assert header[:4] == "1210"
        assert data[:91] == EXAMPLE[1][:91].replace("_", " ")
        assert data[91:111] == "0000000001" + "0000000077"
        assert data[111:] == "7" + " " * 8

    @pytest.mark.parametrize("kind", list(TransferKind))
    def test_the_kind_stands_in_the_header(self, kind: TransferKind) -> None:
        header, data, *_rest = zengin_lines(replace(CITY, kind=kind), [FIRST], pay_date=PAID)
        assert header[1:3] == kind.value
        assert (data[111] == "7") is (kind is TransferKind.GENERAL)

    def test_current_accounts(self) -> None:
        header, data, *_rest = zengin_lines(
            replace(CITY, account_kind=2), [replace(FIRST, account_kind=2)], pay_date=PAID
        )
        assert (header[95], data[42]) == ("2", "2")

    def test_without_codes_the_places_stay_empty(self) -> None:
        data = zengin_lines(CITY, [replace(FIRST, employee_code="")], pay_date=PAID)[1]
        assert data[91:] == " " * 29

    def test_nothing_is_transferred_to_somebody_who_gets_nothing(self) -> None:
        """6.5: amount 0 → skip record and report."""
        none = replace(SECOND, amount=0)
        records = transfer_records(CITY, [none, FIRST], pay_date=PAID)
        assert records.skipped == (none,)
        assert records.paid == (FIRST,)
        assert records.total == 76_506
        assert [line[0] for line in records.lines] == ["1", "2", "8", "9"]
        assert records.lines[2][:19] == "8" + "000001" + "000000076506"
        with pytest.raises(RuleError, match=r"transfer\.nothing"):
            transfer_records(CITY, [none], pay_date=PAID)

    def test_one_yen_is_transferred(self) -> None:
        assert transfer_records(CITY, [replace(FIRST, amount=1)], pay_date=PAID).total == 1

    def test_totals_that_have_no_room(self) -> None:
        many = [replace(FIRST, amount=9_999_999_999)] * 101
        with pytest.raises(RuleError) as caught:
            transfer_records(CITY, many, pay_date=PAID)
        assert (caught.value.code, caught.value.params) == ("transfer.total-long", {"count": 12})
        assert transfer_records(CITY, many[:100], pay_date=PAID).lines[-2][7:19] == "999999999900"

    def test_line_ends(self) -> None:
        """6.1: CRLF or none, never LF alone."""
        assert CITY.signs_after_record == "\r\n"
        assert replace(CITY, line_end=LineEnd.NONE).signs_after_record == ""

    def test_wo_is_refused_unless_the_bank_reads_it(self) -> None:
        place = ("0999", "ﾐﾎﾝｷﾞﾝｺｳ", "123", "ﾎﾝﾃﾝ", 1, "1234567")
        refused("transfer.wo", "name_kana", Consignor, "0000012345", "ｦ", *place)
        refused("transfer.wo", "holder_kana", Transfer, *place, "ｦ", 1)
        assert [error.code for error in consignor_errors({**FIELDS, "name_kana": "ヲ"})] == ["transfer.wo"]
        refused("transfer.wo", "name_kana", consignor_of, {**FIELDS, "name_kana": "ヲ"})

    def test_a_bank_that_reads_wo(self) -> None:
        city = replace(CITY, name_kana="ｦﾀﾞ", bank_kana="ｦ", branch_kana="ｦ", allows_wo=True)
        person = replace(FIRST, holder_kana="ｦﾀﾞ", bank_kana="ｦ", branch_kana="ｦ", allows_wo=True)
        header, data, *_rest = zengin_lines(city, [person], pay_date=PAID)
        assert header[14:17] == data[50:53] == "ｦﾀﾞ"
        assert (header[62], header[80], data[5], data[23]) == ("ｦ",) * 4
        with pytest.raises(ValidationError, match=r"transfer\.wo"):
            replace(CITY, bank_kana="ｦ")

    names = st.text(st.sampled_from("アガパャーヴンABz09 "), min_size=1, max_size=15).filter(str.strip)

    @settings(deadline=None)
    @given(
        st.lists(st.tuples(names, st.integers(0, 9_999_999_999), st.integers(0, 9_999_999)), max_size=8),
        st.sampled_from(list(TransferKind)),
    )
    def test_records_always_have_120_bytes_and_their_sum(
        self, people: list[tuple[str, int, int]], kind: TransferKind
    ) -> None:
        transfers = [
            replace(FIRST, holder_kana=name, amount=amount, account_number=f"{number:07d}")
            for name, amount, number in people
        ]
        city = replace(CITY, kind=kind)
        if not any(transfer.amount for transfer in transfers):
            with pytest.raises(RuleError, match=r"transfer\.nothing"):
                zengin_lines(city, transfers, pay_date=PAID)
            return
        lines = zengin_lines(city, transfers, pay_date=PAID)
        assert {len(line.encode("cp932")) for line in lines} == {120}
        assert "".join(line[0] for line in lines) == "1" + "2" * (len(lines) - 3) + "89"
        assert sum(int(line[80:90]) for line in lines[1:-2]) == int(lines[-2][7:19])
        assert int(lines[-2][1:7]) == len(lines) - 3
        assert int(lines[-2][7:19]) == sum(amount for _name, amount, _number in people)


class TestDay:
    @pytest.mark.parametrize(
        ("day", "today", "code"),
        [
            (PAID, PAID, None),
            (PAID, PAID - timedelta(days=30), None),
            pytest.param(PAID, PAID + timedelta(days=1), "transfer.date-past", id="6.5: no past day"),
            pytest.param(PAID, date(2024, 1, 21), "transfer.date-far", id="the year is not in the file"),
            (PAID, date(2024, 1, 22), None),
            pytest.param(date(2025, 1, 3), date(2024, 12, 20), "transfer.date-closed", id="6.5"),
        ],
    )
    def test_the_day_of_transfer(self, day: date, today: date, code: str | None) -> None:
        if code is None:
            check_pay_date(day, today=today)
            return
        with pytest.raises(RuleError) as caught:
            check_pay_date(day, today=today)
        assert caught.value.code == code
        assert caught.value.params["date"] == day

    def test_the_day_to_take_instead_is_named(self) -> None:
        with pytest.raises(RuleError) as caught:
            check_pay_date(date(2025, 1, 5), today=date(2024, 12, 1))
        assert caught.value.params["before"] == date(2024, 12, 30)
        with pytest.raises(RuleError) as caught:
            zengin_lines(CITY, [FIRST], pay_date=date(2025, 1, 18))
        assert caught.value.code == "transfer.date-closed"
        assert caught.value.params == {"date": date(2025, 1, 18), "before": date(2025, 1, 17)}


class TestConsignor:
    def test_what_is_typed_becomes_what_goes_to_the_bank(self) -> None:
        assert consignor_of(FIELDS) == CITY
        assert consignor_errors(FIELDS) == []

    def test_settings_of_the_bank(self) -> None:
        own = consignor_of({**FIELDS, "kind": "21", "line_end": "none", "allows_wo": True, "name_kana": "ヲ"})
        assert (own.kind, own.line_end, own.name_kana) == (TransferKind.GENERAL, LineEnd.NONE, "ｦ")
        assert own.allows_wo

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("code", "12345", "transfer.code"),
            ("name_kana", "藤沢市", "transfer.kanji"),
            ("name_kana", "ア" * 41, "transfer.text-long"),
            ("bank_code", "99", "transfer.code"),
            ("bank_kana", "ア" * 16, "transfer.text-long"),
            ("branch_code", "12", "transfer.code"),
            ("branch_kana", "", "transfer.text-missing"),
            ("branch_kana", "ア" * 16, "transfer.text-long"),
            ("account_kind", 3, "transfer.account-kind"),
            ("account_kind", "1", "transfer.account-kind"),
            ("account_number", "123456", "transfer.account-short"),
            ("kind", "99", "transfer.choice"),
            ("line_end", "lf", "transfer.choice"),
        ],
    )
    def test_its_own_checks(self, field: str, value: object, code: str) -> None:
        values = {**FIELDS, field: value}
        refused(code, field, consignor_of, values)
        assert [(error.code, error.field) for error in consignor_errors(values)] == [(code, field)]

    @pytest.mark.parametrize(("field", "length"), [("name_kana", 40), ("bank_kana", 15), ("branch_kana", 15)])
    def test_what_just_fits(self, field: str, length: int) -> None:
        assert consignor_errors({**FIELDS, field: "ア" * length}) == []
        assert replace(CITY, **{field: "ｱ" * length})

    def test_everything_that_is_missing_is_named_at_once(self) -> None:
        found = {error.field: error.code for error in consignor_errors({})}
        assert found == {
            "code": "transfer.code",
            "name_kana": "transfer.text-missing",
            "bank_code": "transfer.code",
            "bank_kana": "transfer.text-missing",
            "branch_code": "transfer.code",
            "branch_kana": "transfer.text-missing",
            "account_kind": "transfer.account-kind",
            "account_number": "transfer.account-missing",
        }

    @pytest.mark.parametrize("allows", [True, False])
    def test_wo_is_judged_by_the_setting(self, *, allows: bool) -> None:
        found = consignor_errors({**FIELDS, "bank_kana": "ヲ", "allows_wo": allows})
        assert [error.code for error in found] == ([] if allows else ["transfer.wo"])

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"code": "1"}, "transfer.code"),
            ({"name_kana": "・"}, "transfer.middle-dot"),
            ({"bank_code": "1"}, "transfer.code"),
            ({"bank_kana": "漢"}, "transfer.kanji"),
            ({"branch_code": "1"}, "transfer.code"),
            ({"branch_kana": "漢"}, "transfer.kanji"),
            ({"account_kind": 0}, "transfer.account-kind"),
            ({"account_number": "1"}, "transfer.account-short"),
        ],
    )
    def test_no_consignor_holds_what_a_bank_refuses(self, changed: dict[str, Any], code: str) -> None:
        (field,) = changed
        refused(code, field, replace, CITY, **changed)


class TestTransfer:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"bank_code": "1"}, "transfer.code"),
            ({"bank_kana": "漢"}, "transfer.kanji"),
            ({"bank_kana": "ｱ" * 16}, "transfer.text-long"),
            ({"branch_code": "1234"}, "transfer.code"),
            ({"branch_kana": ""}, "transfer.text-missing"),
            ({"branch_kana": "ｱ" * 16}, "transfer.text-long"),
            ({"account_kind": 4}, "transfer.account-kind"),
            ({"account_number": "123456"}, "transfer.account-short"),
            ({"holder_kana": "ｱ" * 31}, "transfer.text-long"),
            ({"holder_kana": "ｦ"}, "transfer.wo"),
            ({"amount": -1}, "transfer.amount-negative"),
            ({"amount": 10_000_000_000}, "transfer.amount-long"),
            ({"employee_code": "A1"}, "transfer.code-long"),
            ({"employee_code": "1" * 11}, "transfer.code-long"),
            ({"unit_code": "１"}, "transfer.code-long"),
        ],
    )
    def test_no_transfer_holds_what_a_bank_refuses(self, changed: dict[str, Any], code: str) -> None:
        (field,) = changed
        error = refused(code, field, replace, FIRST, **changed)
        if code == "transfer.code-long":
            expected = {"transfer_part": field, "text": changed[field], "length": 10, "field": field}
            assert error.params == expected
        if field == "amount":
            assert error.params["amount_yen"] == changed["amount"]

    def test_what_just_fits(self) -> None:
        fits = replace(FIRST, holder_kana="ｱ" * 30, bank_kana="ｱ" * 15, branch_kana="ｱ" * 15)
        assert replace(fits, employee_code="1" * 10, unit_code="2" * 10, amount=9_999_999_999)
        assert replace(FIRST, account_kind=2)
