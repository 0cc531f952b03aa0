"""Calendar files, read back by another parser (vobject) and looked at byte by byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.exchange.icalendar_out import CalendarEntry, Method, Organizer, calendar_bytes

OFFICE = Organizer('藤沢市 職員課: "担当", 係', "shokuin@example.jp")


def entry(**more: object) -> CalendarEntry:
    given_: dict[str, object] = {
        "uid": "0123456789abcdef@fujisawa-desktop",
        "sequence": 2,
        "starts": datetime(2024, 10, 30, 9),
        "ends": datetime(2024, 10, 30, 9, 30),
        "stamp": datetime(2024, 10, 25, 17, 2),
        "summary": "面接　髙橋; 美咲, \\A",
        "description": "受付番号：700000000001\nコース：「DX・スマートシティ」、" + "長い" * 60,
        "place": "オンライン",
        "url": "https://meet.example.jp/r?id=1,2;3&x=%E9%9D%A2",
        **more,
    }
    return CalendarEntry(**given_)  # type: ignore[arg-type]


def read(data: bytes) -> vobject.base.Component:
    return vobject.readOne(data.decode("utf-8"))


def test_an_event_comes_back_from_another_parser() -> None:
    one = entry()
    calendar = read(calendar_bytes("面接予定", [one], OFFICE, method="PUBLISH"))
    event = calendar.vevent
    assert calendar.method.value == "PUBLISH"
    assert event.uid.value == one.uid
    assert event.sequence.value == "2"
    assert event.status.value == "CONFIRMED"
    assert (event.summary.value, event.description.value) == (one.summary, one.description)
    assert (event.location.value, event.url.value) == (one.place, one.url)
    assert event.organizer.value == "mailto:shokuin@example.jp"
    assert event.dtstart.value.replace(tzinfo=None) == one.starts
    assert event.dtend.value.replace(tzinfo=None) == one.ends
    assert event.dtstart.value.utcoffset() == timedelta(hours=9)
    assert event.dtstamp.value == datetime(2024, 10, 25, 8, 2, tzinfo=UTC)


def test_the_zone_is_spelled_out_and_used() -> None:
    text = calendar_bytes("面接予定", [entry()], OFFICE, method="PUBLISH").decode()
    assert "DTSTART;TZID=Asia/Tokyo:20241030T090000\r\n" in text
    zone = read(text.encode()).vtimezone
    assert zone.tzid.value == "Asia/Tokyo"
    assert (zone.standard.tzoffsetfrom.value, zone.standard.tzoffsetto.value) == ("+0900", "+0900")


def test_what_fell_away_is_a_cancel() -> None:
    calendar = read(calendar_bytes("面接予定", [entry()], OFFICE, method="CANCEL"))
    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.status.value == "CANCELLED"
    assert calendar.vevent.uid.value == entry().uid


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
def test_lines_are_folded_at_75_octets_between_characters(method: Method) -> None:
    data = calendar_bytes("面" * 80, [entry(summary="𠮷" * 80)], OFFICE, method=method)
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut in two
    assert read(data).vevent.summary.value == "𠮷" * 80


def test_what_would_break_a_line_is_escaped_or_left_out() -> None:
    one = entry(summary="一行\nBEGIN:VEVENT", description="a\\b;c,d\r\ne\x00\x07f", url="")
    data = calendar_bytes("x\ny", [one], OFFICE, method="PUBLISH")
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    event = read(data).vevent
    assert event.summary.value == "一行 BEGIN:VEVENT"
    assert event.description.value == "a\\b;c,d\nef"
    assert "url" not in event.contents


def test_without_a_mail_address_none_is_made_up() -> None:
    data = calendar_bytes("x", [entry()], Organizer("藤沢市"), method="PUBLISH")
    assert read(data).vevent.organizer.value == "invalid:nomail"


def test_events_stand_in_the_order_of_time() -> None:
    late = entry(uid="b", starts=datetime(2024, 11, 1, 9), ends=datetime(2024, 11, 1, 10))
    data = calendar_bytes("x", [late, entry(uid="z"), entry(uid="a")], OFFICE, method="PUBLISH")
    assert [event.uid.value for event in read(data).vevent_list] == ["a", "z", "b"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_the_file(summary: str, description: str) -> None:
    data = calendar_bytes("x", [entry(summary=summary, description=description)], OFFICE, method="PUBLISH")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\r\nUID:") == 1
    assert data.count(b"\r\nEND:VEVENT\r\n") == 1
