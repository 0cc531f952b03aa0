"""Specs as the services make them, for the tests of paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_origin, get_type_hints

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import (
    AttendanceDay,
    AttendanceSpec,
    ChoiceLine,
    Column,
    ContactBox,
    DecisionRecordSpec,
    DisclosureSpec,
    DoorLine,
    DoorListSpec,
    Item,
    Job,
    LabelledText,
    LetterSpec,
    Owner,
    Paper,
    PayLine,
    PaySection,
    PayStatementSpec,
    ReportSection,
    ReportTable,
    RosterSpec,
    ScoreLine,
    ScoreSheetSpec,
    Spec,
    TimetableCell,
    TimetableSpec,
)

URL = "https://www.city.example.lg.jp/shokuin/internship.html"
CONTACT = ContactBox(
    "問い合わせ先",
    (
        "見本市 総務部 職員課",
        "担当　楜澤（くるみざわ）・西山",
        "電話　000-000-0000　内線2257",
        "メール　saiyo@example.lg.jp",
    ),
    URL,
    "ホームページ",
)
LONGEST_NAME = "寿限無寿限無五劫の擦り切れ海砂利水魚之介"
IVS_NAME = "葛\U000e0100城　𠮷之助"


def letter(name: str = "楜澤　涼介", key: str = "1", **changes: Any) -> LetterSpec:
    spec = LetterSpec(
        owner=Owner(key, name),
        number="藤職第123号",
        date="令和6年10月25日",
        address=(),
        name=name,
        honorific="様",
        sender=("見本市長",),
        seal_note="（公印省略）",
        title="令和6年度見本市長期インターンシップ（有償型）\n1次選考の結果について（通知）",
        body=(
            "このたびは、見本市長期インターンシップ（有償型）にご応募いただき、誠にありがとうございました。",
            "慎重に選考しました結果、あなたは1次選考に合格されましたので、下記のとおり通知します。",
        ),
        items=(
            Item("受付番号", ("123456789012",)),
            Item("コース", ("「DX・スマートシティ」コース（受入部署：デジタル推進室）",)),
            Item("日時", ("令和6年10月30日（水）午前10時00分から午前10時30分まで",)),
        ),
        notes=(),
        contact=CONTACT,
    )
    return replace(spec, **changes)


def roster(count: int, name: str = "楜澤　涼介") -> RosterSpec:
    return RosterSpec(
        owner=Owner("roster", "「DX・スマートシティ」コース"),
        title="R6長期インターンシップ　応募者名簿",
        subtitle="「DX・スマートシティ」コース（五十音順）",
        mark="取扱注意",
        printed_at="令和6年10月25日 17:02 作成",
        count=f"{count}名",
        columns=(
            Column("No.", 9, "right"),
            Column("受付番号", 28),
            Column("氏名", 42),
            Column("フリガナ", 46),
            Column("大学・学部・学年", 90),
        ),
        rows=tuple(
            (str(number), f"1000{number:08d}", name, "クルミザワ リョウスケ", "見本大学　経済学部　3年")
            for number in range(1, count + 1)
        ),
        empty_text="該当する応募者はいません。",
    )


def timetable(interviewers: int = 3, rows: int = 16) -> TimetableSpec:
    return TimetableSpec(
        owner=Owner("2024-10-30", "10月30日（水）"),
        title="2次選考（面接）日程表",
        day="2024年10月30日（水）",
        mark="取扱注意",
        printed_at="10月29日 9:00 作成",
        count="2件",
        times=tuple(f"{9 + row // 2}:{row % 2 * 30:02d}" for row in range(rows)),
        interviewers=tuple(f"面接官{chr(ord('A') + number)}" for number in range(interviewers)),
        cells=(
            TimetableCell(0, 0, 1, "楜澤　涼介", ("100000000001", "DX・スマートシティ")),
            TimetableCell(2, interviewers - 1, 2, "髙﨑　花", ("100000000002", "子ども・子育て政策")),
        ),
        closed_rows=(6, 7),
        notes=("網掛けは、昼休みです。",),
    )


def attendance(name: str = "楜澤　涼介", days: int = 31) -> AttendanceSpec:
    return AttendanceSpec(
        owner=Owner("1", name),
        title="出勤簿",
        month="令和6年12月分",
        facts=(LabelledText("氏名", name), LabelledText("所属", "デジタル推進室")),
        days=tuple(
            AttendanceDay(
                str(day), "日月火水木金土"[(day - 1) % 7], day % 7 in {0, 1},
                "9:00～16:00", "9:00", "15:45", "1:00", "5:45", "年末年始" if day > 28 else "",
            )
            for day in range(1, days + 1)
        ),
        totals=(LabelledText("勤務時間の合計", "59時間45分"), LabelledText("上限までの残り", "0時間14分")),
        stamps=("本人", "所属長", "職員課"),
        notes=("網掛けの日は、閉庁日です。",),
        printed_at="令和7年1月6日 9:12 作成",
    )  # fmt: skip


def pay_statement(name: str = "楜澤　涼介") -> PayStatementSpec:
    return PayStatementSpec(
        owner=Owner("1", name),
        title="支給額計算書（参考）",
        month="令和6年12月分",
        name=name,
        honorific="様",
        sender=("見本市 総務部 職員課",),
        date="令和7年1月10日",
        facts=(LabelledText("受付番号", "1"), LabelledText("支給日", "")),
        sections=(
            PaySection(
                "１　報酬", (PayLine("報酬", ("1,258円 × 3,585分 ÷ 60分 ＝ 75,165.50円",), "75,166円"),)
            ),
            PaySection("２　控除", (PayLine("控除額計", (), "0円", is_total=True),)),
        ),
        net=LabelledText("差引支給額", "75,166円"),
        notes=("この計算書は、参考です。",),
        contact=CONTACT,
    )


def score_sheet(criteria: int = 4, blank_lines: int = 0) -> ScoreSheetSpec:
    return ScoreSheetSpec(
        owner=Owner("1-1", "100000000001　職員課 佐野"),
        title="R6長期インターンシップ　2次選考（面接）評価票",
        subtitle="令和6年10月30日（水）　9:00～9:30　面接官：職員課 佐野",
        mark="取扱注意",
        printed_at="令和6年10月29日 9:00 作成",
        facts=(LabelledText("受付番号", "100000000001"), LabelledText("氏名", "楜澤　涼介")),
        need=LabelledText("配慮事項", "筆談を希望。面接官は口元が見える位置に着席する。"),
        headings=("評価項目", "着眼点", "点数（○で囲む）", "点数"),
        criteria=tuple(
            ScoreLine(f"項目{n}", "応募の理由が具体的か。", "0　1　2　3　4　5", "／5")
            for n in range(1, criteria + 1)
        ),
        blank_lines=blank_lines,
        total="合計",
        choices=(ChoiceLine("総合判断", ("合格", "補欠", "不合格")), ChoiceLine("出欠", ("出席", "欠席"))),
        comment="所見",
        notes=("控えを取らないでください。",),
    )


def door_list(lines: int = 3) -> DoorListSpec:
    return DoorListSpec(
        owner=Owner("1-2024-10-30", "職員課 佐野　10月30日（水）"),
        title="長期インターンシップ　2次選考（面接）",
        place="職員課　佐野",
        day="2024年10月30日（水）",
        headings=("時間", "受付番号"),
        lines=tuple(DoorLine(f"{9 + n // 2}:{n % 2 * 30:02d}", f"1000{n:08d}") for n in range(lines)),
        notes=("受付番号の方は、開始の5分前までにお待ちください。",),
        printed_at="10月29日 9:00 作成",
    )


def disclosure(name: str = "楜澤　涼介") -> DisclosureSpec:
    columns = (Column("評価項目", 60), Column("満点", 16, "right"), Column("評価者A", 24, "right"))
    return DisclosureSpec(
        owner=Owner("1", name),
        title="選考に関する情報の開示について",
        date="令和6年11月20日",
        name=name,
        honorific="様",
        sender=("見本市長",),
        facts=(
            LabelledText("受付番号", "100000000001"),
            LabelledText("コース", "「DX・スマートシティ」コース"),
            LabelledText("合計", "12.5点"),
            LabelledText("順位", "350人中12位"),
        ),
        sections=(
            ReportSection(
                "１　結果",
                table=ReportTable(
                    (Column("選考", 40), Column("結果", 60), Column("発表日", 60)),
                    (("1次選考", "合格", "令和6年10月25日"), ("2次選考", "補欠1", "令和6年11月15日")),
                ),
            ),
            ReportSection(
                "２　評価",
                ("評価者の点数の平均を合計とします。",),
                ReportTable(columns, (("応募の動機", "5", "4"), ("課題を見つける力", "5", "－"))),
            ),
            ReportSection("３　コースの人数", table=ReportTable(columns[:2], (), "記録はありません。")),
        ),
        notes=("評価者の氏名は、開示の対象ではありません。",),
        contact=CONTACT,
    )


def decision_record(rows: int = 3) -> DecisionRecordSpec:
    columns = (Column("受付番号", 34), Column("コース", 44), Column("結果", 22), Column("点数", 24, "right"))
    return DecisionRecordSpec(
        owner=Owner("1次選考", "1次選考の決定の記録"),
        title="R6長期インターンシップ　1次選考の決定の記録",
        subtitle="令和6年度見本市長期インターンシップ（有償型）",
        mark="取扱注意",
        printed_at="令和6年11月20日 9:00 作成",
        facts=(LabelledText("選考", "1次選考"), LabelledText("件数", f"{rows}件")),
        sections=(
            ReportSection("１　方法", ("書類の評価による。", "同点の場合は、応募の順による。")),
            ReportSection(
                "２　結果",
                table=ReportTable(
                    columns,
                    tuple(
                        (f"1000{number:08d}", "「DX・スマートシティ」", "合格", "12.5点")
                        for number in range(rows)
                    ),
                ),
            ),
            ReportSection("３　訂正", table=ReportTable(columns, (), "ありません。")),
        ),
        notes=("この記録は、文書分類表により保存する。",),
    )


SPECS: dict[str, Callable[[], Spec]] = {
    "letter": letter,
    "roster": lambda: roster(3),
    "timetable": timetable,
    "attendance": attendance,
    "pay statement": pay_statement,
    "score sheet": score_sheet,
    "door list": door_list,
    "disclosure": disclosure,
    "decision record": decision_record,
}
"""A sample of every spec that is printed; tests of all kinds take theirs from here."""


def job(*specs: Spec) -> Job:
    return Job("1次選考結果通知", "見本市 総務部 職員課", "通知", datetime(2024, 10, 25, 17, 2), specs)


def printed(*specs: Spec) -> Paper:
    return make_paper(job(*specs))


def with_every_text(spec: Any, change: Callable[[str], str]) -> Any:
    """Return the spec with every text changed; choices such as an alignment stay."""
    if type(spec) is str:
        return change(spec)
    if isinstance(spec, tuple):
        return tuple(with_every_text(part, change) for part in spec)
    if is_dataclass(spec) and not isinstance(spec, type):
        hints = get_type_hints(type(spec))
        values = {
            field.name: getattr(spec, field.name)
            for field in fields(spec)
            if get_origin(hints[field.name]) is not Literal
        }
        return replace(spec, **{name: with_every_text(value, change) for name, value in values.items()})
    return spec


def texts_of(spec: Spec) -> list[str]:
    """Return all texts of a spec in the order of its fields, whose pages they are left out."""
    found: list[str] = []
    with_every_text(replace(spec, owner=None), lambda text: found.append(text) or text)  # type: ignore[func-returns-value, type-var]
    return found
