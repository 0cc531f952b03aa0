"""Invented portal files, for trying the program out: as odd as real ones, with the right answers.

All people and schools are made from word lists; a seed gives the same files again.
"""

from __future__ import annotations

import csv
import io
import json
import random
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

from fujisawa_desktop.paths import resources_dir

E_APPLICATION: Final = "e-application.csv"
RIKUNABI: Final = "rikunabi.csv"
FIRST: Final = "decisions-first.csv"
FINAL: Final = "decisions-final.csv"
AVAILABILITY: Final = "availability.csv"
INTERVIEWERS: Final = "interviewers.csv"
HOURS: Final = "hours.csv"
TRUTH: Final = "truth.json"

_WEEKDAYS: Final = "月火水木金"
_SAME_SHARE, _FIRST_PASSES = 0.075, 60
_LATE, _WITHDRAWN, _NOT_STUDENT, _TWINS = 3, 4, 3, 4


_ODD_CELLS: Final = (
    {"生年月日": "２００４年２月２９日", "電話番号": "０９０－１２３４－５６７８"},
    {"氏名（フリガナ）": "ﾐﾎﾝ ﾘｮｳｽｹ", "郵便番号": "〒251-8601"},
    {"申込日時": "45570.5"},
)
"""Cells that a reader must understand, in the last good rows of the e-application file."""


@dataclass(frozen=True, slots=True)
class SampleProgramme:
    """What the files must agree with."""

    municipality: str
    courses: tuple[str, ...]
    entry_from: date
    deadline: datetime
    interview_days: tuple[date, ...]
    day_from: time
    day_until: time
    lunch_from: time
    lunch_until: time
    interviewers: tuple[tuple[str, str], ...]
    """Name and course, empty for any course."""
    work_days: tuple[date, ...]
    """Open days of the first month of work."""
    rate_yen: int


@dataclass(slots=True)
class _Person:
    index: int
    family: str
    portal_family: str
    family_kana: str
    given: str
    given_kana: str
    birth: date
    phone: str
    mail: str
    school: str
    faculty: str
    department: str
    year: int
    town: str
    courses: tuple[str, ...]
    days: str
    motive: str
    received: datetime
    state: str = "処理待ち"


@dataclass(slots=True)
class _Truth:
    same: list[tuple[str, str]] = field(default_factory=list)
    not_same: list[tuple[str, str]] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    not_student: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


def sample_files(programme: SampleProgramme, *, applicants: int = 400, seed: int = 6) -> dict[str, bytes]:
    """Return the sample files by name.

    Args:
        programme: dates, courses and times of the programme the files are for.
        applicants: entries of both portals that can be taken in; at least 40.
        seed: another number gives other people.
    """
    return _Maker(programme, max(applicants, 40), seed).files()


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads((resources_dir() / "samples" / "words.toml").read_text(encoding="utf-8"))


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8-sig") -> bytes:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if encoding == "cp932" else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, quoting=quoting, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


class _Maker:
    def __init__(self, programme: SampleProgramme, applicants: int, seed: int) -> None:
        self._programme = programme
        self._dice = random.Random(seed)
        self._words = _words()
        self._taken: set[tuple[str, str, date]] = set()
        self._e_count = round(applicants * 0.55)
        self._r_count = applicants - self._e_count
        self._same = max(2, round(applicants * _SAME_SHARE))
        self._truth = _Truth()
        self._e_rows: list[tuple[str, _Person]] = []
        self._r_rows: list[tuple[str, _Person]] = []
        self._courses: dict[str, str] = {}

    def files(self) -> dict[str, bytes]:
        self._make_people()
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

    # --- people ---------------------------------------------------------------

    def _person(self, index: int) -> _Person:
        dice, words = self._dice, self._words
        while True:
            family, portal_family, family_kana = dice.choice(words["families"])
            given, given_kana = dice.choice(words["given"])
            birth = date(2000, 4, 2) + timedelta(days=dice.randrange(2200))
            if (family_kana, given_kana, birth) not in self._taken:
                break
        self._taken.add((family_kana, given_kana, birth))
        span = self._programme.deadline - datetime.combine(self._programme.entry_from, time(9))
        received = datetime.combine(self._programme.entry_from, time(9)) + timedelta(
            minutes=dice.randrange(int(span.total_seconds() // 60) - 60)
        )
        return _Person(
            index=index,
            family=family,
            portal_family=portal_family,
            family_kana=family_kana,
            given=given,
            given_kana=given_kana,
            birth=birth,
            phone=f"0900{index:07d}",
            mail=f"sample{index:05d}@example.ac.jp",
            school=dice.choice(words["schools"]),
            faculty=dice.choice(words["faculties"]),
            department=dice.choice(words["departments"]),
            year=dice.randint(1, 4),
            town=f"{dice.choice(words['towns'])}{dice.randint(1, 40)}番地の{dice.randint(1, 9)}",
            courses=(dice.choice(self._programme.courses),),
            days="".join(day for day in _WEEKDAYS if dice.random() < 0.5) or dice.choice(_WEEKDAYS),
            motive="".join(dice.sample(words["motives"], 2)),
            received=received,
        )

    def _make_people(self) -> None:
        twins = min(_TWINS, self._r_count // 6)
        both = self._same + 2 * twins
        e_people = [self._person(index) for index in range(self._e_count)]
        for index, person in enumerate(e_people):
            self._e_rows.append((f"{240_000_000_000 + index * 6113}", person))
        for place in range(self._r_count):
            number = f"MB{20_000_000 + place * 41}"
            if place < self._same:
                person = self._again(e_people[place], place)
                self._truth.same.append((self._e_rows[place][0], number))
            elif place < both:
                person = self._alike(e_people[place], twin=place < self._same + twins)
                self._truth.not_same.append((self._e_rows[place][0], number))
            else:
                person = self._person(self._e_count + place)
            self._r_rows.append((number, person))
        self._mark_e_rows(both)
        self._mark_r_rows()

    def _again(self, person: _Person, place: int) -> _Person:
        """The same person at the other portal: one of mail and telephone differs, the kanji may."""
        again = replace(person, received=person.received + timedelta(hours=5))
        if place % 3 == 0:
            again.mail = f"relay{place}@relay.example.com"
        if place % 3 == 1:
            again.phone = f"0801{place:07d}"
        return again

    def _alike(self, person: _Person, *, twin: bool) -> _Person:
        other = self._person(person.index + 500_000)
        other.family, other.family_kana = person.family, person.family_kana
        if twin:
            names = [name for name in self._words["given"] if name[1] != person.given_kana]
            other.given, other.given_kana = self._dice.choice(names)
            other.birth, other.school, other.town = person.birth, person.school, person.town
            other.phone = person.phone  # the telephone of their home
        else:
            other.given, other.given_kana = person.given, person.given_kana
            other.birth = person.birth + timedelta(days=400)
        return other

    def _mark_e_rows(self, first_free: int) -> None:
        free = iter(self._e_rows[first_free:])
        for number, person in (next(free) for _ in range(_LATE)):
            person.received = self._programme.deadline + timedelta(hours=1, minutes=7)
            self._truth.late.append(number)
        for number, person in (next(free) for _ in range(_WITHDRAWN)):
            person.state = "取下げ"
            self._truth.withdrawn.append(number)
        for (number, person), school in zip(free, self._words["not_students"], strict=False):
            person.school, person.faculty, person.department = school, "", ""
            self._truth.not_student.append(number)

    def _mark_r_rows(self) -> None:
        odd = [
            {"motive": '一行目です。\n二行目には "引用" があります。'},
            {"motive": '=HYPERLINK("http://example.com","志望理由")'},
            {"motive": "\u202e𠮷野家🍣 葛󠄀西"},
            {"motive": "長い回答です。" * 400},
            {"family": "<b>見本&", "portal_family": "<b>見本&"},
        ]
        for (_number, person), values in zip(self._r_rows[-len(odd) - 1 : -1], odd, strict=True):
            for name, value in values.items():
                setattr(person, name, value)
        number, person = self._r_rows[-1]
        person.courses = self._programme.courses[:2]
        self._truth.both.append(number)

    # --- the portals' files -----------------------------------------------------

    def _e_file(self) -> bytes:
        headings = (
            "整理番号", "申込日時", "処理状況", "手続き名", "氏名（漢字）", "氏名（フリガナ）", "生年月日", "郵便番号",
            "住所", "電話番号", "メールアドレス", "大学・大学院名", "学部・研究科", "学科・専攻", "学年", "卒業予定年月",
            "希望コース", "勤務可能曜日", "志望理由", "自己PR", "最寄駅", "欠格条項の確認",
        )  # fmt: skip
        rows = [self._e_row(number, person) for number, person in self._e_rows]
        rows.extend(self._refused_rows())
        for row, changes in zip(rows[-6:-3], _ODD_CELLS, strict=True):
            for column, value in changes.items():
                row[headings.index(column)] = value
        blank = [""] * len(headings)
        return _csv(headings, [*rows, blank, blank], "cp932")

    def _e_row(self, number: str, person: _Person) -> list[str]:
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
            self._dice.choice(self._words["stations"]),
            "該当しません",
        ]

    def _refused_rows(self) -> list[list[str]]:
        template = [self._e_row(f"{250_000_000_000 + n * 6113}", self._person(900_000 + n)) for n in range(3)]
        template[0][0] = "2.5E+11"
        template[1][6] = f"{self._programme.entry_from.year - 20}/02/30"
        template[2][4] = "　"
        reasons = ("number damaged by a spreadsheet", "no such day", "no name")
        self._truth.rejected.extend(zip(reasons, (row[0] for row in template), strict=True))
        return template

    def _r_file(self) -> bytes:
        headings = (
            "会員ID", "エントリー日時", "氏名(姓)", "氏名(名)", "カナ(姓)", "カナ(名)", "生年月日", "メールアドレス", "携帯電話番号",
            "現住所郵便番号", "現住所", "学校区分", "学校名", "学部・研究科名", "学科・専攻名", "卒業予定年月", "設問1", "設問2", "設問3",
        )  # fmt: skip
        return _csv(headings, [self._r_row(number, person) for number, person in self._r_rows])

    def _r_row(self, number: str, person: _Person) -> list[str]:
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

    def _course_of(self, number: str) -> str:
        if not self._courses:
            self._courses = {key: person.courses[0] for key, person in (*self._e_rows, *self._r_rows)}
        return self._courses[number]

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
            found.extend([(number, course) for number in passed if self._course_of(number) == course][:2])
        return found

    def _final_file(self, passed: Sequence[str], hired: Sequence[tuple[str, str]]) -> bytes:
        rows = [(number, "最終", "合格", course) for number, course in hired]
        names = {number for number, _ in hired}
        first = self._programme.courses[0]
        reserve = next((n for n in passed if n not in names and self._course_of(n) == first), None)
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
        worked = {"16:00": 360, "15:45": 345, "12:00": 180, "11:50": 170}
        for number, _day, _start, end, _break in hours:
            minutes[number] += worked[end]
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
