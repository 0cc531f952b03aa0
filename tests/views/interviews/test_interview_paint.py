"""Courses and states are told apart by every kind of eye, and on grey paper; names are never cut unsaid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.rules.calendar import ClosedReason
from fujisawa_desktop.services.interview_view import DayColumn
from fujisawa_desktop.views.interviews.inks import KINDS, PAPER, course_ink, paint_course_bar
from fujisawa_desktop.views.interviews.paint_card import fitted_name
from fujisawa_desktop.views.interviews.paint_heads import head_lines
from fujisawa_desktop.views.interviews.signs import Sign, paint_sign, sign_word
from fujisawa_desktop.views.interviews.words import closed_reason_words, closed_words
from fujisawa_desktop.views.theme import DARK, LIGHT, Tokens

Triple = tuple[float, float, float]

EYES: dict[str, tuple[Triple, Triple, Triple]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1.0, on linear light."""


def linear(colour: str) -> Triple:
    def one(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    named = QColor(colour)
    return one(named.redF()), one(named.greenF()), one(named.blueF())


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(light: Triple) -> Triple:
    """Return CIE L*a*b* (D65) of linear light."""
    red, green, blue = (min(max(value, 0.0), 1.0) for value in light)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, eye: str) -> Triple:
    light = linear(colour)
    rows = EYES[eye]
    return lab(
        (
            sum(a * b for a, b in zip(rows[0], light, strict=True)),
            sum(a * b for a, b in zip(rows[1], light, strict=True)),
            sum(a * b for a, b in zip(rows[2], light, strict=True)),
        )
    )


def picture(paint: Callable[[QPainter, QRectF], object], width: int = 12, height: int = 36) -> bytes:
    """Return what is painted, in grey."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRectF(0, 0, width, height))
    painter.end()
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def difference(one: bytes, other: bytes) -> float:
    """Return by how much two grey pictures differ on average, of 255."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_first_four_courses_differ_for_every_kind_of_eye(eye: str, colours: Tokens) -> None:
    for one, other in combinations(range(4), 2):
        pair = [seen(course_ink(rank, colours).edge, eye) for rank in (one, other)]
        distance = sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5
        assert distance > 9, (one, other, distance)


@pytest.mark.parametrize("colours", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
def test_letters_and_edges_of_every_course_stand_out_from_their_ground(colours: Tokens) -> None:
    for rank in range(KINDS):
        ink = course_ink(rank, colours)
        assert contrast(colours.ink, ink.ground) >= 7
        assert contrast(ink.edge, ink.ground) >= 4.5
        assert contrast(ink.edge, colours.panel) >= 4.5


def test_without_any_colour_the_patterns_tell_the_courses_apart(qapp: QApplication) -> None:
    def bar(rank: int) -> bytes:
        return picture(lambda painter, rect: paint_course_bar(painter, rect, rank, PAPER), width=5)

    bars = [bar(rank) for rank in range(KINDS)]
    for one, other in combinations(bars, 2):
        assert difference(one, other) > 15
    assert bar(KINDS) == bars[0]


@pytest.mark.parametrize("colours", [LIGHT, PAPER], ids=["screen", "paper"])
def test_every_state_has_a_sign_of_its_own_and_a_word(qapp: QApplication, colours: Tokens) -> None:
    signs = [
        picture(lambda painter, rect, sign=sign: paint_sign(painter, rect, sign, colours), 11, 11)  # type: ignore[misc]
        for sign in Sign
    ]
    for one, other in combinations(signs, 2):
        assert difference(one, other) > 8
    for language in ("ja", "en"):
        set_language(language)
        assert len({sign_word(sign) for sign in Sign}) == len(Sign)


@pytest.mark.usefixtures("qapp")
class TestNames:
    def test_wide_enough_a_card_holds_the_whole_name(self) -> None:
        assert fitted_name("髙橋　美咲", 40, 36)[2] == ("髙橋", "美咲")

    def test_narrow_it_holds_the_family_name_in_lines(self) -> None:
        assert "".join(fitted_name("勅使河原　百合", 26, 30)[2]) == "勅使河原"

    @given(
        st.text("髙橋葛城楜澤勅使河原ヴァンデンバーグ", min_size=1, max_size=14),
        st.integers(18, 120),
        st.integers(14, 60),
    )
    def test_what_is_cut_says_so(self, name: str, width: int, height: int) -> None:
        shown = "".join(fitted_name(name, width, height)[2])
        assert shown == name or shown.endswith("…")

    def test_a_head_shows_office_and_name_or_the_name_alone(self) -> None:
        assert head_lines("職員課　佐野", 200)[1] == ("職員課　佐野",)
        assert head_lines("職員課　佐野", 40)[1] == ("職員課", "佐野")
        assert head_lines("デジタル推進室　辻", 40)[1] == ("辻",)
        assert head_lines("面接官一覧担当", 44)[1] == ("面接官一", "覧担当")


@pytest.mark.parametrize(
    ("day", "closed", "name", "words"),
    [
        (date(2024, 11, 2), ClosedReason.SATURDAY, "", "土曜日・閉庁"),
        (date(2024, 11, 4), ClosedReason.HOLIDAY, "", "文化の日 振替休日"),
        (date(2024, 12, 30), ClosedReason.YEAR_END, "", "年末年始・閉庁"),
        (date(2024, 11, 6), ClosedReason.CITY, "庁舎点検日", "庁舎点検日"),
        (date(2024, 11, 6), None, "", ""),
    ],
)
def test_why_a_day_is_closed(day: date, closed: ClosedReason | None, name: str, words: str) -> None:
    set_language("ja")
    column = DayColumn(day, closed, name)
    assert closed_reason_words(column) == words
    assert words in closed_words(column)
