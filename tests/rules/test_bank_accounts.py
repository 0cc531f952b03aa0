"""Numbers of accounts and days of banks (domain-rules 1.9, 6.3, 6.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.bank_accounts import (
    YuchoAccount,
    check_account,
    check_code,
    is_bank_day,
    previous_bank_day,
    yucho_account,
)


def refused(why: str, field: str, call: Any, *args: Any, **named: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        call(*args, **named)
    assert (caught.value.code, caught.value.field) == (why, field)
    return caught.value


class TestAccount:
    @pytest.mark.parametrize(
        ("typed", "number"), [("1234567", "1234567"), ("0000001", "0000001"), (" １２３４５６７ ", "1234567")]
    )
    def test_seven_digits(self, typed: str, number: str) -> None:
        assert check_account(typed) == number
        assert check_account(typed, confirmed=True) == number

    @pytest.mark.parametrize(("typed", "count", "padded"), [("123456", 6, "0123456"), ("１", 1, "0000001")])
    def test_a_short_number_is_padded_only_when_a_clerk_says_so(
        self, typed: str, count: int, padded: str
    ) -> None:
        """6.3 and issue 6 §5: six digits."""
        error = refused("transfer.account-short", "account_number", check_account, typed)
        assert (error.params["count"], error.params["padded"]) == (count, padded)
        assert check_account(typed, confirmed=True) == padded

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("", "transfer.account-missing"),
            ("  ", "transfer.account-missing"),
            ("12345678", "transfer.account-long"),
            ("123-456", "transfer.account-digits"),
            ("123 456", "transfer.account-digits"),
            ("-123456", "transfer.account-digits"),
            ("12345.6", "transfer.account-digits"),
            ("一二三四五六七", "transfer.account-digits"),
            ("١٢٣٤٥٦٧", "transfer.account-digits"),
        ],
    )
    @pytest.mark.parametrize("confirmed", [True, False])
    def test_what_is_no_number(self, typed: str, code: str, *, confirmed: bool) -> None:
        refused(code, "account_number", check_account, typed, confirmed=confirmed)
        refused(code, "own", check_account, typed, confirmed=confirmed, part="own")

    def test_how_long_it_is(self) -> None:
        assert refused("transfer.account-long", "account_number", check_account, "1" * 8).params["count"] == 8
        error = refused("transfer.account-digits", "account_number", check_account, "12a")
        assert error.params["text"] == "12a"

    @pytest.mark.parametrize("typed", ["999", "09999", "09a9", "", "٠٩٩٩", "-999"])
    def test_codes(self, typed: str) -> None:
        assert check_code(" ０９９９ ", 4, "bank_code") == "0999"
        error = refused("transfer.code", "bank_code", check_code, typed, 4, "bank_code")
        assert error.params == {
            "field": "bank_code",
            "transfer_part": "bank_code",
            "text": typed,
            "length": 4,
        }


class TestYucho:
    """6.4."""

    @pytest.mark.parametrize(
        ("symbol", "number", "branch", "kana", "account"),
        [
            pytest.param("10530", "12345671", "058", "ｾﾞﾛｺﾞﾊﾁ", "1234567", id="6.4"),
            pytest.param("10530", "19927651", "058", "ｾﾞﾛｺﾞﾊﾁ", "1992765", id="6.4: not 0199276"),
            pytest.param("１０３９０", "２３４５１", "038", "ｾﾞﾛｻﾝﾊﾁ", "0002345", id="a short number"),
            pytest.param(" 14620 ", " 11 ", "468", "ﾖﾝﾛｸﾊﾁ", "0000001"),
            pytest.param("11220", "111", "128", "ｲﾁﾆﾊﾁ", "0000011"),
            pytest.param("17990", "111", "798", "ﾅﾅｷﾕｳﾊﾁ", "0000011"),
            pytest.param("18890", "111", "888", "ﾊﾁﾊﾁﾊﾁ", "0000011"),
        ],
    )
    def test_account_for_transfers(
        self, symbol: str, number: str, branch: str, kana: str, account: str
    ) -> None:
        assert yucho_account(symbol, number) == YuchoAccount("9900", "ﾕｳﾁﾖ", branch, kana, 1, account)

    @pytest.mark.parametrize("symbol", ["00530", "1053", "105300", "10531", "1053A", "", "20530", "10530-1"])
    def test_other_symbols_do_not_fit(self, symbol: str) -> None:
        error = refused("transfer.yucho-symbol", "symbol", yucho_account, symbol, "12345671")
        assert error.params["text"] == symbol

    @pytest.mark.parametrize("number", ["12345672", "1", "", "123456781", "1234-5671", "12345671 1"])
    def test_other_numbers_do_not_fit(self, number: str) -> None:
        error = refused("transfer.yucho-number", "number", yucho_account, "10530", number)
        assert error.params["text"] == number


class TestBankDays:
    @pytest.mark.parametrize(
        ("day", "open_"),
        [
            (date(2024, 12, 27), True),
            pytest.param(date(2024, 12, 30), True, id="1.9: banks work on 12/30"),
            (date(2024, 12, 31), False),
            (date(2025, 1, 1), False),
            (date(2025, 1, 2), False),
            (date(2025, 1, 3), False),
            (date(2025, 1, 6), True),
            pytest.param(date(2029, 1, 4), True, id="a Thursday after the closure"),
            pytest.param(date(2024, 10, 31), True, id="the last day of another month"),
            pytest.param(date(2024, 11, 1), True, id="the first day of another month"),
            pytest.param(date(2024, 11, 4), False, id="振替休日"),
            (date(2025, 1, 18), False),
            (date(2025, 1, 19), False),
            (date(2025, 1, 20), True),
        ],
    )
    def test_when_banks_work(self, day: date, *, open_: bool) -> None:
        assert is_bank_day(day) is open_

    def test_the_bank_day_before(self) -> None:
        assert previous_bank_day(date(2025, 1, 5)) == date(2024, 12, 30)
        assert previous_bank_day(date(2025, 1, 18)) == date(2025, 1, 17)
        assert previous_bank_day(date(2025, 1, 21)) == date(2025, 1, 21)
