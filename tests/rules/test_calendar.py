from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import (
    ERAS,
    era_date,
    era_fiscal_year,
    fiscal_year,
    parse_date,
    parse_datetime,
    parse_month,
    parse_time,
    parse_year_month,
    weekday_kanji,
    western_era_date,
)


def refusal(text: str) -> str:
    """Return the code with which a text is refused as a date, or nothing."""
    try:
        parse_date(text)
    except ValidationError as error:
        return error.code
    return ""


days = st.dates(date(1868, 1, 25), date(2199, 12, 31))


class TestEras:
    @pytest.mark.parametrize(
        ("day", "written"),
        [
            (date(2019, 4, 30), "平成31年4月30日"),
            (date(2019, 5, 1), "令和元年5月1日"),
            (date(1989, 1, 7), "昭和64年1月7日"),
            (date(1989, 1, 8), "平成元年1月8日"),
            (date(2024, 12, 1), "令和6年12月1日"),
            (date(2025, 1, 31), "令和7年1月31日"),
            (date(2004, 2, 29), "平成16年2月29日"),
            (date(1926, 12, 24), "大正15年12月24日"),
            (date(1926, 12, 25), "昭和元年12月25日"),
            (date(1912, 7, 29), "明治45年7月29日"),
            (date(1912, 7, 30), "大正元年7月30日"),
        ],
    )
    def test_domain_rules_3_1_days(self, day: date, written: str) -> None:
        assert era_date(day) == written

    @pytest.mark.parametrize(
        ("day", "written"),
        [
            (date(2019, 4, 30), "令和元年度"),
            (date(2019, 5, 1), "令和元年度"),
            (date(1989, 1, 7), "昭和63年度"),
            (date(1989, 1, 8), "昭和63年度"),
            (date(1989, 4, 1), "平成元年度"),
            (date(2024, 12, 1), "令和6年度"),
            (date(2025, 1, 31), "令和6年度"),
            (date(2025, 4, 1), "令和7年度"),
        ],
    )
    def test_domain_rules_3_1_fiscal_years(self, day: date, written: str) -> None:
        assert era_fiscal_year(fiscal_year(day)) == written

    def test_days_before_the_table_stay_western(self) -> None:
        assert era_date(date(1867, 5, 6)) == "1867年5月6日"
        assert western_era_date(date(1867, 5, 6)) == "1867年5月6日"
        assert era_fiscal_year(1867) == "1867年度"

    def test_seed_writes_the_western_year_first(self) -> None:
        assert western_era_date(date(2024, 10, 1)) == "2024年（令和6年）10月1日"
        assert western_era_date(date(2019, 5, 1)) == "2019年（令和元年）5月1日"

    def test_domain_rules_3_2_weekdays(self) -> None:
        assert weekday_kanji(date(2024, 10, 1)) == "火"
        assert (
            "".join(weekday_kanji(date(2024, 9, 30) + timedelta(days=n)) for n in range(7))
            == "月火水木金土日"
        )

    def test_eras_stand_newest_first(self) -> None:
        assert [era.first_day for era in ERAS] == sorted((era.first_day for era in ERAS), reverse=True)


class TestParseDate:
    @pytest.mark.parametrize(
        "text",
        [
            "R6.10.1",
            "R06.10.01",
            "r6/10/1",
            "R6-10-1",
            "R061001",
            "令和6年10月1日",
            "令和６年１０月１日",
            "2024/10/01",
            "2024/10/1",
            "2024-10-01",
            "2024.10.1",
            "20241001",
            "２０２４１００１",
            "２０２４／１０／０１",
            "2024年10月1日",
            "2024年10月1日（火）",
            "2024年10月1日火曜日",
            "令和6年10月1日(火曜日)",
            "45566",
            "45566.0",
            "４５５６６",
            "2024年10月1日（火）午前9時",
            "令和 6 年 10 月 1 日",
            "  2024/10/01\n",
            "2024/10/01 09:15:03",
        ],
    )
    def test_domain_rules_3_1_3_2_5_5_written_forms(self, text: str) -> None:
        assert parse_date(text) == date(2024, 10, 1)

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("平成16年2月29日", date(2004, 2, 29)),
            ("２００４年２月２９日", date(2004, 2, 29)),
            ("H16.2.29", date(2004, 2, 29)),
            ("S64.1.7", date(1989, 1, 7)),
            ("令和元年5月1日", date(2019, 5, 1)),
            ("平成36年12月1日", date(2024, 12, 1)),
            ("明治元年1月25日", date(1868, 1, 25)),
            ("T15.12.24", date(1926, 12, 24)),
        ],
    )
    def test_eras(self, text: str, day: date) -> None:
        assert parse_date(text) == day

    @pytest.mark.parametrize(
        "text",
        ["2004/02/30", "20040230", "平成16年2月30日", "2023-02-29", "令和0年1月1日", "2024/13/1", "9999/1/1"],
    )
    def test_days_that_are_in_no_calendar(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            parse_date(text)
        assert caught.value.code == "date.no-such-day"
        assert caught.value.field == "date"
        assert caught.value.params["text"] == text

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "  ",
            "来週",
            "24/10/1",
            "10/1/2024",
            "1.23457E+11",
            "241001",
            "2024",
            "2024/10",
            "X6.10.1",
            "00123",
        ],
    )
    def test_what_is_no_date_is_not_guessed(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            parse_date(text)
        assert caught.value.code == "date.unreadable"

    def test_a_date_followed_by_something_else_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="time"):
            parse_date("2024/10/1 ごろ")

    @given(days)
    def test_every_written_form_is_read_back(self, day: date) -> None:
        wide = str.maketrans("0123456789/", "０１２３４５６７８９／")
        forms = [
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day:%Y%m%d}",
            f"{day:%Y/%m/%d}".translate(wide),
            f"{day.year}年{day.month}月{day.day}日（{weekday_kanji(day)}）",
            era_date(day),
            f"{day:%Y/%m/%d} 00:00:00",
        ]
        assert {parse_date(form) for form in forms} == {day}

    @given(st.dates(date(1930, 1, 1), date(2100, 12, 31)))
    def test_serial_numbers_count_days(self, day: date) -> None:
        assert parse_date(str((day - date(1899, 12, 30)).days)) == day

    @given(st.text(max_size=20))
    def test_any_text_is_a_date_or_a_named_refusal(self, text: str) -> None:
        assert refusal(text).startswith(("date.", "time.")) or parse_date(text)


class TestParseDatetime:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2024/10/01 09:15:03", datetime(2024, 10, 1, 9, 15, 3)),
            ("2024-10-15 14:53", datetime(2024, 10, 15, 14, 53)),
            ("2024-10-01T09:15:03", datetime(2024, 10, 1, 9, 15, 3)),
            ("2024-10-01T09:15:03+09:00", datetime(2024, 10, 1, 9, 15, 3)),
            ("2024/10/01 09:15:03.250", datetime(2024, 10, 1, 9, 15, 3)),
            ("令和6年10月1日 午後3時5分", datetime(2024, 10, 1, 15, 5)),
            ("2024年10月1日（火）9時半", datetime(2024, 10, 1, 9, 30)),
            ("20241001091503", datetime(2024, 10, 1, 9, 15, 3)),
            ("202410010915", datetime(2024, 10, 1, 9, 15)),
            ("45570.5", datetime(2024, 10, 5, 12, 0)),
            ("45566", datetime(2024, 10, 1)),
            ("2024/10/01", datetime(2024, 10, 1)),
        ],
    )
    def test_written_forms(self, text: str, moment: datetime) -> None:
        assert parse_datetime(text) == moment

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "date.unreadable"),
            ("10時", "date.unreadable"),
            ("12.5", "date.unreadable"),
            ("00012.5", "date.unreadable"),
            ("2024/02/30 9:00", "date.no-such-day"),
            ("2024/10/01 25:00", "time.no-such-time"),
            ("202410012500", "time.no-such-time"),
            ("2024/10/01 9時ごろ", "time.unreadable"),
        ],
    )
    def test_refusals(self, text: str, code: str) -> None:
        with pytest.raises(ValidationError) as caught:
            parse_datetime(text)
        assert caught.value.code == code

    @given(
        st.datetimes(datetime(1930, 1, 1), datetime(2100, 1, 1)).map(
            lambda moment: moment.replace(microsecond=0)
        )
    )
    def test_round_trip(self, moment: datetime) -> None:
        serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
        assert parse_datetime(f"{moment:%Y/%m/%d %H:%M:%S}") == moment
        assert parse_datetime(f"{moment:%Y%m%d%H%M%S}") == moment
        assert parse_datetime(f"{serial:.8f}") == moment


class TestParseTime:
    @pytest.mark.parametrize(
        ("text", "clock"),
        [
            *(
                (text, time(9))
                for text in ("9:00", "09:00", "９：００", "9時", "0900", "9", "午前9時", "0.375")
            ),
            *((text, time(9, 30)) for text in ["9:30", "9時30分", "９時３０分", "9時半", "0930", "930"]),
            *((text, time(13, 30)) for text in ("午後1時30分", "1:30 PM", "PM 1:30", "13時30分", " 13:30 ")),
            *((text, time(12)) for text in ("午後0時", "0.5", "12:00 PM")),
            *((text, time(0)) for text in ("午前12時", "12:00 am", "0:00")),
            ("16:00:30", time(16, 0, 30)),
            ("23:59", time(23, 59)),
        ],
    )
    def test_written_forms(self, text: str, clock: time) -> None:
        assert parse_time(text) == clock

    @pytest.mark.parametrize("text", ["", "朝", "9.30", "AM 9:00 PM", "午前0900", "0900 PM", "9:00-12:00"])
    def test_unreadable(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            parse_time(text)
        assert (caught.value.code, caught.value.field) == ("time.unreadable", "time")

    @pytest.mark.parametrize("text", ["24:00", "9:60", "午後13時", "99", "2460", "0.99999"])
    def test_no_such_time(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            parse_time(text)
        assert caught.value.code == "time.no-such-time"

    @given(st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
    def test_round_trip(self, clock: time) -> None:
        half = "午前" if clock.hour < 12 else "午後"
        forms = [
            f"{clock:%H:%M}",
            f"{clock:%H%M}",
            f"{clock.hour}時{clock.minute}分",
            f"{half}{clock.hour % 12}時{clock.minute}分",
        ]
        assert {parse_time(form) for form in forms} == {clock}


class TestParseMonth:
    @pytest.mark.parametrize(
        "text",
        [
            "2026年3月",
            "２０２６年３月",
            "2026/3",
            "2026-03",
            "2026.3",
            "202603",
            "R8.3",
            "令和8年3月",
            "2026年3月卒業見込み",
            "2026年3月卒業予定",
            "令和8年3月修了見込",
            "2026年3月31日卒業見込",
            "2026/03/31",
            "20260331",
            "46112",
        ],
    )
    def test_written_forms(self, text: str) -> None:
        assert parse_year_month(text) == (2026, 3)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "month.unreadable"),
            ("来春", "month.unreadable"),
            ("2026", "month.unreadable"),
            ("2026年13月", "month.no-such-month"),
            ("202600", "month.no-such-month"),
            ("2026/02/30", "month.unreadable"),
        ],
    )
    def test_refusals(self, text: str, code: str) -> None:
        with pytest.raises(ValidationError) as caught:
            parse_year_month(text)
        assert (caught.value.code, caught.value.field) == (code, "month")

    def test_the_command_lines_form_is_strict(self) -> None:
        assert parse_month("2024-12") == (2024, 12)
        for text in ("2024-1", "2024/12", "202412", "２０２４-１２", " 2024-12", ""):
            with pytest.raises(ValidationError, match=r"month\.unreadable"):
                parse_month(text)
        for text in ("2024-13", "2024-00", "0001-01"):
            with pytest.raises(ValidationError, match=r"month\.no-such-month"):
                parse_month(text)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_the_english_window_writes_it(day: date) -> None:
    assert parse_date(day.strftime("%a, %d %b %Y")) == day
    assert parse_date(f"{day.day} {day.strftime('%B')} {day.year}") == day


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(
        ["{}/{}/{} {}:{:02d}:{:02d}", "{}-{}-{}T{}:{:02d}:{:02d}", "{}/{:02d}/{:02d} {:02d}:{:02d}"]
    ),
    st.tuples(
        st.sampled_from([1867, 1868, 2024, 2199, 2200]),
        st.integers(0, 13),
        st.integers(0, 32),
        st.integers(0, 25),
        st.integers(0, 61),
        st.integers(0, 61),
    ),
)
def test_a_usual_moment_is_what_the_long_way_gives(form: str, parts: tuple[int, ...]) -> None:
    """Full-width digits go the long way round."""
    text = form.format(*parts)
    wide = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert moment_or_code(text) == moment_or_code(wide)


def moment_or_code(text: str) -> datetime | str:
    try:
        return parse_datetime(text)
    except ValidationError as error:
        return error.code
