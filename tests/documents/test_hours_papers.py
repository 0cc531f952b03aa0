"""Attendance sheets and the sheet that a host department signs, read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hours_samples import confirmation
from paper_samples import LONGEST_NAME, attendance, printed
from pdf_reading import pages_text, pypdf_text

from fujisawa_desktop.documents.specs import AttendanceDay


def two_stretches() -> tuple[AttendanceDay, ...]:
    """31 days, each with two stretches of work."""
    return tuple(
        AttendanceDay(
            str(day) if part == 0 else "", "月" if part == 0 else "", False,
            ("9:00～12:00", "13:00～16:00")[part], ("9:00", "13:00")[part], ("12:00", "16:00")[part],
            "", "3:00", "",
        )
        for day in range(1, 32)
        for part in (0, 1)
    )  # fmt: skip


class TestAttendance:
    def test_two_stretches_on_every_day_stay_on_one_page(self) -> None:
        paper = printed(replace(attendance(), days=two_stretches()))
        assert len(paper.owners) == 1
        assert paper.remarks == ()
        text = pypdf_text(paper.pdf)
        assert (text.count("13:00～16:00"), text.count("9:00～12:00")) == (31, 31)
        assert "所属長" in text

    def test_what_is_signed_stands_at_the_foot(self) -> None:
        spec = replace(
            attendance(), signatures=("上記のとおり勤務しました。　氏名", "上記のとおり確認しました。　氏名")
        )
        text = pypdf_text(printed(spec).pdf)
        assert "上記のとおり勤務しました。" in text
        assert text.count("印") == 2 + 2, "beside the two lines, and in 本人印 and 確認印"
        assert "網掛けの日は、閉庁日です。" in text

    def test_a_sheet_of_an_older_version_has_nothing_to_sign(self) -> None:
        assert attendance().signatures == ()


class TestConfirmation:
    def test_everybody_and_the_total_stand_on_one_page(self) -> None:
        paper = printed(confirmation())
        assert len(paper.owners) == 1
        text = pypdf_text(paper.pdf)
        for part in (
            "令和6年12月分",
            "デジタル推進室",
            "100000000002",
            "合計",
            "89時間15分",
            "職・氏名",
            "印",
        ):
            assert part in text, part
        assert "上記のとおり勤務したことを確認します。" in text

    @pytest.mark.parametrize("people", [*range(15, 31), 60, 200])
    def test_what_is_signed_stands_once_and_after_the_last_person(self, people: int) -> None:
        texts = pages_text(printed(confirmation(people)).pdf)
        assert sum(text.count("確認します") for text in texts) == 1
        assert "合計" in texts[-1]
        assert f"1000{people - 1:08d}" in texts[-1], "the page that is signed names people"
        assert all("".join(texts).count(f"1000{at:08d}") == 1 for at in range(people))
        assert all("受付番号" in text for text in texts)

    def test_a_long_name_takes_two_lines(self) -> None:
        paper = printed(confirmation(name=LONGEST_NAME))
        assert paper.remarks == ()
        assert len(paper.owners) == 1
