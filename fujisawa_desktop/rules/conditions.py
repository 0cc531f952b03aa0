"""What a 勤務条件通知書 has to say (労働基準法15条, 同法施行規則5条), item by item.

The items are those of domain rules 1.5: the list of the law, what has been added since 2024-04-01
(the range in which place and work may change, and the limit of renewals), and what local lists add
(再度の任用, insurance, overtime).  無期転換 is left out: 労働契約法 does not cover public servants.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import add_months

BONUS_MONTHS: Final = 6
BONUS_WEEK_MINUTES: Final = 15 * 60 + 30
_HOURS: Final = re.compile(r"(\d{1,4})(?:時間)?(?:\s*:?\s*([0-5]?\d)分?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ConditionItem:
    """One item of the notice.

    Attributes:
        key: its name in programme files and in what is stored.
        name: what the paper calls it.
        is_required: the notice is not made while the item is empty.
        is_data: the program can say it from what it holds; otherwise somebody has to write it.
    """

    key: str
    name: str
    is_required: bool = True
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Items that stand together under one heading."""

    key: str
    name: str
    items: tuple[ConditionItem, ...]


def _data(key: str, name: str) -> ConditionItem:
    return ConditionItem(key, name, is_data=True)


CONDITION_GROUPS: Final = (
    ConditionGroup(
        "term",
        "任用",
        (
            _data("post", "職"),
            _data("term", "任用期間"),
            _data("probation", "条件付採用期間"),
            ConditionItem("renewal", "更新及び再度の任用の有無と基準"),
            ConditionItem("renewal_limit", "更新の上限の有無と内容"),
        ),
    ),
    ConditionGroup(
        "work",
        "場所及び業務",
        (
            _data("department", "所属"),
            _data("workplace", "勤務場所（任用時）"),
            ConditionItem("workplace_range", "勤務場所の変更の範囲"),
            _data("duties", "従事する業務（任用時）"),
            ConditionItem("duties_range", "業務の変更の範囲"),
        ),
    ),
    ConditionGroup(
        "hours",
        "勤務時間等",
        (
            _data("hours", "始業及び終業の時刻"),
            _data("break", "休憩時間"),
            _data("days", "勤務日及び勤務時間の上限"),
            ConditionItem("overtime", "時間外勤務の有無"),
            _data("closed_days", "休日"),
            ConditionItem("leave", "休暇"),
        ),
    ),
    ConditionGroup(
        "pay",
        "報酬等",
        (
            _data("rate", "報酬の額"),
            _data("calculation", "報酬の計算方法"),
            _data("cutoff", "報酬の締切日"),
            _data("pay_day", "報酬の支給日"),
            ConditionItem("pay_method", "報酬の支払方法"),
            _data("deductions", "報酬からの控除"),
            ConditionItem("commuting", "通勤に係る費用弁償"),
            _data("bonus", "期末手当及び勤勉手当"),
            ConditionItem("retirement_pay", "退職手当"),
            ConditionItem("raise", "昇給"),
        ),
    ),
    ConditionGroup(
        "other",
        "保険・服務等",
        (
            ConditionItem("social_insurance", "健康保険及び厚生年金保険"),
            _data("employment_insurance", "雇用保険"),
            ConditionItem("accident", "公務災害等の補償"),
            ConditionItem("leaving", "退職に関する事項"),
            ConditionItem("discipline", "服務"),
            ConditionItem("oath", "服務の宣誓", is_required=False),
            ConditionItem("other", "その他", is_required=False),
        ),
    ),
)
"""All items in the order of the paper."""
CONDITION_ITEMS: Final = tuple(item for group in CONDITION_GROUPS for item in group.items)
CONDITION_KEYS: Final = frozenset(item.key for item in CONDITION_ITEMS)


def condition_item(key: str) -> ConditionItem:
    """Return the item called ``key``."""
    return next(item for item in CONDITION_ITEMS if item.key == key)


def probation_end(start: date, end: date) -> date:
    """Return the last day of the first month, for which an appointment is conditional (地公法22条).

    Whether days not worked make it longer is a rule of the city, which the notice says in words.
    """
    return min(add_months(start, 1) - timedelta(days=1), end)


def may_get_bonus(start: date, end: date, week_minutes: int) -> bool:
    """Tell whether 期末手当 and 勤勉手当 can come into question at all.

    Only for terms of six months and more with at least 15 hours 30 minutes a week (domain rules
    1.13, after 川崎市規則).  ``week_minutes`` are the most that can be worked in a week.
    """
    six_months = end >= add_months(start, BONUS_MONTHS) - timedelta(days=1)
    return six_months and week_minutes >= BONUS_WEEK_MINUTES


def parse_hours(text: str) -> int:
    """Read a span such as ``60``, ``59:45`` or ``54時間20分`` as minutes; full-width digits too.

    Raises:
        ValidationError: ``number.unreadable``.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _HOURS.fullmatch(plain)
    if match is None or (match[2] and not {":", "時"} & set(plain)):
        raise ValidationError("number.unreadable", field="hours", text=text)
    return int(match[1]) * 60 + int(match[2] or 0)
