"""Papers of the interview day: score sheets, what hangs at the doors, each interviewer's own timetable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import (
    Align,
    ChoiceLine,
    Column,
    DoorLine,
    DoorListSpec,
    LabelledText,
    Owner,
    RosterSpec,
    ScoreLine,
    ScoreSheetSpec,
)
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import InterviewCriterion
from fujisawa_desktop.services.interview_facts import (
    InterviewerFacts,
    InterviewFacts,
    interview_facts,
    interviewer_facts,
)
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.paper_lists import list_values
from fujisawa_desktop.services.paper_wording import clock_short

_CIRCLED_MOST: Final = 10
"""Up to this maximum the points stand on the sheet, to be circled."""
_APART_MOST: Final = 8
"""Up to this maximum they stand a whole character apart; more of them would not fit on one line."""
_SHORT_FACTS: Final = frozenset({"number", "time"})
_BLANK_LINES: Final = 5
"""Lines to write criteria on by hand while the programme has none."""
_SHARES: Final = (21, 25, 28, 50, 34, 38, 56)
_ALIGNS: Final[tuple[Align, ...]] = ("left", "left", "left", "left", "left", "left", "left")


def score_sheets(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one sheet for each interview and interviewer, by interviewer and time.

    Raises:
        RuleError: ``papers.no-interviews``.
    """
    people = interviewer_facts(session, order.programme.id)
    criteria = session.scalars(
        select(InterviewCriterion)
        .where(InterviewCriterion.programme_id == order.programme.id)
        .order_by(InterviewCriterion.position, InterviewCriterion.id)
    ).all()
    lines = tuple(_score_line(order, row) for row in criteria)
    found = _by_interviewer(session, order, people)
    return [
        Sheet(_score_sheet(order, one, person, lines)) for person, interviews in found for one in interviews
    ]


def door_lists(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one list for each room or interviewer and day; numbers and times, nothing else.

    Raises:
        RuleError: ``papers.no-interviews``.
    """
    people = interviewer_facts(session, order.programme.id)
    return [
        Sheet(_door_list(order, person, day, [one for one in interviews if one.starts.date() == day]))
        for person, interviews in _by_interviewer(session, order, people)
        for day in sorted({one.starts.date() for one in interviews})
    ]


def interviewer_timetables(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one list for each interviewer with all of that person's interviews.

    Raises:
        RuleError: ``papers.no-interviews``.
    """
    people = interviewer_facts(session, order.programme.id)
    return [
        Sheet(_timetable(order, person, interviews, people))
        for person, interviews in _by_interviewer(session, order, people)
    ]


def _by_interviewer(
    session: Session, order: PaperOrder, people: dict[int, InterviewerFacts]
) -> list[tuple[InterviewerFacts, list[InterviewFacts]]]:
    wanted = [one for one in interview_facts(session, order.programme.id) if order.wants(one.number)]
    found = [
        (person, mine)
        for key, person in people.items()
        if (mine := [one for one in wanted if key in one.interviewer_ids])
    ]
    if not found:
        raise RuleError("papers.no-interviews", kind=order.kind)
    return found


def _time(one: InterviewFacts) -> str:
    return f"{clock_short(one.starts.time())}～{clock_short(one.ends.time())}"


def _score_line(order: PaperOrder, row: InterviewCriterion) -> ScoreLine:
    circled = row.max_points <= _CIRCLED_MOST
    gap = "　" if row.max_points <= _APART_MOST else " "
    scale = gap.join(str(points) for points in range(row.max_points + 1)) if circled else ""
    most = order.words.fill(order.words.text("most"), {"満点": str(row.max_points)})
    return ScoreLine(row.name, row.guidance, scale, most)


def _score_sheet(
    order: PaperOrder, one: InterviewFacts, person: InterviewerFacts, lines: tuple[ScoreLine, ...]
) -> ScoreSheetSpec:
    words, facts = order.words, order.words.part("facts")
    values = {
        **list_values(order),
        "日付": words.day_and_weekday(one.starts.date()),
        "時間": _time(one),
        "面接官": person.name,
        "課": order.programme.office,
    }
    texts = {
        "number": one.number,
        "time": _time(one),
        "name": one.name,
        "courses": "・".join(one.courses),
        "school": one.school,
    }
    criterion, guidance, scale, points = words.texts("headings")
    return ScoreSheetSpec(
        owner=Owner(f"{one.number}-{person.interviewer_id}", f"{one.number}　{person.name}"),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        mark=words.text("mark"),
        printed_at=words.fill(words.text("printed"), values),
        facts=tuple(
            LabelledText(
                facts.text(key), text, key not in _SHORT_FACTS, reading=one.kana if key == "name" else ""
            )
            for key, text in texts.items()
        ),
        need=_need(order, one),
        headings=(criterion, guidance, scale, points),
        criteria=lines,
        blank_lines=0 if lines else _BLANK_LINES,
        total=words.text("total"),
        choices=tuple(
            ChoiceLine(part.text("label"), part.texts("choices")) for part in words.parts("choices")
        ),
        comment=words.text("comment"),
        notes=words.fill_all(words.texts("notes"), values),
    )


def _need(order: PaperOrder, one: InterviewFacts) -> LabelledText | None:
    if not (one.note or one.support):
        return None
    label = order.words.text("need")
    return LabelledText(label, one.note or label)


def _door_list(
    order: PaperOrder, person: InterviewerFacts, day: date, interviews: Sequence[InterviewFacts]
) -> DoorListSpec:
    words = order.words
    values = {**list_values(order), "日付": words.day_and_weekday(day), "面接官": person.name}
    time, number = words.texts("headings")
    return DoorListSpec(
        owner=Owner(f"{person.interviewer_id}-{day.isoformat()}", f"{person.name}　{values['日付']}"),
        title=words.fill(words.text("title"), values),
        place=words.fill(words.text("place"), values),
        day=words.fill(words.text("day"), values),
        headings=(time, number),
        lines=tuple(DoorLine(_time(one), one.number) for one in interviews),
        notes=words.fill_all(words.texts("notes"), values),
        printed_at=words.fill(words.text("printed"), values),
    )


def _timetable(
    order: PaperOrder,
    person: InterviewerFacts,
    interviews: Sequence[InterviewFacts],
    people: dict[int, InterviewerFacts],
) -> RosterSpec:
    words = order.words
    values = {**list_values(order), "面接官": person.name, "件数": str(len(interviews))}
    return RosterSpec(
        owner=Owner(str(person.interviewer_id), person.name),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        mark=words.text("mark"),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        columns=tuple(
            Column(heading, share, align)
            for heading, share, align in zip(words.texts("columns"), _SHARES, _ALIGNS, strict=True)
        ),
        rows=tuple(_timetable_row(order, one, person, people) for one in interviews),
        empty_text=words.text("empty"),
    )


def _timetable_row(
    order: PaperOrder, one: InterviewFacts, person: InterviewerFacts, people: dict[int, InterviewerFacts]
) -> tuple[str, ...]:
    day = one.starts.date()
    weekday = order.words.day_and_weekday(day)[-2]
    others = [people[key].name for key in one.interviewer_ids if key != person.interviewer_id]
    return (
        f"{day.month}/{day.day}（{weekday}）",
        _time(one),
        one.number,
        one.name,
        "・".join(one.courses),
        "、".join(others),
        one.note or (order.words.text("support") if one.support else ""),
    )
