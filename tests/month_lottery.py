"""Random months of random people, taken through everything from typing to payment.

Everybody comes twice, on the same terms and with the same hours in the end: one is typed in straight,
day by day, the other in any order and by detours.  What both are paid must be the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import select, update

from fujisawa_desktop.models import Appointment, AppointmentRate, Programme, Shift, TransferAccount
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.hours import ShiftKind, ShiftTime
from fujisawa_desktop.rules.shift_entry import WorkPattern, parse_entry
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.consignor import ConsignorForm, consignor_form, save_consignor
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.staff import Member, members, work_terms
from fujisawa_desktop.services.unit_of_work import unit_of_work
from tests.appointed import Person, add_people

ACTOR: Final = "lottery"
MONTHS: Final = ((2024, 12), (2025, 1), (2025, 2))
FIRST, LAST = date(2024, 12, 1), date(2025, 2, 28)
PREMIUMS: Final = ((480, 2_400, 25), (465, 2_325, 25), (240, 900, 50), (1_440, 10_080, 25))
Month = tuple[int, int]
Hours = dict[date, str]
"""What is to stand in the cells of a month: a text for each day of work."""


@dataclass(frozen=True)
class Terms:
    """What is drawn for one person; the numbers an independent computation needs too."""

    rounding: str
    column: str
    insured: bool
    mode: str
    fare: int
    month_pass: int
    most: int | None
    rates: tuple[tuple[date, int], ...]
    left_on: date | None


@dataclass
class Pair:
    """Two people on the same terms: typed straight, and typed by detours.

    Attributes:
        hours: what stands in the cells, by month.
        remote: days worked at home.
        settled: hours of each day as corrected later.
    """

    straight: Member
    detour: Member
    terms: Terms
    hours: dict[Month, Hours] = field(default_factory=dict)
    remote: set[date] = field(default_factory=set)
    settled: dict[date, str] = field(default_factory=dict)

    @property
    def both(self) -> tuple[Member, Member]:
        """The two of them."""
        return self.straight, self.detour

    def works_in(self, month: Month) -> bool:
        """Whether their term reaches into a month."""
        left = self.terms.left_on
        return left is None or left >= date(*month, 1)


@dataclass
class Lottery:
    """One draw: a programme's terms, pairs of people, and the hours of three months."""

    database: Database
    programme_id: int
    random: Random
    pairs: list[Pair]
    premium: tuple[int, int, int]
    patterns: Sequence[WorkPattern]

    @classmethod
    def drawn(cls, database: Database, programme_id: int, random: Random) -> Lottery:
        """Appoint pairs of people on random terms."""
        count = random.randint(1, 3)
        signs = "アイウエオカ"[: 2 * count]
        people = tuple(
            Person(f"L{at:04d}", f"試験　{at}番", f"シケン {sign}", at % 2) for at, sign in enumerate(signs)
        )
        premium = random.choice(PREMIUMS)
        with unit_of_work(database, "test.programme", actor=ACTOR) as work:
            statement = update(Programme).where(Programme.id == programme_id)
            values: dict[str, Any] = {"term_from": FIRST, "term_until": LAST}
            values |= {"pay_day": random.choice((15, 21, 25, 31)), "pay_month_offset": 1}
            values |= dict(
                zip(("premium_day_minutes", "premium_week_minutes", "premium_percent"), premium, strict=True)
            )
            work.session.execute(statement.values(**values))
            work.session.commit()
        add_people(database, programme_id, people)
        appoint(database, programme_id=programme_id, accept=True, actor=ACTOR)
        drawn = [_terms(random) for _pair in range(count)]
        _store_terms(database, [terms for terms in drawn for _twin in range(2)])
        with database.read() as session:
            staff = sorted(members(session, programme_id), key=lambda member: member.number)
            patterns = work_terms(session, programme_id).patterns
        twins = zip(staff[::2], staff[1::2], drawn, strict=True)
        pairs = [Pair(one, other, terms) for one, other, terms in twins]
        return cls(database, programme_id, random, pairs, premium, patterns)

    def args(self, month: Month) -> dict[str, Any]:
        """The month as arguments of the services."""
        return {"programme_id": self.programme_id, "year": month[0], "month": month[1]}

    def work_month(self, month: Month) -> None:
        """Draw everybody's hours of a month and type them in, straight and by detours."""
        for pair in self.pairs:
            if not pair.works_in(month):
                continue
            pair.hours[month] = wanted = _hours(self.random, month, pair.terms.left_on)
            for day, text in sorted(wanted.items()):
                self.type([(pair.straight, day)], text)
            self._type_by_detours(pair.detour, month, wanted)
            home = {day for day in wanted if self.random.random() < 0.2}
            pair.remote |= home
            self._finish(pair, month, home)

    def type(self, places: Sequence[tuple[Member, date]], text: str) -> None:
        """Type the same text into cells."""
        enter_hours(
            self.database,
            programme_id=self.programme_id,
            places=[(member.appointment_id, day) for member, day in places],
            kind=ShiftKind.WORKED,
            text=text,
            actor=ACTOR,
        )

    def _type_by_detours(self, member: Member, month: Month, wanted: Hours) -> None:
        """Type the days in any order, with slips, clearings, copies, undoing and doing again."""
        random = self.random
        days = random.sample(sorted(wanted), len(wanted))
        for day in days:
            if random.random() < 0.3:
                self.type([(member, day)], new_text(random))
            if random.random() < 0.2:
                self.type([(member, random.choice(month_days(*month)))], new_text(random))
            if random.random() < 0.2:
                self.type([(member, day)], "")
            alike = [other for other in days if wanted[other] == wanted[day]]
            self.type([(member, other) for other in alike], wanted[day])
            if random.random() < 0.2:
                undo(self.database, actor=ACTOR)
                redo(self.database, actor=ACTOR)
        self.type([(member, day) for day in month_days(*month) if day not in wanted], "")
        for day in random.sample(days, len(days)):
            self.type([(member, day)], wanted[day])

    def _finish(self, pair: Pair, month: Month, home: set[date]) -> None:
        """Say who worked at home, and why rules were broken, as the month cannot be closed without."""
        ids = [member.appointment_id for member in pair.both]
        days = month_days(*month)
        with unit_of_work(self.database, "test.remote", actor=ACTOR) as work:
            rows = work.session.execute(
                select(Shift.id, Shift.day).where(
                    Shift.appointment_id.in_(ids), Shift.day >= days[0], Shift.day <= days[-1]
                )
            )
            changes = {row.id: {"is_remote": row.day in home, "reason": "繁忙"} for row in rows}
            work.update_many(Shift, changes)
            work.commit()

    def times(self, text: str, day: date) -> list[ShiftTime]:
        """What a text means on a day."""
        return [entry.on(day) for entry in parse_entry(text, self.patterns)]


def give_accounts(lottery: Lottery) -> None:
    """Everybody gets an account, and the programme somebody who orders the transfers."""
    form = consignor_form(lottery.database, programme_id=lottery.programme_id)
    values = {
        "code": "0000012345",
        "name_kana": "フジサワシ",
        "bank_code": "0999",
        "bank_kana": "ミホンギンコウ",
        "branch_code": "123",
        "branch_kana": "ホンテン",
        "account_kind": 1,
        "account_number": "1234567",
    }
    save_consignor(lottery.database, form=ConsignorForm(form.programme_id, form.version, values), actor=ACTOR)
    with unit_of_work(lottery.database, "test.accounts", actor=ACTOR) as work:
        for pair in lottery.pairs:
            for member in pair.both:
                work.session.add(
                    TransferAccount(
                        appointment_id=member.appointment_id,
                        bank_code="0998",
                        bank_kana="ﾃｽﾄｷﾞﾝｺｳ",
                        branch_code="045",
                        branch_kana="ﾌｼﾞｻﾜ",
                        account_number=f"{member.appointment_id:07d}",
                        holder_kana="ｼｹﾝ",
                        confirmed_at=datetime(2024, 12, 2, 9),
                    )
                )
        work.commit()


def _terms(random: Random) -> Terms:
    rates = [(FIRST, random.randint(1_000, 1_600))]
    while random.random() < 0.4:
        day = rates[-1][0] + timedelta(days=random.randint(1, 50))
        if day > LAST:
            break
        rates.append((day, random.randint(1_000, 1_600)))
    return Terms(
        rounding=random.choice("ABC"),
        column=random.choice(("kou", "otsu", "manual")),
        insured=random.random() < 0.2,
        mode=random.choice(("per_day", "monthly_pass", "min_of_both", "none")),
        fare=random.choice((0, 420, 840, 9_000)),
        month_pass=random.choice((0, 5_000, 15_000, 180_000)),
        most=random.choice((None, None, 3_000, 160_000)),
        rates=tuple(rates),
        left_on=random.choice((None, None, None, date(2025, 1, random.randint(1, 31)))),
    )


def _store_terms(database: Database, drawn: Sequence[Terms]) -> None:
    with unit_of_work(database, "test.terms", actor=ACTOR) as work:
        rows = list(work.session.scalars(select(Appointment).order_by(Appointment.id)))
        for row, terms in zip(rows, drawn, strict=True):
            row.pay_rounding, row.tax_column, row.employment_insurance = (
                terms.rounding,
                terms.column,
                terms.insured,
            )
            row.commuting_mode, row.round_trip_yen = terms.mode, terms.fare
            row.pass_yen, row.commuting_cap_yen = terms.month_pass or None, terms.most
            row.left_on = terms.left_on
            row.rates.clear()
            work.session.flush()
            row.rates = [AppointmentRate(from_day=day, yen=yen) for day, yen in terms.rates]
        work.commit()


def _hours(random: Random, month: Month, left_on: date | None) -> Hours:
    days = [day for day in month_days(*month) if left_on is None or day <= left_on]
    most = min(len(days), random.choice((2, 5, 10, 20)))
    return {day: new_text(random) for day in random.sample(days, random.randint(0, most))}


def new_text(random: Random) -> str:
    """What may be typed into a cell; odd minutes, breaks, two stretches, long days."""
    kind = random.random()
    if kind < 0.3:
        return random.choice(("終", "半", "９－１２", "9:00〜15:45", "0900-1545"))
    start = random.randint(6 * 60, 12 * 60)
    end = start + random.randint(20, 11 * 60)
    text = f"{_clock(start)}-{_clock(end)}/{random.choice((0, 0, 15, 45, 60)) if end - start > 60 else 0}"
    if kind < 0.8 or end > 21 * 60:
        return text
    again = end + random.randint(5, 60)
    return f"{text}, {_clock(again)}-{_clock(again + random.randint(5, 90))}/0"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
