from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.contact import (
    format_phone,
    format_postcode,
    mail_key,
    phone_digits,
    postcode_digits,
)

digits = st.text("0123456789", min_size=8, max_size=10).map(lambda rest: "0" + rest)


@pytest.mark.parametrize(
    "text",
    [
        "09000000001",
        "090-0000-0001",
        "０９０－００００－０００１",
        "090 0000 0001",
        "090‐0000‐0001",
        "090ー0000ー0001",
        "(090)0000-0001",
        "+81 90-0000-0001",
        "+81(0)90-0000-0001",
        "0081 90 0000 0001",
        "9000000001",
        "090-0000-0001（内線12）",
    ],
)
def test_every_way_of_writing_a_number_compares_equal(text: str) -> None:
    assert phone_digits(text) == "09000000001"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("0466(50)3583", "0466503583"),
        ("0466-25-1111 内線2257", "0466251111"),
        ("0466-25-1111 ext. 2257", "0466251111"),
        ("", ""),
        ("なし", ""),
        ("+1 202 555 0100", "12025550100"),
        ("466503583", "466503583"),
    ],
)
def test_other_numbers(text: str, result: str) -> None:
    assert phone_digits(text) == result


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("09000000001", "090-0000-0001"),
        ("05012345678", "050-1234-5678"),
        ("0466503583", "0466-50-3583"),
        ("0462123456", "046-212-3456"),
        ("0312345678", "03-1234-5678"),
        ("0612345678", "06-1234-5678"),
        ("0451234567", "045-123-4567"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("0812345678", "0812345678"),
        ("12025550100", "12025550100"),
        ("", ""),
    ],
)
def test_printed_numbers(number: str, printed: str) -> None:
    assert format_phone(number) == printed


@given(digits.filter(lambda number: not number.startswith(("0081", "01081"))))
def test_printing_loses_no_digit(number: str) -> None:
    """Domestic numbers; 0081 and 010 81 are read as the code of the country."""
    assert phone_digits(format_phone(number)) == number


@pytest.mark.parametrize(
    "text", ["Student0001@Example.ac.jp", "ｓｔｕｄｅｎｔ0001@example.ac.jp ", "student0001 @example.ac.jp"]
)
def test_mail_addresses_compare_equal(text: str) -> None:
    assert mail_key(text) == "student0001@example.ac.jp"


@given(st.emails())
def test_a_mail_key_is_its_own_key(address: str) -> None:
    assert mail_key(mail_key(address)) == mail_key(address)


@pytest.mark.parametrize("text", ["2518601", "251-8601", "〒251-8601", "２５１－８６０１", " 251 8601 "])
def test_postcodes(text: str) -> None:
    assert postcode_digits(text) == "2518601"
    assert format_postcode(postcode_digits(text)) == "251-8601"


@pytest.mark.parametrize("text", ["", "251860", "25186011"])
def test_a_damaged_postcode_is_not_dressed_up(text: str) -> None:
    assert format_postcode(text) == text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_regex(r"0[0-9]{1,5}(-[0-9]{1,5}){0,2}", fullmatch=True))
def test_a_usual_telephone_is_what_the_long_way_gives(text: str) -> None:
    """Full-width digits go the long way round."""
    wide = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert phone_digits(text) == phone_digits(wide)
    assert postcode_digits(text) == postcode_digits(wide)
