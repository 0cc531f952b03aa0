"""The figures of the public papers, as the words in braces of their texts stand for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.models import Course
from fujisawa_desktop.rules.calendar import (
    add_months,
    era_date,
    era_fiscal_year,
    weekday_kanji,
    western_era_date,
)
from fujisawa_desktop.services.paper_kinds import PaperOrder, cap_text
from fujisawa_desktop.services.paper_wording import Wording, hours
from fujisawa_desktop.services.programme_view import ContactRow, PatternRow, ProgrammeView

_DAYS_A_MONTH: Final = 365.25 / 12
_CIRCLED_ONE: Final = ord("①")
_CIRCLED_MOST: Final = 20


def _western_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_PERIOD_STYLES: Final[Mapping[str, Callable[[date], str]]] = {
    "western": _western_date,
    "era": era_date,
    "western-era": western_era_date,
}


def public_values(order: PaperOrder, course_count: int) -> dict[str, str]:
    """Return what the words in braces of a public paper stand for, but for those about one course.

    See ``resources/notices/placeholders.toml``.  What the programme does not say is empty.

    Raises:
        InputFileError: ``papers.wording-key``; the wording asks for a way to write dates that is unknown.
    """
    programme, words = order.programme, order.words
    written = period_style(words)
    return {
        "年度": era_fiscal_year(programme.fiscal_year),
        "実施回名": programme.title,
        "実施回略称": programme.short_title,
        "市": programme.municipality,
        "発表日": words.day(order.dated),
        "任用の種類": programme.employment_kind,
        "応募資格": programme.eligibility,
        "勤務場所": programme.workplace,
        "勤務場所の案内": programme.workplace_note,
        "ホームページ": programme.home_page_url,
        "コース数": str(course_count),
        "複数コース": str(course_count) if course_count > 1 else "",
        **_days(programme, written),
        **_work(programme, order.common),
        **_no_course(),
        **contact_values(None),
    }


def period_style(words: Wording) -> Callable[[date], str]:
    """Return how the paper writes the days a period begins and ends on."""
    style = _PERIOD_STYLES.get(words.text("period_style"))
    if style is None:
        raise InputFileError("papers.wording-key", file=words.file, key="period_style")
    return style


def _days(programme: ProgrammeView, written: Callable[[date], str]) -> dict[str, str]:
    final = programme.final_result_on
    return {
        "エントリー期間": _span(programme.entry_from, programme.entry_until, written),
        "エントリー最終日": _month_day(programme.entry_until),
        "エントリー締切": _with_weekday(programme.entry_until),
        "一次発表": _with_weekday(programme.first_result_on),
        "面接期間": f"{_with_weekday(programme.interview_from)}～{_with_weekday(programme.interview_until)}",
        "面接時間": str(programme.interview_slot_minutes),
        "最終発表": _with_weekday(final) if final is not None else programme.final_result_text,
        "実施期間": f"{written(programme.term_from)}～{written(programme.term_until)}",
        "実施月": _months(programme.term_from, programme.term_until, written),
        "実施月数": months_between(programme.term_from, programme.term_until),
    }


def _work(programme: ProgrammeView, common: Wording) -> dict[str, str]:
    least, most = programme.week_days_min, programme.week_days_max
    by_length = sorted(programme.patterns, key=_length)
    longest = _pattern(by_length[-1]) if by_length else ""
    return {
        "最少": str(least),
        "最多": str(most),
        "週の日数": str(most) if least == most else f"{least}～{most}",
        "上限": hours(programme.cap_minutes),
        "勤務時間": cap_text(programme.cap_minutes, inclusive=programme.cap_inclusive, common=common),
        "時給": _rate(programme),
        "短い勤務": _pattern(by_length[0]) if len(by_length) > 1 else "",
        "長い勤務": longest,
    }


def course_values(course: Course, number: int) -> dict[str, str]:
    """Return the words about one course; ``number`` is its place on the paper, from 1."""
    places = f"{course.capacity}名{'程度' if course.capacity_approximate else ''}"
    return {
        "コース": course.name,
        "コース番号": chr(_CIRCLED_ONE + number - 1) if number <= _CIRCLED_MOST else f"({number})",
        "受入部署": course.host_department,
        "定員": places if course.capacity else "",
    }


def _no_course() -> dict[str, str]:
    return dict.fromkeys(("コース", "コース番号", "受入部署", "定員"), "")


def contact_values(contact: ContactRow | None) -> dict[str, str]:
    """Return the words about whom to ask."""
    row = contact or ContactRow("", "", "", "", "", "")
    return {
        "課": row.office,
        "担当者": row.persons,
        "電話": row.phone,
        "内線": row.extension,
        "メール": row.mail,
    }


def months_between(first: date, last: date) -> str:
    """Return how long a term is: 2か月, 約3か月 when it does not end with a month, 20日 below a month."""
    day_after = last + timedelta(days=1)
    count = (day_after.year - first.year) * 12 + day_after.month - first.month
    if count > 0 and add_months(first, count) == day_after:
        return f"{count}か月"
    days = (day_after - first).days
    if add_months(first, 1) > day_after:
        return f"{days}日"
    return f"約{max(round(days / _DAYS_A_MONTH), 1)}か月"


def _span(first: date, last: date, written: Callable[[date], str]) -> str:
    """Return 2024年10月1日（火）～16日（水）: what both days share is said once."""
    start = f"{written(first)}（{weekday_kanji(first)}）"
    if (first.year, first.month) == (last.year, last.month):
        return f"{start}～{last.day}日（{weekday_kanji(last)}）"
    if first.year == last.year:
        return f"{start}～{_with_weekday(last)}"
    return f"{start}～{written(last)}（{weekday_kanji(last)}）"


def _months(first: date, last: date, written: Callable[[date], str]) -> str:
    """Return 2024年12月～2025年1月; within a year 2024年10月～12月."""
    start, end = _of_month(first, written), _of_month(last, written)
    if start == end:
        return start
    return f"{start}～{last.month}月" if first.year == last.year else f"{start}～{end}"


def _of_month(day: date, written: Callable[[date], str]) -> str:
    return written(day).removesuffix(f"{day.day}日")


def _month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _with_weekday(day: date) -> str:
    return f"{_month_day(day)}（{weekday_kanji(day)}）"


def _rate(programme: ProgrammeView) -> str:
    """Return what an hour is worth on the first day of the term."""
    if not programme.rates:
        return ""
    in_force = [rate for rate in programme.rates if rate.from_day <= programme.term_from]
    rate = max(in_force, key=lambda one: one.from_day) if in_force else programme.rates[0]
    return f"{rate.yen:,}円"


def _length(pattern: PatternRow) -> int:
    start, end = (moment.hour * 60 + moment.minute for moment in (pattern.starts, pattern.ends))
    return end - start


def _pattern(pattern: PatternRow) -> str:
    """Return 半日9時～12時."""
    return f"{pattern.name}{_hour(pattern.starts)}～{_hour(pattern.ends)}"


def _hour(moment: time) -> str:
    return f"{moment.hour}時{moment.minute:02d}分" if moment.minute else f"{moment.hour}時"
