from __future__ import annotations

from dataclasses import asdict
from string import Template

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from fujisawa_desktop.views import theme
from fujisawa_desktop.views.theme import DARK, LIGHT, Scheme, Tokens

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("ground", "panel", "header", "hover", "closed", "key_pale")
PAIRS = [
    *((text, ground) for text in ("ink", "secondary") for ground in (*GROUNDS, "neutral_pale")),
    *((text, ground) for text in ("key", "good", "caution", "wrong") for ground in GROUNDS[:2]),
    *((tone, f"{tone}_pale") for tone in ("key", "good", "caution", "wrong")),
    *(("ink", f"{tone}_pale") for tone in ("good", "caution", "wrong")),
    ("on_key", "key"),
    ("on_key", "key_hover"),
    *(("disabled", ground) for ground in ("ground", "panel", "header")),
]


def luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue, _alpha = QColor(colour).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_the_one_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@BOTH
def test_every_text_can_be_read_on_every_ground_it_stands_on(colours: Tokens) -> None:
    values = asdict(colours)
    weak = {
        (text, ground): round(contrast(values[text], values[ground]), 2)
        for text, ground in PAIRS
        if contrast(values[text], values[ground]) < 4.5
    }
    assert not weak


@BOTH
def test_frames_of_fields_and_marks_can_be_seen(colours: Tokens) -> None:
    for mark in (colours.field_line, colours.key, colours.disabled):
        assert contrast(mark, colours.panel) >= 3


@BOTH
def test_the_stylesheet_takes_every_colour_from_the_tokens(colours: Tokens) -> None:
    sheet = theme.stylesheet(colours)
    assert "$" not in sheet.split("*/", 1)[1]
    assert colours.key in sheet
    source = (theme.resources_dir() / "style" / "desktop.qss").read_text(encoding="utf-8")
    assert "#" not in Template(source).safe_substitute().replace("QTabBar#tabs", "").replace(
        "QWidget#tabRow", ""
    ).replace("QToolBar#tools", ""), "a colour stands in the stylesheet itself"


def test_an_unknown_role_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.read_text", lambda *_a, **_k: "QLabel { color: $inkk; }")
    with pytest.raises(KeyError, match="inkk"):
        theme.stylesheet(LIGHT)


def test_light_and_dark_are_told_by_the_palette(qapp: QApplication, dark: None) -> None:
    assert theme.tokens() is DARK
    theme.apply_theme(qapp, Scheme.LIGHT)
    assert theme.tokens() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.ink


def test_a_new_scheme_reaches_widgets_that_stand_already(qapp: QApplication, dark: None) -> None:
    label = QLabel("氏名")
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.ink
    theme.apply_theme(qapp, Scheme.LIGHT)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.ink


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_what_stands_in_an_empty_field_can_be_read(qapp: QApplication, scheme: Scheme, dark: None) -> None:
    theme.apply_theme(qapp, scheme)
    field = QLineEdit()
    field.ensurePolished()
    colours = theme.tokens()
    said = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert said.alpha() == 255
    assert contrast(said.name(), colours.panel) >= 4.5


def test_the_window_writes_in_the_bundled_font(qapp: QApplication) -> None:
    label = QLabel("藤沢市")
    label.ensurePolished()
    assert QFontInfo(label.font()).family() == "BIZ UDPGothic"
    assert QFontInfo(label.font()).pixelSize() == 13


def test_qt_itself_speaks_the_language_of_the_window(qapp: QApplication) -> None:
    said = []
    for language in ("en", "ja", "ja", "en"):
        theme.install_qt_texts(qapp, language)
        said.append(QCoreApplication.translate("QPlatformTheme", "Cancel"))
    assert said == ["Cancel", "キャンセル", "キャンセル", "Cancel"]
    theme.install_qt_texts(qapp, "ja")
