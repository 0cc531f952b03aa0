"""Papers of one month: the attendance sheet and the pay statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest

from fujisawa_desktop.documents.specs import (
    AttendanceDay,
    AttendanceSpec,
    LabelledText,
    Owner,
    PayLine,
    PaySection,
    PayStatementSpec,
)
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import (
    ClosedReason,
    closed_reason,
    holiday_name,
    month_days,
    weekday_kanji,
)
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours import PersonMonth, month_view
from fujisawa_desktop.services.paper_kinds import (
    PaperOrder,
    Sheet,
    Unsure,
    cap_text,
    contact_box,
    unknown_numbers,
)
from fujisawa_desktop.services.paper_options import AttendanceOptions
from fujisawa_desktop.services.paper_wording import MINUS, Wording, clock_short, hours, span_short
from fujisawa_desktop.services.pay import PayRow, pay_for_month
from fujisawa_desktop.services.pay_snapshot import as_stated
from fujisawa_desktop.services.staff import Member, StoredShift, members, shifts_of


def _month_values(order: PaperOrder) -> dict[str, str]:
    """Return what the words in braces stand for in papers of a month."""
    return {
        "年度": order.words.fiscal_year(order.programme.fiscal_year),
        "実施回名": order.programme.title,
        "月": order.words.month(*order.month),
        "作成日時": order.words.moment(order.now),
    }


def _check(order: PaperOrder, known: Iterable[str]) -> None:
    year, month = order.month
    numbers = frozenset(known)
    if not numbers:
        raise RuleError("month.nobody", year=year, month=month)
    without = unknown_numbers(order.numbers, numbers)
    if without:
        raise RuleError("papers.not-appointed", numbers=without, year=year, month=month)


def attendance_sheets(database: Database, order: PaperOrder) -> list[Sheet]:
    """Return one sheet for everybody whose term touches the month, in order of kana.

    Raises:
        RuleError: ``month.nobody``, ``papers.not-appointed``.
    """
    year, month = order.month
    view = month_view(database, programme_id=order.programme.id, year=year, month=month)
    _check(order, (person.member.number for person in view.people))
    days = month_days(year, month)
    with database.read() as session:
        shifts = shifts_of(session, order.programme.id, first=days[0], last=days[-1])
    return [
        Sheet(
            _attendance(order, person, shifts.get(person.member.appointment_id, ())),
            person.member.applicant_id,
        )
        for person in view.people
        if order.wants(person.member.number)
    ]


def _attendance(order: PaperOrder, person: PersonMonth, shifts: Sequence[StoredShift]) -> AttendanceSpec:
    words, member = order.words, person.member
    values = _month_values(order)
    blank = isinstance(order.options, AttendanceOptions) and order.options.is_blank
    shown = [shift for shift in shifts if shift.kind is ShiftKind.PLANNED] if blank else shifts
    return AttendanceSpec(
        owner=Owner(member.number, member.name),
        title=words.text("title"),
        month=words.fill(words.text("month"), values),
        facts=_attendance_facts(words, member, order.common),
        days=tuple(_days(order, member, shown)),
        totals=_attendance_totals(words, person, shifts, blank=blank),
        stamps=words.texts("stamps"),
        notes=words.fill_all(words.texts("notes"), values),
        printed_at=words.fill(words.text("printed"), values),
        signatures=words.fill_all(words.texts("signatures"), values),
    )


def _attendance_totals(
    words: Wording, person: PersonMonth, shifts: Sequence[StoredShift], *, blank: bool
) -> tuple[LabelledText, ...]:
    """Return the sums of the month; on a blank sheet room to write them in."""
    labels, empty = words.part("totals"), words.part("blank")
    planned = hours(sum(shift.time.minutes for shift in shifts if shift.kind is ShiftKind.PLANNED))
    if blank:
        totals = {"days": empty.text("days"), "planned": planned, "worked": empty.text("worked")}
    else:
        worked_days = {shift.time.day for shift in shifts if shift.kind is ShiftKind.WORKED}
        totals = {
            "days": f"{len(worked_days)}日",
            "planned": planned,
            "worked": hours(person.worked),
            "left": hours(max(person.member.rules.cap.most - person.worked, 0)),
        }
    return tuple(LabelledText(labels.text(name), text) for name, text in totals.items())


def _attendance_facts(words: Wording, member: Member, common: Wording) -> tuple[LabelledText, ...]:
    rules, labels = member.rules, words.part("facts")
    facts = {
        "name": member.name,
        "number": member.number,
        "department": member.host_department,
        "course": member.course_name,
        "term": words.span(rules.first, rules.last),
        "cap": cap_text(rules.cap.minutes, inclusive=rules.cap.inclusive, common=common),
    }
    return tuple(LabelledText(labels.text(name), text) for name, text in facts.items())


def _days(order: PaperOrder, member: Member, shifts: Sequence[StoredShift]) -> Iterable[AttendanceDay]:
    """Yield the rows of the sheet; a day with several stretches of work takes a row for each."""
    for day in month_days(*order.month):
        closed = closed_reason(day, order.programme.closed)
        mine = [shift for shift in shifts if shift.time.day == day]
        planned = [shift for shift in mine if shift.kind is ShiftKind.PLANNED]
        worked = [shift for shift in mine if shift.kind is ShiftKind.WORKED]
        pairs = list(zip_longest(planned, worked)) or [(None, None)]
        outside = not member.rules.first <= day <= member.rules.last
        for number, (plan, work) in enumerate(pairs):
            yield AttendanceDay(
                day=str(day.day) if number == 0 else "",
                weekday=weekday_kanji(day) if number == 0 else "",
                is_closed=closed is not None or outside,
                planned=_span(plan),
                starts=clock_short(work.time.start) if work else "",
                ends=clock_short(work.time.end) if work else "",
                break_time=span_short(work.time.break_minutes) if work and work.time.break_minutes else "",
                worked=span_short(work.time.minutes) if work else "",
                note=_note(order, day, closed if number == 0 else None, work or plan, outside=outside),
            )


def _span(shift: StoredShift | None) -> str:
    return f"{clock_short(shift.time.start)}～{clock_short(shift.time.end)}" if shift else ""


def _note(
    order: PaperOrder, day: date, closed: ClosedReason | None, shift: StoredShift | None, *, outside: bool
) -> str:
    words = order.words
    notes = [words.text("outside")] if outside else []
    if closed is ClosedReason.HOLIDAY:
        notes.append(holiday_name(day) or "")
    elif closed is ClosedReason.YEAR_END:
        notes.append(words.text("year_end"))
    elif closed is ClosedReason.CITY:
        notes += [row.name for row in order.programme.closed_days if row.day == day]
    if shift is not None:
        if shift.is_remote:
            notes.append(words.text("remote"))
        if shift.holiday_order:
            notes.append(f"{words.text('holiday_order')}（{shift.holiday_order}）")
        notes.append(shift.reason)
    return "　".join(filter(None, notes))


def pay_statements(database: Database, order: PaperOrder) -> list[Sheet]:
    """Return one statement for everybody whose term touches the month, in order of kana.

    What was stated is printed as it was stated, whatever the hours say by now; a check tells of both.

    Raises:
        RuleError: ``month.nobody``, ``papers.not-appointed``, or ``papers.pay-open`` while the tax of
            somebody has to be typed in.
    """
    year, month = order.month
    rows = pay_for_month(database, programme_id=order.programme.id, year=year, month=month)
    _check(order, (row.number for row in rows))
    wanted = [row for row in rows if order.wants(row.number)]
    with database.read() as session:
        unsure = {row.appointment_id: _unsure(row) for row in wanted}
        wanted = as_stated(session, wanted, year, month)
        staff = {
            member.appointment_id: member
            for member in members(
                session,
                order.programme.id,
                year_month=(year, month),
                also=[row.appointment_id for row in rows if row.corrections],
            )
        }
    undecided = [row.number for row in wanted if row.net is None]
    if undecided:
        raise RuleError("papers.pay-open", numbers=undecided, year=year, month=month)
    return [
        Sheet(
            _statement(order, row, staff[row.appointment_id]),
            staff[row.appointment_id].applicant_id,
            unsure=unsure[row.appointment_id],
        )
        for row in wanted
    ]


def _unsure(row: PayRow) -> Unsure | None:
    if row.stated is None:
        return Unsure.NOT_STATED
    return Unsure.OUTDATED if row.differs else None


def _statement(order: PaperOrder, row: PayRow, member: Member) -> PayStatementSpec:
    words, programme = order.words, order.programme
    values, facts = _month_values(order), words.part("facts")
    shown = {
        "number": row.number,
        "department": member.host_department,
        "course": member.course_name,
        "paid_on": words.day_and_weekday(row.paid_on) if row.paid_on else "",
    }
    return PayStatementSpec(
        owner=Owner(row.number, row.name),
        title=words.text("title"),
        month=words.fill(words.text("month"), values),
        name=row.name,
        honorific=words.text("honorific"),
        sender=(f"{programme.municipality} {programme.office}",),
        date=words.day(order.dated),
        facts=tuple(LabelledText(facts.text(name), text) for name, text in shown.items()),
        sections=_sections(words, row),
        net=LabelledText(words.part("labels").text("net"), _yen(row.net or 0)),
        notes=words.fill_all(words.texts("notes"), values),
        contact=contact_box(programme, order.common),
    )


def _sections(words: Wording, row: PayRow) -> tuple[PaySection, ...]:
    labels = words.part("labels")
    steps = Sentences(words, row.steps)
    insurance = steps.texts("explain.insurance") or (words.text("insurance_none"),)
    tax = row.tax or 0
    return (
        PaySection(
            labels.text("section_pay"),
            (
                PayLine(
                    labels.text("hours"), steps.texts("explain.worked", "explain.no-work"), hours(row.minutes)
                ),
                PayLine(labels.text("pay"), steps.texts(*_PAY_STEPS), _yen(row.pay)),
            ),
        ),
        PaySection(
            labels.text("section_commuting"),
            (PayLine(labels.text("commuting"), steps.starting("explain.commuting"), _yen(row.commuting)),),
        ),
        *_correction_section(words, steps, row),
        PaySection(
            labels.text("section_deductions" if not row.corrections else "section_deductions_later"),
            (
                PayLine(labels.text("tax"), steps.starting("explain.tax"), _yen(tax)),
                PayLine(labels.text("insurance"), insurance, _yen(row.insurance)),
                PayLine(labels.text("deductions"), (), _yen(tax + row.insurance), is_total=True),
            ),
        ),
    )


def _correction_section(words: Wording, steps: Sentences, row: PayRow) -> tuple[PaySection, ...]:
    """Return what is paid or kept back for earlier months, if anything is: a line for each of them."""
    if not row.corrections:
        return ()
    labels = words.part("labels")
    lines: list[PayLine] = []
    for one in row.corrections:
        values = {"月": words.month(one.year, one.month)}
        told = steps.about(one.year, one.month)
        pay_told = told.texts("explain.corrected-day", "explain.corrected-hours", "explain.corrected-pay")
        label = labels.fill(labels.text("corrected_pay"), values)
        lines.append(PayLine(label, pay_told, _yen(one.pay)))
        if one.commuting:
            fare_told = told.texts("explain.corrected-commuting")
            label = labels.fill(labels.text("corrected_commuting"), values)
            lines.append(PayLine(label, fare_told, _yen(one.commuting)))
    return (PaySection(labels.text("section_corrections"), tuple(lines)),)


_PAY_STEPS = (
    "explain.hours-rounded",
    "explain.rate",
    "explain.premium",
    "explain.product",
    "explain.rounding-a",
    "explain.rounding-b",
    "explain.rounding-c",
    "explain.premium-part",
)


class Sentences:
    """How an amount came about, in the words of the statement."""

    def __init__(self, words: Wording, steps: Sequence[Step]) -> None:
        """Take the wording of the statement and the steps of one person's month."""
        self._words = words
        self._sentences = words.part("steps")
        self._steps = steps

    def texts(self, *codes: str) -> tuple[str, ...]:
        """Return the sentences of the steps that have one of these codes, in their order."""
        return tuple(self._sentence(step) for step in self._steps if step.code in codes)

    def about(self, year: int, month: int) -> Sentences:
        """Return those about one month: they name it, or a day of it."""
        mine = (
            step
            for step in self._steps
            if (step.params.get("year"), step.params.get("month")) == (year, month)
            or (isinstance(day := step.params.get("date"), date) and (day.year, day.month) == (year, month))
        )
        return Sentences(self._words, tuple(mine))

    def starting(self, beginning: str) -> tuple[str, ...]:
        """Return the sentences of the steps whose code begins so."""
        return tuple(self._sentence(step) for step in self._steps if step.code.startswith(beginning))

    def _sentence(self, step: Step) -> str:
        values = {name: self._value(name, value) for name, value in step.params.items()}
        return self._words.fill(self._sentences.text(step.code), values)

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, date):
            return self._words.day(value)
        if isinstance(value, int):
            return span_short(value) if name.endswith("_hm") else _amount(value)
        return str(value)


def _amount(value: int) -> str:
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def _yen(amount: int) -> str:
    return f"{_amount(amount)}円"
