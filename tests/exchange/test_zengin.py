"""The bytes of the file for the bank."""

from __future__ import annotations

from datetime import date

import pytest

from fujisawa_desktop.exchange.zengin import Contents, contents_of, zengin_bytes
from fujisawa_desktop.rules.transfer import Transfer, consignor_of, zengin_lines

CONSIGNOR = {
    "code": "0000012345",
    "name_kana": "フジサワシ",
    "bank_code": "0999",
    "bank_kana": "ミホンギンコウ",
    "branch_code": "123",
    "branch_kana": "ホンテン",
    "account_kind": 1,
    "account_number": "1234567",
}
PEOPLE = (
    Transfer("0998", "ﾃｽﾄｷﾞﾝｺｳ", "045", "ﾌｼﾞｻﾜ", 1, "0012345", "クルミザワ リョウスケ", 76_506, "1"),
    Transfer("9900", "ﾕｳﾁﾖ", "038", "ｾﾞﾛｻﾝﾊﾁ", 1, "7654321", "ヴァンデンバーグ ジョン", 22_644, "2"),
)
LINES = zengin_lines(consignor_of(CONSIGNOR), PEOPLE, pay_date=date(2025, 1, 21))
EXPECTED = """\
17100000012345ﾌｼﾞｻﾜｼ__________________________________01210999ﾐﾎﾝｷﾞﾝｺｳ_______123ﾎﾝﾃﾝ___________11234567_________________
20998ﾃｽﾄｷﾞﾝｺｳ_______045ﾌｼﾞｻﾜ__________000010012345ｸﾙﾐｻﾞﾜ_ﾘﾖｳｽｹ__________________000007650600000000001___________________
29900ﾕｳﾁﾖ___________038ｾﾞﾛｻﾝﾊﾁ________000017654321ｳﾞｱﾝﾃﾞﾝﾊﾞ-ｸﾞ_ｼﾞﾖﾝ_____________000002264400000000002___________________
"""


def test_the_example_of_the_rules_byte_for_byte() -> None:
    records = [line.replace("_", " ") for line in EXPECTED.splitlines()]
    records += ["8000002000000099150".ljust(120), "9".ljust(120)]
    data = zengin_bytes(LINES)
    assert data == b"".join(record.encode("cp932") + b"\r\n" for record in records)
    assert {len(record) for record in data.split(b"\r\n")[:-1]} == {120}
    assert contents_of(data) == Contents(2, 99_150)


def test_without_line_ends() -> None:
    data = zengin_bytes(LINES, "")
    assert len(data) == 5 * 120
    assert contents_of(data) == Contents(2, 99_150)


@pytest.mark.parametrize("record", ["短い", "長" * 61, "x" * 119, "x" * 121])
def test_a_record_of_another_length_is_never_written(record: str) -> None:
    with pytest.raises(ValueError, match="record"):
        zengin_bytes([*LINES[:2], record, *LINES[2:]])


@pytest.mark.parametrize(
    "records",
    [
        LINES[:-1],
        LINES[1:],
        [LINES[0], *LINES[2:]],
        [LINES[0], LINES[2], LINES[2], *LINES[3:]],
        [*LINES[:3], LINES[3].replace("99150", "99151"), LINES[4]],
    ],
)
def test_a_file_that_contradicts_itself_is_noticed(records: list[str]) -> None:
    with pytest.raises(ValueError, match=r"order|trailer"):
        contents_of(zengin_bytes(records))
    with pytest.raises(ValueError, match="order"):
        contents_of(zengin_bytes(LINES)[:-50])
