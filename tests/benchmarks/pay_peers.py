"""The pay of a month as a city without this program works it out: a script over two csv files.

One file holds the terms of the people, one their worked time, as the rows of a spreadsheet.  The script
adds the minutes of each person's month, rounds the pay once, refunds the commuting and takes 3.063 per
cent of tax where the column is 乙.  It checks nothing, explains nothing and keeps nothing; ours does.
pandas is no dependency of the program: ``pip install pandas`` brings it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import select

from fujisawa_desktop.models import Appointment, AppointmentRate, Entry, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.staff import members

Amounts = dict[str, tuple[int, int, int, int]]
"""Minutes, pay, commuting and tax by number."""
Peer = Callable[[Path, tuple[int, int]], Amounts]


def write_files(database: Database, programme_id: int, folder: Path) -> None:
    """Write what the scripts read."""
    with database.read() as session, (folder / "terms.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("number", "rate", "mode", "round_trip", "pass", "column"))
        for member in members(session, programme_id):
            way = member.commuting
            amounts = (member.rates[-1].yen, way.mode.value, way.round_trip, way.pass_month)
            writer.writerow((member.number, *amounts, member.tax_column.value))
        with (folder / "work.csv").open("w", newline="") as out:
            work = csv.writer(out)
            work.writerow(("number", "day", "starts", "ends", "break", "remote"))
            query = (
                select(Entry.number, Shift)
                .join(Appointment, Appointment.id == Shift.appointment_id)
                .join(AppointmentRate, AppointmentRate.appointment_id == Appointment.id)
                .join(Entry, Entry.applicant_id == Appointment.applicant_id)
                .where(Shift.kind == ShiftKind.WORKED)
            )
            for number, row in session.execute(query):
                times = (f"{row.starts:%H:%M}", f"{row.ends:%H:%M}")
                work.writerow((number, row.day, *times, row.break_minutes, int(row.is_remote)))


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def _commuting(mode: str, round_trip: int, month_pass: int, days: int) -> int:
    if not days or mode == "none":
        return 0
    by_day = round_trip * days
    return {"per_day": by_day, "monthly_pass": month_pass}.get(mode, min(by_day, month_pass))


def _tax(column: str, yen: int) -> int:
    return yen * 3_063 // 100_000 if column == "otsu" else 0


def plain_python(folder: Path, month: tuple[int, int]) -> Amounts:
    """Work it out with the standard library alone."""
    begin = f"{month[0]}-{month[1]:02}"
    minutes: dict[str, int] = {}
    days: dict[str, set[str]] = {}
    with (folder / "work.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            if row["day"].startswith(begin):
                number = row["number"]
                span = _minutes(row["ends"]) - _minutes(row["starts"]) - int(row["break"])
                minutes[number] = minutes.get(number, 0) + span
                if row["remote"] == "0":
                    days.setdefault(number, set()).add(row["day"])
    found: Amounts = {}
    with (folder / "terms.csv").open(newline="") as stream:
        for terms in csv.DictReader(stream):
            number = terms["number"]
            worked = minutes.get(number, 0)
            yen = (int(terms["rate"]) * worked * 2 + 60) // 120
            fare = _commuting(
                terms["mode"], int(terms["round_trip"]), int(terms["pass"]), len(days.get(number, ()))
            )
            found[number] = (worked, yen, fare, _tax(terms["column"], yen))
    return found


def pandas_frame(folder: Path, month: tuple[int, int]) -> Amounts:
    """Work it out with pandas."""
    import pandas as pd

    work: Any = pd.read_csv(folder / "work.csv", dtype={"number": str})
    terms: Any = pd.read_csv(folder / "terms.csv", dtype={"number": str}).set_index("number")
    work = work[work["day"].str.startswith(f"{month[0]}-{month[1]:02}")]
    ends, starts = (pd.to_timedelta(work[name] + ":00") for name in ("ends", "starts"))
    work = work.assign(minutes=(ends - starts).dt.total_seconds().astype(int) // 60 - work["break"])
    terms["minutes"] = work.groupby("number")["minutes"].sum()
    terms["days"] = work[work["remote"] == 0].groupby("number")["day"].nunique()
    terms = terms.fillna({"minutes": 0, "days": 0}).astype({"minutes": int, "days": int})
    terms["pay"] = (terms["rate"] * terms["minutes"] * 2 + 60) // 120
    fares = [
        _commuting(row.mode, row.round_trip, row.pass_, row.days)
        for row in terms.rename(columns={"pass": "pass_"}).itertuples()
    ]
    taxes = [_tax(column, yen) for column, yen in zip(terms["column"], terms["pay"], strict=True)]
    amounts = zip(terms.index, terms["minutes"], terms["pay"], fares, taxes, strict=True)
    return {
        number: (int(worked), int(yen), int(fare), int(tax)) for number, worked, yen, fare, tax in amounts
    }


def peers() -> dict[str, Peer]:
    """Return the peers there are."""
    found: dict[str, Peer] = {"a script": plain_python}
    if find_spec("pandas"):
        found["pandas"] = pandas_frame
    return found
