"""What each item of a 勤務条件通知書 says for one person.

An item's text is the person's own (``appointment.conditions``), else the programme's
(``programme.conditions``), else the one of the wording file, which the program fills from what it
holds.  All three may use the same placeholders.  An item that prints something unknown, such as a
pay day that is not decided yet, counts as empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.commuting import CommutingMode, CommutingRule
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS, CONDITION_KEYS, may_get_bonus, probation_end
from fujisawa_desktop.rules.hours import Cap
from fujisawa_desktop.rules.pay import Rate, Rounding, rate_on
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.paper_kinds import cap_text
from fujisawa_desktop.services.paper_wording import Wording, clock, hours, wording
from fujisawa_desktop.services.programme_view import ClosedDayRow, PatternRow
from fujisawa_desktop.services.wording_template import TemplateError, template

_MINUTES_A_DAY: Final = 24 * 60
_LAST_DAY: Final = 31
_UNKNOWN: Final = "\ufdd0"


class _Unknown(str):
    """Stands for a figure that is not known: a condition sees nothing, a print leaves a mark."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsFacts:
    """What the data hold about one appointment, or about one that is still to come."""

    municipality: str
    employment_kind: str
    term_from: date
    term_until: date
    host_department: str
    workplace: str
    course: str
    contents: str
    duties: str
    patterns: tuple[PatternRow, ...]
    week_days_min: int
    week_days_max: int
    cap: Cap
    closed_days: tuple[ClosedDayRow, ...]
    rates: tuple[Rate, ...]
    rounding: Rounding
    pay_day: int | None
    pay_month_offset: int
    commuting: CommutingRule
    tax_column: TaxColumn
    insured: bool


def condition_texts(
    words: Wording,
    own: Mapping[str, str],
    programme: Mapping[str, str],
    values: Mapping[str, str],
) -> dict[str, str]:
    """Return the text of every item by key, in the order of the paper; "" for one that is empty.

    Args:
        words: the wording of the notice.
        own: the person's own texts.
        programme: the programme's texts.
        values: what the placeholders stand for (:func:`condition_values`, with those of the person).

    Raises:
        InputFileError: a text cannot be used.
    """
    known = {name: value or _Unknown(_UNKNOWN) for name, value in values.items()}
    usual = words.words("items")
    found: dict[str, str] = {}
    for item in CONDITION_ITEMS:
        source = own.get(item.key) or programme.get(item.key) or usual.get(item.key, "")
        text = words.fill(source, known).strip()
        found[item.key] = "" if _UNKNOWN in text else text
    return found


def empty_items(texts: Mapping[str, str]) -> list[str]:
    """Return the keys of the items that have to be written and are not."""
    return [item.key for item in CONDITION_ITEMS if item.is_required and not texts[item.key]]


def check_conditions(texts: Mapping[str, Any]) -> None:
    """Make sure that the texts of a programme or of a person can be printed.

    Raises:
        ValidationError: ``conditions.item-unknown``, ``conditions.not-text``,
            ``conditions.word-unknown`` or ``conditions.word-broken``; ``field`` is the item's key after
            ``conditions.``.
    """
    known = condition_words()
    for key, text in texts.items():
        field = f"conditions.{key}"
        if key not in CONDITION_KEYS:
            raise ValidationError("conditions.item-unknown", field=field, name=key)
        if not isinstance(text, str):
            raise ValidationError("conditions.not-text", field=field)
        try:
            fault = template(text).unknown(known)
        except TemplateError as error:
            raise ValidationError("conditions.word-broken", field=field, line=error.fault.line) from error
        if fault is not None:
            raise ValidationError("conditions.word-unknown", field=field, word=fault.word)


def condition_words() -> Mapping[str, str]:
    """Return the placeholders that an item may use, each with an example."""
    return wording("placeholders").words("conditions")


def condition_values(words: Wording, facts: TermsFacts, *, since: date | None = None) -> dict[str, str]:
    """Return what the placeholders stand for that are about the appointment, not about the person.

    Args:
        words: the wording of the notice.
        facts: the appointment.
        since: the rate is that of this day and later; the first day of the term if not given.
    """
    phrases = words.part("phrases")
    mode = facts.commuting.mode
    return {
        "自治体": facts.municipality,
        "コース": facts.course,
        "任用の種類": facts.employment_kind,
        "任用期間": words.period(facts.term_from, facts.term_until),
        "任用の末日": words.day(facts.term_until),
        "条件付採用の末日": words.day(probation_end(facts.term_from, facts.term_until)),
        "所属": facts.host_department,
        "勤務場所": facts.workplace,
        "業務の内容": facts.contents.strip(),
        "主な業務": facts.duties.strip(),
        "勤務の形": "\n".join(_pattern(phrases, pattern) for pattern in facts.patterns),
        "休憩時間": "\n".join(_break(phrases, pattern) for pattern in facts.patterns),
        "勤務日数": _week(phrases, facts),
        "勤務時間の上限": cap_text(
            facts.cap.minutes, inclusive=facts.cap.inclusive, common=wording("common")
        ),
        "休日": _closed_days(words, facts),
        "報酬の額": _rates(words, facts, since or facts.term_from),
        "計算方法": words.part("rounding").text(facts.rounding.value),
        "支給日": _pay_day(words, facts),
        "費用弁償の方法": _commuting(words, facts.commuting) if mode is not CommutingMode.NONE else "",
        "所得税": words.part("tax").text(facts.tax_column.value),
        "期末勤勉手当": "" if _may_get_bonus(facts) else phrases.text("bonus_none"),
        "雇用保険": words.part("insurance").text("yes" if facts.insured else "no"),
    }


def _pattern(phrases: Wording, pattern: PatternRow) -> str:
    minutes = _minutes(pattern.starts, pattern.ends) - pattern.break_minutes
    values = {
        "名称": pattern.name,
        "始業": clock(pattern.starts),
        "終業": clock(pattern.ends),
        "実働": hours(minutes),
    }
    return phrases.fill(phrases.text("pattern"), values)


def _break(phrases: Wording, pattern: PatternRow) -> str:
    minutes = pattern.break_minutes
    values = {"名称": pattern.name, "分": str(minutes), "始め": "", "終わり": ""}
    if not minutes:
        return phrases.fill(phrases.text("break_none"), values)
    if pattern.break_from is None:
        return phrases.fill(phrases.text("break_length"), values)
    end = (pattern.break_from.hour * 60 + pattern.break_from.minute + minutes) % _MINUTES_A_DAY
    values["始め"] = clock(pattern.break_from)
    values["終わり"] = clock(pattern.break_from.replace(hour=end // 60, minute=end % 60))
    return phrases.fill(phrases.text("break"), values)


def _week(phrases: Wording, facts: TermsFacts) -> str:
    least, most = min(facts.week_days_min, facts.week_days_max), facts.week_days_max
    key = "week_same" if least == most else "week"
    return phrases.fill(phrases.text(key), {"最少": str(least), "最多": str(most)})


def _closed_days(words: Wording, facts: TermsFacts) -> str:
    """Return the usual closed days, and below them the city's own within the term."""
    phrases = words.part("phrases")
    own = [
        phrases.fill(phrases.text("closed_city"), {"日": words.day(row.day), "名称": row.name})
        for row in facts.closed_days
        if facts.term_from <= row.day <= facts.term_until
    ]
    return "\n".join([phrases.text("closed"), *(["、".join(own)] if own else [])])


def _rates(words: Wording, facts: TermsFacts, first: date) -> str:
    """Return the rate on a day and those that follow it in the term; nothing where none has begun."""
    if not any(rate.valid_from <= first for rate in facts.rates):
        return ""
    phrases = words.part("phrases")
    later = sorted(rate for rate in facts.rates if first < rate.valid_from <= facts.term_until)
    lines = [phrases.fill(phrases.text("rate"), {"金額": f"{rate_on(facts.rates, first).yen:,}"})]
    lines += [
        phrases.fill(phrases.text("rate_later"), {"日": words.day(rate.valid_from), "金額": f"{rate.yen:,}"})
        for rate in later
    ]
    return "\n".join(lines)


def _pay_day(words: Wording, facts: TermsFacts) -> str:
    """Return when the pay comes; nothing while nobody has decided it."""
    if facts.pay_day is None:
        return ""
    phrases, months = words.part("phrases"), words.words("pay_months")
    offset = facts.pay_month_offset
    day = phrases.text("last_day") if facts.pay_day >= _LAST_DAY else f"{facts.pay_day}日"
    values = {"月": months.get(str(offset), f"{offset}か月後の月の"), "日": day}
    return phrases.fill(phrases.text("pay_day"), values)


def _commuting(words: Wording, rule: CommutingRule) -> str:
    """Return how commuting is refunded; nothing while the fare or the pass is not known."""
    values = {
        "運賃": f"{rule.round_trip:,}" if rule.round_trip else "",
        "定期券": f"{rule.pass_month:,}" if rule.pass_month else "",
        "上限": "" if rule.cap is None else f"{rule.cap:,}",
    }
    needed = {
        CommutingMode.PER_DAY: ("運賃",),
        CommutingMode.MONTHLY_PASS: ("定期券",),
        CommutingMode.MIN_OF_BOTH: ("運賃", "定期券"),
    }[rule.mode]
    if not all(values[name] for name in needed):
        return ""
    part = words.part("commuting")
    return part.fill(part.text(rule.mode.value), values)


def _may_get_bonus(facts: TermsFacts) -> bool:
    longest = max(
        (_minutes(pattern.starts, pattern.ends) - pattern.break_minutes for pattern in facts.patterns),
        default=0,
    )
    return may_get_bonus(facts.term_from, facts.term_until, facts.week_days_max * longest)


def _minutes(starts: time, ends: time) -> int:
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
