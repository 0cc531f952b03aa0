"""Invented portal files, for trying the program out: as odd as real ones, with the right answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import time
from typing import Final

from fujisawa_desktop.exchange.sample_people import SamplePeople, SamplePerson, SampleProgramme

E_APPLICATION: Final = "e-application.csv"
RIKUNABI: Final = "rikunabi.csv"
FIRST: Final = "decisions-first.csv"
FINAL: Final = "decisions-final.csv"
AVAILABILITY: Final = "availability.csv"
INTERVIEWERS: Final = "interviewers.csv"
HOURS: Final = "hours.csv"
TRUTH: Final = "truth.json"

_FIRST_PASSES: Final = 60
_WORKED: Final = {"16:00": 360, "15:45": 345, "12:00": 180, "11:50": 170}
"""Minutes of the days in the hours file by their end."""

_E_HEADINGS: Final = (
    "整理番号",
    "申込日時",
    "処理状況",
    "手続き名",
    "氏名（漢字）",
    "氏名（フリガナ）",
    "生年月日",
    "郵便番号",
    "住所",
    "電話番号",
    "メールアドレス",
    "大学・大学院名",
    "学部・研究科",
    "学科・専攻",
    "学年",
    "卒業予定年月",
    "希望コース",
    "勤務可能曜日",
    "志望理由",
    "自己PR",
    "最寄駅",
    "欠格条項の確認",
)
_R_HEADINGS: Final = (
    "会員ID",
    "エントリー日時",
    "氏名(姓)",
    "氏名(名)",
    "カナ(姓)",
    "カナ(名)",
    "生年月日",
    "メールアドレス",
    "携帯電話番号",
    "現住所郵便番号",
    "現住所",
    "学校区分",
    "学校名",
    "学部・研究科名",
    "学科・専攻名",
    "卒業予定年月",
    "設問1",
    "設問2",
    "設問3",
)

_ODD_CELLS: Final = (
    {"生年月日": "２００４年２月２９日", "電話番号": "０９０－１２３４－５６７８"},
    {"氏名（フリガナ）": "ﾐﾎﾝ ﾘｮｳｽｹ", "郵便番号": "〒251-8601"},
    {"申込日時": "45570.5"},
)
"""Cells that a reader must understand, in the last good rows of the e-application file."""


def sample_files(programme: SampleProgramme, *, applicants: int = 400, seed: int = 6) -> dict[str, bytes]:
    """Return the sample files by name.

    Args:
        programme: dates, courses and times of the programme the files are for.
        applicants: entries of both portals that can be taken in; at least 40.
        seed: another number gives other people.
    """
    return _Maker(programme, max(applicants, 40), seed).files()


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8-sig") -> bytes:
    stream = io.StringIO()
    if encoding == "cp932":
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    else:
        writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


class _Maker:
    def __init__(self, programme: SampleProgramme, applicants: int, seed: int) -> None:
        self._programme = programme
        self._people = SamplePeople(programme, applicants, seed)
        self._dice = self._people.dice
        self._truth = self._people.truth
        self._e_rows = self._people.e_rows
        self._r_rows = self._people.r_rows
        self._courses = {number: person.courses[0] for number, person in (*self._e_rows, *self._r_rows)}

    def files(self) -> dict[str, bytes]:
        eligible = self._eligible()
        passed = self._chosen(eligible)
        winners = set(passed)
        hired = self._hires(passed)
        hours = self._hours(hired)
        return {
            E_APPLICATION: self._e_file(),
            RIKUNABI: self._r_file(),
            FIRST: _csv(
                ("申込番号", "選考", "結果"),
                [(number, "1次", "合格" if number in winners else "不合格") for number in eligible],
            ),
            FINAL: self._final_file(passed, hired),
            AVAILABILITY: self._availability(passed),
            INTERVIEWERS: self._interviewers(),
            HOURS: _csv(("申込番号", "勤務日", "開始", "終了", "休憩分"), hours),
            TRUTH: self._truth_file(passed, hired, hours),
        }

    # --- the portals' files -----------------------------------------------------

    def _e_file(self) -> bytes:
        rows = [self._e_row(number, person) for number, person in self._e_rows]
        rows.extend(self._refused_rows())
        for row, changes in zip(rows[-6:-3], _ODD_CELLS, strict=True):
            for column, value in changes.items():
                row[_E_HEADINGS.index(column)] = value
        blank = [""] * len(_E_HEADINGS)
        return _csv(_E_HEADINGS, [*rows, blank, blank], "cp932")

    def _e_row(self, number: str, person: SamplePerson) -> list[str]:
        return [
            number,
            f"{person.received:%Y/%m/%d %H:%M}:03",
            person.state,
            "長期インターンシップ申込",
            f"{person.portal_family}　{person.given}",
            f"{person.family_kana}　{person.given_kana}",
            f"{person.birth:%Y/%m/%d}",
            f"251{person.index % 1000:04d}",
            f"{self._programme.municipality}{person.town}",
            person.phone,
            person.mail,
            person.school,
            person.faculty,
            person.department,
            f"{person.year}年",
            f"{self._programme.entry_from.year + 5 - person.year}年3月",
            person.courses[0],
            ";".join(f"{day}曜日" for day in person.days),
            person.motive.encode("cp932", "ignore").decode("cp932"),
            "",
            self._dice.choice(self._people.words["stations"]),
            "該当しません",
        ]

    def _refused_rows(self) -> list[list[str]]:
        template = [
            self._e_row(f"{250_000_000_000 + n * 6113}", self._people.person(900_000 + n)) for n in range(3)
        ]
        template[0][0] = "2.5E+11"
        template[1][6] = f"{self._programme.entry_from.year - 20}/02/30"
        template[2][4] = "　"
        reasons = ("number damaged by a spreadsheet", "no such day", "no name")
        self._truth.rejected.extend(zip(reasons, (row[0] for row in template), strict=True))
        return template

    def _r_file(self) -> bytes:
        return _csv(_R_HEADINGS, [self._r_row(number, person) for number, person in self._r_rows])

    def _r_row(self, number: str, person: SamplePerson) -> list[str]:
        phone = person.phone
        return [
            number,
            f"{person.received:%Y-%m-%d %H:%M}",
            person.family,
            person.given,
            person.family_kana,
            person.given_kana,
            f"{person.birth:%Y%m%d}",
            person.mail,
            f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
            f"251-{person.index % 1000:04d}",
            f"{self._programme.municipality}{person.town}",
            "大学院" if person.faculty.endswith("研究科") else "大学",
            person.school,
            person.faculty,
            person.department,
            f"{self._programme.entry_from.year + 5 - person.year}/3",
            "；".join(person.courses),
            person.motive,
            person.days,
        ]

    # --- selection, interviews, hours ---------------------------------------------

    def _eligible(self) -> list[str]:
        flagged = {*self._truth.late, *self._truth.withdrawn, *self._truth.not_student}
        return [number for number, _ in (*self._e_rows, *self._r_rows) if number not in flagged]

    def _chosen(self, eligible: Sequence[str]) -> list[str]:
        """Pass one entry of each person at most, in the order of the files."""
        twice = {number for pair in (*self._truth.same, *self._truth.not_same) for number in pair}
        single = [number for number in eligible if number not in twice]
        wanted = min(_FIRST_PASSES, len(single) // 2)
        half = wanted // 2
        portal = {number for number, _ in self._e_rows}
        e_side = [number for number in single if number in portal][: wanted - half]
        return [*e_side, *[number for number in single if number not in portal][:half]]

    def _hires(self, passed: Sequence[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for course in self._programme.courses[:2]:
            found.extend([(number, course) for number in passed if self._courses[number] == course][:2])
        return found

    def _final_file(self, passed: Sequence[str], hired: Sequence[tuple[str, str]]) -> bytes:
        rows = [(number, "最終", "合格", course) for number, course in hired]
        names = {number for number, _ in hired}
        first = self._programme.courses[0]
        reserve = next((n for n in passed if n not in names and self._courses[n] == first), None)
        if reserve is not None:
            rows.append((reserve, "最終", "補欠1", first))
        return _csv(("申込番号", "選考", "結果", "コース"), rows)

    def _availability(self, passed: Sequence[str]) -> bytes:
        """Let nine people come only in the first hour of the first day; too many for it."""
        days, rows = self._programme.interview_days, []
        for place, number in enumerate(passed):
            if place < 9:
                start = self._programme.day_from
                rows.append((number, days[0], start, start.replace(hour=start.hour + 1)))
                continue
            chosen = sorted(self._dice.sample(range(len(days)), self._dice.randint(1, min(3, len(days)))))
            for day in chosen:
                first, last = self._dice.choice(self._halves(afternoon_only=day == 0))
                length = self._dice.randint(1, last - first)
                start_hour = self._dice.randint(first, last - length)
                rows.append((number, days[day], time(start_hour), time(start_hour + length)))
        cells = [(number, day, f"{start:%H:%M}", f"{end:%H:%M}") for number, day, start, end in rows]
        return _csv(("申込番号", "日付", "開始", "終了"), cells)

    def _halves(self, *, afternoon_only: bool = False) -> list[tuple[int, int]]:
        programme = self._programme
        halves = [
            (programme.day_from.hour, programme.lunch_from.hour),
            (programme.lunch_until.hour, programme.day_until.hour),
        ]
        return halves[1:] if afternoon_only else halves

    def _interviewers(self) -> bytes:
        rows = [
            (name, course, day, f"{time(first):%H:%M}", f"{time(last):%H:%M}")
            for day in self._programme.interview_days
            for name, course in self._programme.interviewers
            for first, last in self._halves()
        ]
        return _csv(("面接官", "コース", "日付", "開始", "終了"), rows)

    def _hours(self, hired: Sequence[tuple[str, str]]) -> list[tuple[str, str, str, str, str]]:
        """Four months of work: just below 60 hours, exactly 60, half days, and odd minutes."""
        days = [f"{day}" for day in self._programme.work_days[::2]][:10]
        full = ("09:00", "16:00", "60")
        rows: list[tuple[str, str, str, str, str]] = []
        for place, (number, _course) in enumerate(hired):
            match place % 4:
                case 0:
                    rows.extend((number, day, *full) for day in days[:-1])
                    rows.append((number, days[-1], "09:00", "15:45", "60"))
                case 1:
                    rows.extend((number, day, *full) for day in days)
                case 2:
                    rows.extend((number, day, "9:00", "12:00", "0") for day in days[:6])
                case _:
                    rows.extend((number, day, "９：００", "11:50", "0") for day in days[:3])
        return rows

    def _truth_file(
        self,
        passed: Sequence[str],
        hired: Sequence[tuple[str, str]],
        hours: Sequence[tuple[str, str, str, str, str]],
    ) -> bytes:
        truth = self._truth
        minutes = {number: 0 for number, _ in hired}
        for number, _day, _start, end, _break in hours:
            minutes[number] += _WORKED[end]
        rate = self._programme.rate_yen
        data = {
            "same_person": truth.same,
            "not_same": truth.not_same,
            "late": truth.late,
            "withdrawn": truth.withdrawn,
            "not_student": truth.not_student,
            "both_courses": truth.both,
            "rejected": truth.rejected,
            "rows": {"e-application": len(self._e_rows) + 3, "rikunabi": len(self._r_rows)},
            "importable": {"e-application": len(self._e_rows), "rikunabi": len(self._r_rows)},
            "passed_first": list(passed),
            "hired": [number for number, _ in hired],
            "hours": {number: [total, (rate * total * 2 + 60) // 120] for number, total in minutes.items()},
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
