from __future__ import annotations

from datetime import datetime

import pytest

from fujisawa_desktop.rules.eligibility import EligibilityPolicy, EntryFlag, entry_flags

POLICY = EligibilityPolicy(
    deadline=datetime(2024, 10, 16, 23, 59),
    school_words=("大学", "大学院", "university"),
    refused_words=("高等学校", "高校", "専門学校", "高専", "大学校", "株式会社", "㈱", "勤務"),
    withdrawn_words=("取下げ", "取り下げ", "辞退"),
)
IN_TIME = datetime(2024, 10, 16, 12, 0)


def flags(
    *,
    received_at: datetime | None = IN_TIME,
    state_text: str = "処理待ち",
    school: str = "湘南工科大学",
    school_category: str = "",
) -> tuple[str, ...]:
    return tuple(
        entry_flags(
            received_at=received_at,
            state_text=state_text,
            school=school,
            school_category=school_category,
            policy=POLICY,
        )
    )


def test_an_ordinary_entry_has_no_flag() -> None:
    assert flags() == ()


@pytest.mark.parametrize(
    ("received_at", "late"),
    [
        (datetime(2024, 10, 16, 0, 0), False),
        (datetime(2024, 10, 16, 23, 59, 0), False),
        (datetime(2024, 10, 16, 23, 59, 59), False),
        (datetime(2024, 10, 17, 0, 0, 0), True),
        (datetime(2024, 10, 17, 0, 3), True),
        (None, False),
    ],
)
def test_domain_rules_5_5_the_deadline_includes_its_last_minute(
    received_at: datetime | None, late: bool
) -> None:
    assert flags(received_at=received_at) == (("late",) if late else ())


@pytest.mark.parametrize("state", ["取下げ", "取り下げ済", "申込取下げ（本人）", "内定辞退"])
def test_domain_rules_5_5_withdrawn_states(state: str) -> None:
    assert flags(state_text=state) == ("withdrawn",)


@pytest.mark.parametrize("state", ["", "処理待ち", "受付済", "完了"])
def test_other_states(state: str) -> None:
    assert flags(state_text=state) == ()


@pytest.mark.parametrize(
    ("school", "category"),
    [
        ("慶應義塾大学", ""),
        ("慶應義塾大学大学院", "大学院"),
        ("ＳＡＭＰＬＥ　Ｕｎｉｖｅｒｓｉｔｙ", ""),
        ("見本大學", ""),
        ("見本短期大学", ""),
        ("見本専門職大学", ""),
        ("見本", "大学"),
    ],
)
def test_students(school: str, category: str) -> None:
    assert flags(school=school, school_category=category) == ()


@pytest.mark.parametrize(
    ("school", "category"),
    [
        ("見本総合高等学校", ""),
        ("見本大学附属高校", ""),
        ("見本情報専門学校", "専門学校"),
        ("株式会社見本（勤務）", ""),
        ("㈱見本大学サービス", ""),
        ("見本大学校", ""),
        ("見本工業高等専門学校", "高専"),
        ("見本", "専門学校"),
        ("", ""),
        ("見本市役所", ""),
    ],
)
def test_not_students(school: str, category: str) -> None:
    assert flags(school=school, school_category=category) == ("not-student",)


def test_flags_come_in_a_fixed_order() -> None:
    everything = flags(received_at=datetime(2024, 10, 17), state_text="取下げ", school="見本高校")
    assert everything == tuple(flag for flag in EntryFlag if flag is not EntryFlag.DISQUALIFIED)


def test_the_words_are_data() -> None:
    other = EligibilityPolicy(datetime(2030, 1, 1), ("高校",), (), ("取消",))
    assert entry_flags(
        received_at=IN_TIME, state_text="取消", school="見本高校", school_category="", policy=other
    ) == (EntryFlag.WITHDRAWN,)


def test_an_empty_word_matches_nothing() -> None:
    other = EligibilityPolicy(datetime(2030, 1, 1), ("大学",), ("",), ("", " "))
    assert entry_flags(received_at=None, state_text="", school="大学", school_category="", policy=other) == ()
