"""Mails about free time, as people write them, and the grid they give.

The period is that of the R6 programme: 10/30(水) to 11/8(金), 9:00–17:00, lunch 12:00–13:00;
11/2–11/4 are closed (Saturday, Sunday, 振替休日).
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.availability_grid import Frame, Grid
from fujisawa_desktop.rules.availability_text import Reading, Verdict, read_availability

CLOSED = frozenset({date(2024, 11, 2), date(2024, 11, 3), date(2024, 11, 4)})
FRAME = Frame(date(2024, 10, 30), date(2024, 11, 8), CLOSED, 9 * 60, 17 * 60, 30, (12 * 60, 13 * 60))
DAYS = ("10/30", "10/31", "11/1", "11/5", "11/6", "11/7", "11/8")
ALL = "9-17"


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}" if minute % 60 else str(minute // 60)


def shown(grid: Grid) -> dict[str, str]:
    days: dict[str, list[str]] = {}
    for day, start, end in grid.spans():
        days.setdefault(f"{day.month}/{day.day}", []).append(f"{clock(start)}-{clock(end)}")
    return {day: " ".join(spans) for day, spans in days.items()}


def read(text: str) -> Reading:
    return read_availability(text, FRAME)


def codes(reading: Reading) -> list[str]:
    return [doubt.code.removeprefix("availability.") for doubt in reading.doubts]


def every_day(spans: str, *but: str) -> dict[str, str]:
    return {day: spans for day in DAYS if day not in but}


PLAIN: tuple[tuple[str, dict[str, str]], ...] = (
    ("7日以降の午後なら可", {"11/7": "12-17", "11/8": "12-17"}),
    ("10/31は終日OK、11/1は15時まで", {"10/31": ALL, "11/1": "9-15"}),
    ("11月5日(火) 10:00〜12:00、13時半から", {"11/5": "10-12 13:30-17"}),
    ("11/2以外いつでも", every_day(ALL)),
    ("11/5以外いつでも", every_day(ALL, "11/5")),
    ("火曜と木曜の午前", {"10/31": "9-12", "11/5": "9-12", "11/7": "9-12"}),
    ("10/30の9時-10時のみ", {"10/30": "9-10"}),
    ("5日・6日は不可", every_day(ALL, "11/5", "11/6")),
    ("授業があるため水曜は3限(13:00-14:30)以外", {"10/30": "9-13 14:30-17", "11/6": "9-13 14:30-17"}),
    (
        "水曜の３限（１３：００～１４：３０）は不可",
        {**every_day(ALL), "10/30": "9-13 14:30-17", "11/6": "9-13 14:30-17"},
    ),
    ("令和6年11月6日 9時~12時", {"11/6": "9-12"}),
    ("令和６年１１月６日　９時〜１２時", {"11/6": "9-12"}),
    ("R6.11.7 終日", {"11/7": ALL}),
    ("2024年11月8日（金）13:00-15:00", {"11/8": "13-15"}),
    ("2024-11-08 13:00～15:00", {"11/8": "13-15"}),
    ("2024/11/8は可", {"11/8": ALL}),
    ("11月5日火曜日 午前10時から正午", {"11/5": "10-12"}),
    ("11/5は不可。それ以外は大丈夫です", every_day(ALL, "11/5")),
    ("11/5の午前は不可。それ以外は大丈夫です", {**every_day(ALL), "11/5": "12-17"}),
    ("水曜は午前中授業のためNG。平日は9時以降OK", {**every_day(ALL), "10/30": "12-17", "11/6": "12-17"}),
    ("10/30の午前と10/31の午後はNG", {**every_day(ALL), "10/30": "12-17", "10/31": "9-12"}),
    ("15時以降しか空いていません", every_day("15-17")),
    ("5日は午前、6日は午後が可", {"11/5": "9-12", "11/6": "12-17"}),
    ("11/5 10時半〜12時または13時〜15時", {"11/5": "10:30-12 13-15"}),
    ("土日は不可です", every_day(ALL)),
    ("午前・午後どちらも可", every_day(ALL)),
    ("午後（13時以降）なら可", every_day("13-17")),
    ("11/1 13:00から1時間", {"11/1": "13-14"}),
    ("11/5は13時から、11/6は12時まで", {"11/5": "13-17", "11/6": "9-12"}),
    ("11/5は13時から11/6は12時まで", {"11/5": "13-17", "11/6": "9-12"}),
    ("11/5は13時から11/6は10時から", {"11/5": "13-17", "11/6": "10-17"}),
    ("11/5の13時から11/7まで", {"11/5": "13-17", "11/6": ALL, "11/7": ALL}),
    ("11/1 13:00から1時間半", {"11/1": "13-14:30"}),
    ("5,6日は終日大丈夫です。7日は用事があります。", {"11/5": ALL, "11/6": ALL}),
    (
        "いつでも大丈夫ですが、11/5の午前だけは避けていただけると助かります",
        {**every_day(ALL), "11/5": "12-17"},
    ),
    ("最終日以外", every_day(ALL, "11/8")),
    ("月・水・金の午前", {"10/30": "9-12", "11/1": "9-12", "11/6": "9-12", "11/8": "9-12"}),
    ("月〜木", {"10/30": ALL, "10/31": ALL, "11/5": ALL, "11/6": ALL, "11/7": ALL}),
    ("火木なら終日可能です", {"10/31": ALL, "11/5": ALL, "11/7": ALL}),
    ("10月中は不可", every_day(ALL, "10/30", "10/31")),
    ("11月上旬の午前", {"11/1": "9-12", "11/5": "9-12", "11/6": "9-12", "11/7": "9-12", "11/8": "9-12"}),
    ("11月5日から7日まで", {"11/5": ALL, "11/6": ALL, "11/7": ALL}),
    ("11月5日から7日までの10時から12時まで", {"11/5": "10-12", "11/6": "10-12", "11/7": "10-12"}),
    ("10/31〜11/5", {"10/31": ALL, "11/1": ALL, "11/5": ALL}),
    ("10/30,31と11/1の午後", {"10/30": "12-17", "10/31": "12-17", "11/1": "12-17"}),
    ("午後1時〜3時", every_day("13-15")),
    ("AM10:00〜PM3:00", every_day("10-15")),
    ("10:00AM〜3:00PM", every_day("10-15")),
    ("11/7まで", every_day(ALL, "11/8")),
    ("11/7より前", every_day(ALL, "11/7", "11/8")),
    (
        "11/6以前の13時以降",
        {"10/30": "13-17", "10/31": "13-17", "11/1": "13-17", "11/5": "13-17", "11/6": "13-17"},
    ),
    ("〜11/1", {"10/30": ALL, "10/31": ALL, "11/1": ALL}),
    ("11/5は〜15:00", {"11/5": "9-15"}),
    ("11/5〜", {"11/5": ALL, "11/6": ALL, "11/7": ALL, "11/8": ALL}),
    ("11/5 13:00〜", {"11/5": "13-17"}),
    ("11/5は13時から授業", {**every_day(ALL), "11/5": "9-13"}),
    ("11/5(火),6(水)", {"11/5": ALL, "11/6": ALL}),
    ("5〜8日", {"11/5": ALL, "11/6": ALL, "11/7": ALL, "11/8": ALL}),
    ("5日(火)～8日(金)の10-12時", {"11/5": "10-12", "11/6": "10-12", "11/7": "10-12", "11/8": "10-12"}),
    ("10/30 ×、10/31 ○、11/1 ◯", {"10/31": ALL, "11/1": ALL}),
    ("NG: 11/5\n11/6は午後", {"11/6": "12-17"}),
    ("不可：\n11/5\n11/6 午後", {**every_day(ALL, "11/5"), "11/6": "9-12"}),
    ("11/5:\n10:00-12:00\n・13:00-15:00", {"11/5": "10-12 13-15"}),
    (
        "参加可能な日時は以下の通りです。\n1. 10/30 10:00〜11:00\n2. 11/8 16時以降",
        {"10/30": "10-11", "11/8": "16-17"},
    ),
    ("午後なら7日以降可", {"11/7": "12-17", "11/8": "12-17"}),
    ("10:00〜12:00（10/30、10/31）", {"10/30": "10-12", "10/31": "10-12"}),
    ("11/5以外は不可", {"11/5": ALL}),
    ("11/5以外の午後", every_day("12-17", "11/5")),
    ("毎日13時半〜15時", every_day("13:30-15")),
    ("全日程終日可能です", every_day(ALL)),
    ("平日であればいつでも参加可能です", every_day(ALL)),
    ("予定はありませんので、期間中いつでも伺えます", every_day(ALL)),
    ("水曜日は授業が入っているため難しいです", every_day(ALL, "10/30", "11/6")),
    ("11/5は9時～10時と、15時～16時が空いています", {"11/5": "9-10 15-16"}),
    ("11/5の午前は都合がつきません", {**every_day(ALL), "11/5": "12-17"}),
    ("10/30は終日OKですが、12時から13時は除いていただきたいです", {"10/30": "9-12 13-17"}),
    ("３０日、３１日、１日は可", {"10/30": ALL, "10/31": ALL, "11/1": ALL}),
    (
        "10月30日、31日、11月1日は13時30分以降可",
        {"10/30": "13:30-17", "10/31": "13:30-17", "11/1": "13:30-17"},
    ),
    (
        "・10/30 ○\n・10/31 ×\n・11/1 午前のみ○\n・11/5 ○(15時まで)",
        {"10/30": ALL, "11/1": "9-12", "11/5": "9-15"},
    ),
    ("11/6 ○ 15時まで", {"11/6": "9-15"}),
    (
        "11/1(金) 10:00～17:00\n11/5(火) 13:00～17:00\n上記以外の日程でも調整可能です。",
        {**every_day(ALL), "11/1": "10-17", "11/5": "13-17"},
    ),
    ("11/5は10時から12時が可。それ以外は不可", {"11/5": "10-12"}),
    ("11/5は不可。その他の日は午後のみ", every_day("12-17", "11/5")),
    ("どの日も午後なら大丈夫です", every_day("12-17")),
    ("可能日：11/5、不可日：11/6", {"11/5": ALL}),
    ("10/30 ×：授業のため", every_day(ALL, "10/30")),
    ("11月5日は大学の講義があるため、13時以降であれば参加可能です。", {"11/5": "13-17"}),
    (
        "面接の日程につきまして、10月30日（水）の午前中、または11月6日（水）の14時以降でお願いできますでしょうか。",
        {"10/30": "9-12", "11/6": "14-17"},
    ),
    ("10/30(水)～11/1(金)は旅行のため参加できません", every_day(ALL, "10/30", "10/31", "11/1")),
    ("水・木は授業で不可。他はOK", {"11/1": ALL, "11/5": ALL, "11/8": ALL}),
    ("第1希望：10/30 10時～、第2希望：10/31 13時～", {"10/30": "10-17", "10/31": "13-17"}),
    ("11月5日 9:00-10:30/13:00-14:00", {"11/5": "9-10:30 13-14"}),
    ("午前中は難しいですが、午後は大丈夫です", every_day("12-17")),
    ("10時以降ならいつでも", every_day("10-17")),
    ("月曜以外の平日", every_day(ALL)),
    ("火曜以外の平日の午後", every_day("12-17", "11/5")),
    ("全日程OK（ただし11/5は15時以降）", {**every_day(ALL), "11/5": "15-17"}),
    ("全日程OK。11/5は15時以降のみ", {**every_day(ALL), "11/5": "15-17"}),
    ("火曜以外は可。ただし13時以降", every_day("13-17", "11/5")),
    ("11月の火曜と木曜の午後", {"11/5": "12-17", "11/7": "12-17"}),
    ("10/30〜11/6の水曜は不可", every_day(ALL, "10/30", "11/6")),
    ("11/5と水曜", {"10/30": ALL, "11/5": ALL, "11/6": ALL}),
    ("11/5は15:00〜16:00以外", {"11/5": "9-15 16-17"}),
    ("11/6は10時〜12時と14時〜16時以外", {"11/6": "9-10 12-14 16-17"}),
    ("都合の悪い日：10/31、11/6午前", {**every_day(ALL), "10/31": "12-17", "11/6": "12-17"}),
)


@pytest.mark.parametrize(("text", "expected"), PLAIN, ids=[text for text, _grid in PLAIN])
def test_what_is_clear_is_read_without_a_doubt(text: str, expected: dict[str, str]) -> None:
    reading = read(text)
    assert shown(reading.free) == expected
    assert codes(reading) == []
    assert not reading.gaps


DOUBTFUL: tuple[tuple[str, dict[str, str], list[str]], ...] = (
    ("平日の夕方以降", every_day("15-17"), ["part-vague"]),
    ("3時から", every_day("15-17"), ["hour-ambiguous"]),
    ("11/5 1時〜3時", {"11/5": "13-15"}, ["hour-ambiguous", "hour-ambiguous"]),
    ("9時-5時", every_day(ALL), ["hour-ambiguous"]),
    ("10時-2時", every_day("10-14"), ["hour-ambiguous"]),
    ("11/5 10:00", {"11/5": "10-10:30"}, ["single-time"]),
    ("１１月５日（水）午後", {"11/5": "12-17"}, ["weekday-contradicts"]),
    (
        "11/5(月)〜11/7(水)",
        {"11/5": ALL, "11/6": ALL, "11/7": ALL},
        ["weekday-contradicts", "weekday-contradicts"],
    ),
    ("10時前後", every_day("9:30-10:30"), ["around"]),
    ("15時頃から可", every_day("15-17"), ["around"]),
    ("10/30 △、10/31 ○", {"10/31": ALL}, ["maybe"]),
    ("10/30 △", {}, ["maybe"]),
    ("11/3は可", {}, ["text-closed"]),
    ("11/3は不可", every_day(ALL), []),
    ("11/20でもOK", {}, ["text-outside"]),
    ("11/20は不可", every_day(ALL), []),
    ("夕方5時以降", {}, ["outside-hours"]),
    ("12時〜10時", {}, ["backwards"]),
    ("11/31は可", {}, ["no-such-day"]),
    ("11/5は25時から", {}, ["no-such-time"]),
    ("11/7の3限", {}, ["period-unknown"]),
    ("11/7の3限は不可", every_day(ALL, "11/7"), ["period-unknown"]),
    (
        "10/30の午後、10/31の午前はNG",
        {**every_day(ALL), "10/30": "9-12", "10/31": "12-17"},
        ["verdict-carried"],
    ),
    ("10/30は終日OK、11/5は午後不可", {"10/30": ALL, "11/5": "9-12"}, ["rest-of-day"]),
    ("平日は不可ですが、11/5の夕方は可", {"11/5": "15-17"}, ["part-vague"]),
    ("11/5は可能ですが難しい", {}, ["verdict-mixed"]),
    ("11/5前後", {"11/5": ALL, "11/6": ALL}, ["around-day"]),
    ("11/5の13時から11/6の12時まで", {"11/5": "13-17", "11/6": "9-12"}, ["over-night"]),
    ("11/5の13時から11/7の12時まで", {"11/5": "13-17", "11/7": "9-12"}, ["over-night"]),
    ("11/5の午後〜11/6の午前", {"11/5": "12-17", "11/6": "9-12"}, ["over-night"]),
    ("11/5 13:00〜11/6 12:00", {"11/5": "13-17", "11/6": "12-12:30"}, ["over-night", "single-time"]),
    ("お昼", every_day("12-13"), ["part-vague"]),
    (
        "10/30 9:00-12:00、15:00以降は不可",
        {**every_day(ALL), "10/30": "12-15"},
        ["verdict-carried"],
    ),
)


@pytest.mark.parametrize(("text", "expected", "doubts"), DOUBTFUL, ids=[row[0] for row in DOUBTFUL])
def test_what_can_be_read_in_two_ways_is_a_doubt_beside_the_reading(
    text: str, expected: dict[str, str], doubts: list[str]
) -> None:
    reading = read(text)
    assert shown(reading.free) == expected
    assert codes(reading) == doubts


def test_each_phrase_says_what_it_gave_and_where_it_stands() -> None:
    text = "お世話になっております。山田です。10/31は終日OK、11/1は15時まで。11/5は不可"
    reading = read(text)
    assert [(text[one.start : one.end], one.verdict, shown(one.times)) for one in reading.phrases] == [
        ("10/31は終日OK", Verdict.YES, {"10/31": ALL}),
        ("11/1は15時まで", Verdict.YES, {"11/1": "9-15"}),
        ("11/5は不可", Verdict.NO, {"11/5": ALL}),
    ]
    assert [text[gap.start : gap.end] for gap in reading.gaps] == ["山田"]


def test_places_are_those_of_the_written_text_though_it_is_folded() -> None:
    text = "㈱山田商事の件　１１月５日㈫は終日ＯＫ"
    reading = read(text)
    assert [text[one.start : one.end] for one in reading.phrases] == ["１１月５日㈫は終日ＯＫ"]
    assert shown(reading.free) == {"11/5": ALL}
    assert text[reading.gaps[0].start : reading.gaps[0].end].startswith("㈱山田商事")


def test_words_that_may_change_everything_are_not_taken_as_a_yes() -> None:
    text = "11/5は13時から友達と会う"
    reading = read(text)
    assert not reading.free
    assert shown(reading.maybe) == {"11/5": "13-17"}
    assert codes(reading) == ["verdict-unclear"]
    assert [text[gap.start : gap.end] for gap in reading.gaps] == ["友達と会う"]


def test_a_whole_mail_with_greeting_and_signature() -> None:
    text = (
        "藤沢市 職員課 御中\r\n\r\nお世話になっております。○○大学の楜澤です。\r\n"
        "面接の日程ですが、以下の日程でお願いいたします。\r\n\r\n"
        "・10/30(水) 10:00〜12:00\r\n・10/31(木) 終日\r\n・11/1(金) 15時以降\r\n\r\n"
        "11/5(火)は授業のため難しいです。\r\nよろしくお願いいたします。\r\n\r\n楜澤 涼介"
    )
    reading = read(text)
    assert shown(reading.free) == {"10/30": "10-12", "10/31": ALL, "11/1": "15-17"}
    assert "楜澤 涼介" in [text[gap.start : gap.end] for gap in reading.gaps]


def test_letters_within_words_are_no_signs() -> None:
    text = "TOKYO max team fox@example.jp 11/5は可"
    reading = read(text)
    assert shown(reading.free) == {"11/5": ALL}
    assert [one.verdict for one in reading.phrases] == [Verdict.YES]


def test_relative_words_are_left_to_the_clerk() -> None:
    for text in ("明日なら可", "来週の火曜", "再来週"):
        assert read(text).gaps, text


def test_which_month_a_bare_day_means_depends_on_the_period() -> None:
    long = Frame(date(2024, 10, 1), date(2024, 11, 30), frozenset(), 9 * 60, 17 * 60)
    reading = read_availability("7日は可", long)
    assert [(day, start, end) for day, start, end in reading.free.spans()] == [(date(2024, 10, 7), 540, 1020)]
    assert [doubt.code for doubt in reading.doubts] == ["availability.day-ambiguous"]
    assert not read_availability("11月1日、7日は可", long).doubts


def test_an_hour_that_fits_twice_a_day_is_a_doubt() -> None:
    late = Frame(date(2024, 10, 30), date(2024, 10, 30), frozenset(), 8 * 60, 21 * 60)
    reading = read_availability("9時から", late)
    assert [(start, end) for _day, start, end in reading.free.spans()] == [(540, 1260)]
    assert reading.doubts[0].params == {"hour": 9, "taken": 9}


WORDS = st.sampled_from(
    [
        "10/30",
        "11月5日(火)",
        "7日",
        "5日・6日",
        "火曜",
        "平日",
        "午前",
        "午後",
        "夕方",
        "終日",
        "9時",
        "10:00",
        "15時半",
        "3限",
        "〜",
        "から",
        "まで",
        "以降",
        "以前",
        "前後",
        "頃",
        "以外",
        "のみ",
        "は",
        "の",
        "と",
        "、",
        "。",
        "\n",
        "\n\n",
        "可",
        "不可",
        "NG",
        "OK",
        "△",
        "それ以外",
        "ただし",
        "授業のため",
        "授業",
        "(",
        ")",
        "：",
        "1時間",
        "令和6年11月6日",
        "しか",
        "？",
        "山田",
        "11/31",
        "25時",
        "12/24",
    ]
)
TERMS = st.sampled_from(
    [
        "10/30",
        "11/5の午前",
        "7日以降",
        "火曜と木曜",
        "午後",
        "5日・6日",
        "11/1の13時から15時",
        "毎日9時〜10時",
        "10月中",
        "平日の午後",
        "11/5 10:00〜11:00と13:00〜14:00",
        "11/3",
        "11/20",
        "月〜水の15時以降",
    ]
)


@given(st.lists(WORDS, max_size=14).map("".join) | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    reading = read(text)
    for grid in (reading.free, reading.maybe, *(one.times for one in reading.phrases)):
        for day, start, end in grid.spans():
            assert day in FRAME.open_days
            assert FRAME.opens <= start < end <= FRAME.closes
        assert grid.lies_in(FRAME.everything())
    assert not reading.free & reading.maybe
    for mark in (*reading.phrases, *reading.gaps, *reading.doubts):
        assert 0 <= mark.start < mark.end <= len(text)
    assert read(text) == reading


@given(TERMS)
def test_what_is_impossible_and_what_is_possible_make_up_everything(term: str) -> None:
    possible, impossible = read(f"{term}は可").free, read(f"{term}は不可").free
    assert possible | impossible == FRAME.everything()
    assert not possible & impossible


@given(TERMS)
def test_all_but_something_is_the_rest(term: str) -> None:
    if "の" in term or ":" in term or "毎日" in term:
        return
    assert read(f"{term}以外は可").free == read(f"{term}は不可").free
    assert read(f"{term}以外は不可").free == read(f"{term}は可").free


@given(st.dictionaries(st.sampled_from(FRAME.open_days), st.sets(st.integers(0, 1439)), max_size=4))
def test_a_grid_gives_back_what_was_put_in(minutes: dict[date, set[int]]) -> None:
    whole = FRAME.nothing()
    for day, marks in minutes.items():
        whole |= FRAME.grid([day], [(mark, mark + 1) for mark in marks])
    held = {(day, minute) for day, start, end in whole.spans() for minute in range(start, end)}
    assert held == {
        (day, mark) for day, marks in minutes.items() for mark in marks if FRAME.opens <= mark < FRAME.closes
    }
    assert FRAME.from_windows(whole.windows()) == whole
