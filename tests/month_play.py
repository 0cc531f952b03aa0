"""A random draw of months played from the first cell to the last payment, with what must hold on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path

from fujisawa_desktop.documents.specs import PayStatementSpec
from fujisawa_desktop.exchange.zengin import RECORD_BYTES
from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.pay import PayRow, issue_statements, pay_for_month
from fujisawa_desktop.services.pay_totals import pay_totals
from fujisawa_desktop.services.payments import mark_paid
from fujisawa_desktop.services.register import register_rows, sums
from fujisawa_desktop.services.transfer_file import transfer_view, write_transfer
from tests.month_lottery import ACTOR, MONTHS, Lottery, Month, Pair, Terms, give_accounts, new_text

TODAY = date(2024, 12, 2)
_OWN = frozenset({"appointment_id", "number", "name", "kana", "stated"})
"""What two people may differ in though they are paid the same."""


@dataclass
class Tally:
    """What was played: how much of everything, so that a run can say what it proved."""

    months: int = 0
    statements: int = 0
    corrections: int = 0
    left: int = 0
    premiums: int = 0
    rate_changes: int = 0
    typed_taxes: int = 0
    negative: int = 0
    files: int = 0
    yen: int = 0
    roundings: str = ""

    def lines(self) -> list[str]:
        """The figures, a line each."""
        return [f"{field.name.replace('_', ' ')}: {getattr(self, field.name)}" for field in fields(self)]


def play(lottery: Lottery, folder: Path, tally: Tally) -> None:
    """Play three months; an ``AssertionError`` names what does not hold."""
    give_accounts(lottery)
    for month in MONTHS:
        lottery.work_month(month)
        corrected = _correct(lottery, month)
        tally.corrections += len(corrected) * 2
        rows = _by_number(pay_for_month(lottery.database, **lottery.args(month)))
        if not rows:
            continue
        tally.months += 1
        _check_sums_of_days(lottery, month, rows)
        for pair in lottery.pairs:
            _check_twins(pair, rows)
            if pair.works_in(month):
                _check_pay(lottery, pair, month, rows[pair.straight.number])
        _settle(lottery, month, rows, folder, tally)
    for pair in lottery.pairs:
        _check_settled(lottery, pair)
        tally.left += 2 * (pair.terms.left_on is not None)
        tally.rate_changes += 2 * (len(pair.terms.rates) - 1)
        tally.roundings = "".join(sorted({*tally.roundings, pair.terms.rounding}))


def _by_number(rows: list[PayRow]) -> dict[str, PayRow]:
    return {row.number: row for row in rows}


def _check_sums_of_days(lottery: Lottery, month: Month, rows: Mapping[str, PayRow]) -> None:
    """The days are the month: in the cells, in the grid's sum and in what is paid."""
    view = month_view(lottery.database, **lottery.args(month))
    for person in view.people:
        row = rows[person.member.number]
        pair = next(pair for pair in lottery.pairs if person.member.number in _numbers(pair))
        minutes = {
            day: sum(time.minutes for time in lottery.times(text, day))
            for day, text in pair.hours.get(month, {}).items()
        }
        assert {day: cell.worked_minutes for day, cell in person.cells.items()} == minutes
        assert dict(row.days) == minutes
        assert row.minutes == person.worked == sum(minutes.values())


def _check_twins(pair: Pair, rows: Mapping[str, PayRow]) -> None:
    """Who was typed by detours is paid to the yen what who was typed straight is paid."""
    one, other = (rows.get(number) for number in _numbers(pair))
    if one is None or other is None:
        assert one is other
        return
    for name in (field.name for field in fields(PayRow) if field.name not in _OWN):
        if name in {"corrections", "steps"}:
            continue  # the way there is told, and was another; what it comes to is compared below
        assert getattr(one, name) == getattr(other, name), name
    assert (one.corrected_pay, one.corrected_commuting) == (other.corrected_pay, other.corrected_commuting)


def _check_pay(lottery: Lottery, pair: Pair, month: Month, row: PayRow) -> None:
    """The month's own pay and commuting are those of an independent computation."""
    minutes = {
        day: sum(time.minutes for time in lottery.times(text, day)) for day, text in pair.hours[month].items()
    }
    expected = fair_pay(pair.terms, minutes, _before(lottery, pair, month), lottery.premium)
    if expected is not None:
        assert row.pay == expected
    office = len(pair.hours[month].keys() - pair.remote)
    assert row.commuting == fair_commuting(pair.terms, office)
    if row.tax is not None:
        assert row.net == (
            row.pay + row.commuting + row.corrected_pay + row.corrected_commuting - row.tax - row.insurance
        )


def _settle(lottery: Lottery, month: Month, rows: Mapping[str, PayRow], folder: Path, tally: Tally) -> None:
    """Close, state, write what leaves the office, and pay; all of it comes to the same."""
    database, args = lottery.database, lottery.args(month)
    if month_view(database, **args).people:
        assert not close_month(database, **args, actor=ACTOR).left_out
    typed = {row.appointment_id: lottery.random.randint(0, 900) for row in rows.values() if row.tax is None}
    for pair in lottery.pairs:  # both get the same
        if pair.straight.appointment_id in typed:
            typed[pair.detour.appointment_id] = typed[pair.straight.appointment_id]
    result = issue_statements(database, **args, manual_tax=typed, actor=ACTOR)
    after = pay_for_month(database, **args)
    negative = {row.number for row in after if row.stated is None}
    assert {one.number for one in result.left_out} == negative
    nets = {row.appointment_id: row.net for row in after if row.number not in negative}
    _check_stored(lottery, month, nets)
    register = register_rows(database, **args)
    assert {row.appointment_id: row.net for row in register.rows} == nets
    assert sums(register.rows).net == sum(net or 0 for net in nets.values())
    _check_printed(lottery, month, after, negative)
    _check_transfers(lottery, month, nets, folder, tally)
    if nets:
        paid = mark_paid(database, **args, actor=ACTOR)
        assert paid.yen == sum(net or 0 for net in nets.values())
    totals = pay_totals(database, **args)
    assert totals.stated == totals.register
    assert (
        totals.stated.yen == totals.paid.yen == totals.transfer.yen == sum(net or 0 for net in nets.values())
    )
    if not negative:
        assert totals.agree
    states = {row.state for row in pay_for_month(database, **args) if row.number not in negative}
    assert states <= {MonthState.PAID}
    tally.statements += len(nets)
    tally.negative += len(negative)
    tally.typed_taxes += len(typed)
    tally.premiums += sum(row.premium > 0 for row in after)
    tally.yen += totals.paid.yen


def _check_stored(lottery: Lottery, month: Month, nets: Mapping[int, int | None]) -> None:
    with lottery.database.read() as session:
        stored = session.query(PayStatement).filter_by(year=month[0], month=month[1]).all()
        assert {row.appointment_id: row.net_yen for row in stored} == nets
        for row in stored:
            gross = row.pay_yen + row.commuting_yen + row.corrected_pay_yen + row.corrected_commuting_yen
            assert row.net_yen == gross - row.tax_yen - row.insurance_yen
            assert sum(day["minutes"] for day in row.snapshot["days"]) == row.minutes


def _check_printed(lottery: Lottery, month: Month, rows: list[PayRow], negative: set[str]) -> None:
    """The papers name the very amounts."""
    wanted = [row for row in rows if row.number not in negative][:2]
    if not wanted:
        return
    draft = make_papers(
        lottery.database,
        programme_id=lottery.programme_id,
        kind="pay-statement",
        year_month=month,
        numbers=[row.number for row in wanted],
        dated=TODAY,
    )
    printed = [sheet.spec.net.text for sheet in draft.sheets if isinstance(sheet.spec, PayStatementSpec)]
    assert printed == [f"{row.net:,}円" for row in wanted]


def _check_transfers(
    lottery: Lottery, month: Month, nets: Mapping[int, int | None], folder: Path, tally: Tally
) -> None:
    """The bank is told to pay everybody what was stated, to everybody's own account."""
    view = transfer_view(lottery.database, **lottery.args(month))
    due = {f"{key:07d}": net for key, net in nets.items() if net}
    if not due:
        return
    assert view.pay_date is not None
    path = folder / f"{month[0]}-{month[1]:02}.txt"
    left_out = [row.appointment_id for row in view.obstructed()]
    write_transfer(
        lottery.database,
        **lottery.args(month),
        pay_date=view.pay_date,
        path=path,
        today=TODAY,
        left_out=left_out,
        actor=ACTOR,
    )
    data = path.read_bytes().replace(b"\r\n", b"")
    records = [data[at : at + RECORD_BYTES] for at in range(0, len(data), RECORD_BYTES)]
    people = [record for record in records if record[:1] == b"2"]
    assert {record[43:50].decode(): int(record[80:90]) for record in people} == due
    assert int(records[-2][7:19]) == sum(due.values())
    tally.files += 1


# corrections


def _correct(lottery: Lottery, month: Month) -> list[date]:
    """Correct days of the months before, which are closed and paid: for one straight, for one by detours."""
    random, done = lottery.random, []
    before = [one for one in MONTHS if one < month]
    for pair in lottery.pairs:
        if not before or random.random() < 0.4:
            continue
        for _day in range(random.randint(1, 3)):
            corrected = random.choice(before)
            days = [
                day
                for day in month_days(*corrected)
                if pair.terms.left_on is None or day <= pair.terms.left_on
            ]
            if not pair.works_in(corrected) or not days:
                continue
            day, text = random.choice(days), random.choice(("", new_text(random)))
            now = pair.settled.get(day, pair.hours[corrected].get(day, ""))
            if lottery.times(now, day) == lottery.times(text, day):
                continue
            _correct_day(lottery, pair, day, text, now)
            if now and day in pair.remote:
                starts = {time.start for time in lottery.times(now, day)}
                if any(time.start not in starts for time in lottery.times(text, day)):
                    pair.remote.discard(day)  # part of it is other work, in the office
            pair.settled[day] = text
            if not text:
                pair.remote.discard(day)
            done.append(day)
    return done


def _correct_day(lottery: Lottery, pair: Pair, day: date, text: str, now: str) -> None:
    def correct(appointment_id: int, wanted: str) -> None:
        form = CorrectionForm(lottery.programme_id, appointment_id, day, wanted, "打刻漏れ")
        correct_day(lottery.database, form=form, actor=ACTOR)

    correct(pair.straight.appointment_id, text)
    detour = new_text(lottery.random)
    shapes = [lottery.times(one, day) for one in (now, detour, text)]
    if day not in pair.remote and shapes[0] != shapes[1] != shapes[2]:
        correct(pair.detour.appointment_id, detour)
    correct(pair.detour.appointment_id, text)


def _check_settled(lottery: Lottery, pair: Pair) -> None:
    """All months together pay what the hours as corrected are worth."""
    for member in pair.both:
        pay = commuting = expected_pay = expected_commuting = 0
        open_differences = False
        for month in MONTHS:
            rows = _by_number(pay_for_month(lottery.database, **lottery.args(month)))
            if (row := rows.get(member.number)) is not None:
                pay += row.pay + row.corrected_pay
                commuting += row.commuting + row.corrected_commuting
            if not pair.works_in(month):
                continue
            settled = {**pair.hours[month]}
            settled |= {day: text for day, text in pair.settled.items() if (day.year, day.month) == month}
            minutes = {
                day: sum(time.minutes for time in lottery.times(text, day))
                for day, text in settled.items()
                if text
            }
            worth = fair_pay(pair.terms, minutes, _before(lottery, pair, month), lottery.premium)
            open_differences |= worth is None
            expected_pay += worth or 0
            expected_commuting += fair_commuting(pair.terms, len(minutes.keys() - pair.remote))
        if not open_differences:
            assert pay == expected_pay
        assert commuting == expected_commuting


# an independent computation


def fair_pay(
    terms: Terms, minutes: Mapping[date, int], before: Mapping[date, int], premium: tuple[int, int, int]
) -> int | None:
    """Return the yen of a month, exactly and rounded once; ``None`` where 規則 C meets several rates."""
    extra = _extra(minutes, before, premium)
    exact = Fraction()
    rates = set()
    for day, worked in minutes.items():
        rate = max((begun, yen) for begun, yen in terms.rates if begun <= day)[1]
        more = extra.get(day, 0)
        dear = floor(Fraction(rate * (100 + premium[2]), 100) + Fraction(1, 2))
        exact += Fraction(rate * (worked - more) + dear * more, 60)
        rates |= {rate} | ({dear} if more else set())
    if terms.rounding == "C":
        if len(rates) > 1:
            return None
        return floor(Fraction(sum(minutes.values()), 60) + Fraction(1, 2)) * next(iter(rates), 0)
    return floor(exact if terms.rounding == "B" else exact + Fraction(1, 2))


def _extra(
    minutes: Mapping[date, int], before: Mapping[date, int], premium: tuple[int, int, int]
) -> dict[date, int]:
    """Return the minutes of each day beyond the day's limit, and beyond the week's without those."""
    found: dict[date, int] = {}
    weeks: dict[date, int] = {}
    for day, worked in sorted([*before.items(), *minutes.items()]):
        sunday = day - timedelta(days=(day.weekday() + 1) % 7)
        for_day = max(0, worked - premium[0])
        room = max(0, premium[1] - weeks.get(sunday, 0))
        for_week = max(0, worked - for_day - room)
        weeks[sunday] = weeks.get(sunday, 0) + worked - for_day - for_week
        if day in minutes and for_day + for_week:
            found[day] = for_day + for_week
    return found


def _before(lottery: Lottery, pair: Pair, month: Month) -> dict[date, int]:
    """Return the minutes, as closed, of the days before the month that are of its first week."""
    first = date(*month, 1)
    sunday = first - timedelta(days=(first.weekday() + 1) % 7)
    hours = {day: text for texts in pair.hours.values() for day, text in texts.items()}
    return {
        day: sum(time.minutes for time in lottery.times(text, day))
        for day, text in hours.items()
        if sunday <= day < first
    }


def fair_commuting(terms: Terms, days: int) -> int:
    """Return the yen of a month's commuting."""
    if not days or terms.mode == "none":
        return 0
    by_day = terms.fare * days
    yen = {"per_day": by_day, "monthly_pass": terms.month_pass}.get(terms.mode, min(by_day, terms.month_pass))
    return yen if terms.most is None else min(yen, terms.most)


def _numbers(pair: Pair) -> tuple[str, str]:
    return pair.straight.number, pair.detour.number
