from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.contact_values import phone_value, postcode_value
from tests.exchange.tables import read_with


@pytest.mark.parametrize(
    ("text", "stored", "warning"),
    [
        ("０９０－１２３４－５６７８", "090-1234-5678", ""),
        ("09012345678", "09012345678", ""),
        ("9012345678", "9012345678", ""),
        ("9012345678.0", "9012345678", ""),
        ("+81 90-1234-5678", "+81 90-1234-5678", ""),
        ("466503583", "0466503583", "phone.zero-lost"),
        ("466-50-3583", "0466503583", "phone.zero-lost"),
        ("なし", "なし", "phone.unreadable"),
        ("090-1234", "090-1234", "phone.unreadable"),
        ("", "", ""),
    ],
)
def test_telephones(text: str, stored: str, warning: str) -> None:
    value = phone_value(text)
    assert (value.text, value.warning) == (stored, warning)


@pytest.mark.parametrize(
    ("text", "stored", "warning"),
    [
        ("〒２５１－８６０１", "〒251-8601", ""),
        ("2518601", "2518601", ""),
        ("600001", "0600001", "postcode.zero-lost"),
        ("251", "251", "postcode.unreadable"),
        ("", "", ""),
    ],
)
def test_postcodes(text: str, stored: str, warning: str) -> None:
    value = postcode_value(text)
    assert (value.text, value.warning) == (stored, warning)


@pytest.mark.parametrize("text", ["9.01235E+09", "９．０Ｅ＋０９", "#####", "#N/A"])
def test_figures_that_a_spreadsheet_rounded_are_refused(text: str) -> None:
    for read in (phone_value, postcode_value):
        with pytest.raises(ValidationError):
            read(text)
    result = read_with({}, {"電話番号": text}, {"郵便番号": text})
    assert [(row.line, row.column, row.code) for row in result.rejections] == [
        (3, "電話番号", "phone.damaged"),
        (4, "郵便番号", "postcode.damaged"),
    ]


def test_what_looks_wrong_is_kept_and_told_by_line_and_column() -> None:
    result = read_with({"電話番号": "466503583", "郵便番号": "600001", "メールアドレス": "a at example"})
    [record] = result.records
    assert (record.phone, record.postcode, record.mail) == ("0466503583", "0600001", "a at example")
    assert {(w.line, w.column, w.code) for w in result.warnings} == {
        (2, "電話番号", "phone.zero-lost"),
        (2, "郵便番号", "postcode.zero-lost"),
        (2, "メールアドレス", "mail.unreadable"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "45566",
        "R6.10.1",
        "令和6年10月1日",
        "20241001",
        "２０２４／１０／１",
        "2024年10月1日（火）",
        "2024-10-01",
    ],
)
def test_every_form_of_a_day_is_one_day(text: str) -> None:
    [record] = read_with({"生年月日": text, "申込日時": text}).records
    assert record.birth_date == date(2024, 10, 1)
    assert record.received_at == datetime(2024, 10, 1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_regex(r"[0-9]{2,6}(-[0-9]{1,5}){0,2}", fullmatch=True))
def test_a_usual_telephone_is_what_the_long_way_gives(text: str) -> None:
    """Full-width digits go the long way round."""
    wide = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert phone_value(text) == phone_value(wide)
