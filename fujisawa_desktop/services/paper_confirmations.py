"""勤務実績確認書: a sheet for each host department with what its people worked in a month."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.documents.hours_specs import ConfirmationLine, ConfirmationSpec
from fujisawa_desktop.documents.specs import LabelledText, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet, unknown_numbers
from fujisawa_desktop.services.paper_wording import Wording, hours
from fujisawa_desktop.services.staff import Member, StoredShift, members, shifts_of


def confirmation_sheets(database: Database, order: PaperOrder) -> list[Sheet]:
    """Return one sheet for each department, with everybody whose term touches the month.

    Raises:
        RuleError: ``month.nobody``, ``papers.not-appointed``.
    """
    year, month = order.month
    days = month_days(year, month)
    with database.read() as session:
        staff = members(session, order.programme.id, year_month=(year, month))
        shifts = shifts_of(session, order.programme.id, first=days[0], last=days[-1])
    if not staff:
        raise RuleError("month.nobody", year=year, month=month)
    without = unknown_numbers(order.numbers, frozenset(member.number for member in staff))
    if without:
        raise RuleError("papers.not-appointed", numbers=without, year=year, month=month)
    departments: dict[str, list[Member]] = {}
    for member in staff:
        if order.wants(member.number):
            departments.setdefault(member.host_department, []).append(member)
    return [
        Sheet(_confirmation(order, department, people, shifts))
        for department, people in sorted(departments.items())
    ]


def _confirmation(
    order: PaperOrder, department: str, people: Sequence[Member], shifts: dict[int, list[StoredShift]]
) -> ConfirmationSpec:
    words = order.words
    values = {
        "年度": words.fiscal_year(order.programme.fiscal_year),
        "実施回名": order.programme.title,
        "月": words.month(*order.month),
        "作成日時": words.moment(order.now),
    }
    facts, signed = words.part("facts"), words.part("signatures")
    worked = [
        [shift for shift in shifts.get(member.appointment_id, ()) if shift.kind is ShiftKind.WORKED]
        for member in people
    ]
    everything = [shift for mine in worked for shift in mine]
    return ConfirmationSpec(
        owner=Owner(department, department),
        title=words.text("title"),
        month=words.fill(words.text("month"), values),
        facts=(
            LabelledText(facts.text("department"), department),
            LabelledText(facts.text("people"), f"{len(people)}名"),
        ),
        headings=words.texts("headings"),
        lines=tuple(_line(words, member, mine) for member, mine in zip(people, worked, strict=True)),
        total=ConfirmationLine(
            words.text("total"),
            "",
            "",
            f"{sum(len({shift.time.day for shift in mine}) for mine in worked)}日",
            hours(sum(shift.time.minutes for shift in everything)),
        ),
        statement=words.fill(words.text("statement"), values),
        date=words.text("date"),
        signatures=(
            LabelledText(signed.text("department"), department),
            LabelledText(signed.text("name"), ""),
        ),
        notes=words.fill_all(words.texts("notes"), values),
        printed_at=words.fill(words.text("printed"), values),
    )


def _line(words: Wording, member: Member, worked: Sequence[StoredShift]) -> ConfirmationLine:
    days = sorted({shift.time.day for shift in worked})
    listed = "・".join(str(day.day) for day in days) + words.text("day_end") if days else words.text("none")
    return ConfirmationLine(
        member.number,
        member.name,
        listed,
        f"{len(days)}日",
        hours(sum(shift.time.minutes for shift in worked)),
    )
