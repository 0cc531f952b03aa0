"""Other programmes than the shipped one, for the tests of the public papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.courses import CourseForm, add_course, course, courses, new_course, save_course
from fujisawa_desktop.services.programme_view import ContactRow, PatternRow, RateRow
from fujisawa_desktop.services.programmes import programme, save_programme

LONG = (
    "市民の声を直接聴きながら、地域の課題を見つけ、解決の方法を職員とともに考え、実行し、効果を確かめるまでの"
    "一連の仕事に携わっていただきます。学生ならではの視点や発想力を遺憾なく発揮していただくことを期待しています。"
)


def change_programme(database: Database, programme_id: int, **changes: Any) -> None:
    """Store the programme with other values."""
    save_programme(database, form=replace(programme(database, programme_id), **changes))


def change_course(database: Database, course_id: int, **changes: Any) -> None:
    """Store a course with other values."""
    save_course(database, form=replace(course(database, course_id), **changes))


def another_city(database: Database, programme_id: int, **changes: Any) -> None:
    """Make it the programme of another city and year, with nothing but data and the shipped wording."""
    values: dict[str, Any] = {
        "texts": {},
        "municipality": "見本町",
        "office": "総務課",
        "title": "見本町学生インターンシップ",
        "short_title": "令和8年度見本町学生インターンシップ",
        "fiscal_year": 2026,
        "employment_kind": "会計年度任用職員",
        "workplace": "見本町役場",
        "workplace_note": "",
        "home_page_url": "https://www.town.example.lg.jp/intern/",
        "entry_from": date(2026, 6, 22),
        "entry_until": date(2026, 7, 10),
        "entry_deadline": programme(database, programme_id).entry_deadline.replace(
            year=2026, month=7, day=10
        ),
        "first_result_on": date(2026, 7, 17),
        "interview_from": date(2026, 7, 21),
        "interview_until": date(2026, 7, 31),
        "final_result_on": date(2026, 8, 5),
        "final_result_text": "8月上旬",
        "term_from": date(2026, 8, 17),
        "term_until": date(2026, 12, 20),
        "week_days_min": 2,
        "week_days_max": 2,
        "cap_minutes": 2400,
        "cap_inclusive": True,
        "cap_sources": (),
        "interview_slot_minutes": 20,
        "rates": (RateRow(date(2026, 4, 1), 1300), RateRow(date(2026, 10, 1), 1400)),
        "patterns": (PatternRow("1", "1日", time(8, 30), time(15, 30), time(12), 60),),
        "contacts": (
            ContactRow("press", "見本町 総務課", "山田", "000-000-0001", "", "koho@example.lg.jp"),
            ContactRow("notice", "見本町 総務課", "鈴木", "000-000-0002", "", ""),
        ),
    }
    change_programme(database, programme_id, **{**values, **changes})
    for number, row in enumerate(courses(database, programme_id), 1):
        change_course(
            database,
            row.id,
            name=f"第{number}コース",
            host_department=f"第{number}課",
            tagline="町の仕事に携わります。",
            flyer_text="町の仕事に携わります。",
            summary="町の仕事に携わります。",
            background="",
            initiatives="",
            contents="町の仕事",
            wanted="・町が好きな方",
            duties="・町の仕事",
        )


def more_courses(database: Database, programme_id: int, count: int, text: str = LONG) -> None:
    """Add courses until there are ``count``."""
    for number in range(len(courses(database, programme_id)) + 1, count + 1):
        form: CourseForm = replace(
            new_course(programme_id),
            name=f"「地域とともに歩む協働のまちづくり推進・その{number}」コース",
            short_name=f"まちづくり{number}",
            sign=f"ま{number}",
            host_department="市民自治部市民自治推進課地域コミュニティ担当",
            capacity=3,
            tagline=text[:60],
            flyer_text=text,
            summary=text,
            background=text,
            initiatives=f"これまでの取組\n{text}",
            contents=text[:40],
            wanted="・地域が好きな方\n・人と話すことが好きな方",
            duties="・企画\n・運営",
        )
        add_course(database, form=form)
