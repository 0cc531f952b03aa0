"""Colours, sizes and letters of the whole window, and the one stylesheet made of them.

Light and dark are two sets of the same roles.  Which set is in use is read from the
application's palette, so painted widgets need no reference to anything but Qt.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template
from typing import Final, Literal

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.paths import resources_dir

Tone = Literal["key", "good", "caution", "wrong", "neutral"]

FAMILIES: Final = ("BIZ UDPGothic", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP")
BODY_PX: Final = 13
HEADING_PX: Final = 15
TITLE_PX: Final = 20
FIGURE_PX: Final = 26
SMALL_PX: Final = 12
LINE_HEIGHT: Final = 1.5
ROW_HEIGHT: Final = 34
HOURS_ROW_HEIGHT: Final = 44
TARGET_HEIGHT: Final = 30
RADIUS: Final = 8
_QT_TEXTS: Final = "qt-texts"


class Space:
    """The five distances between things, in pixels."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 20


class Scheme(StrEnum):
    """What the person chose: follow the system, or always light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Tokens:
    """One colour for each role; ``*_pale`` is the ground a text of that tone stands on."""

    ink: str
    secondary: str
    disabled: str
    line: str
    field_line: str
    ground: str
    panel: str
    header: str
    hover: str
    closed: str
    key: str
    on_key: str
    key_hover: str
    key_pale: str
    key_soft: str
    good: str
    good_pale: str
    caution: str
    caution_pale: str
    wrong: str
    wrong_pale: str
    neutral_pale: str

    def text_of(self, tone: Tone) -> QColor:
        """Return the colour of letters in that tone."""
        return QColor({"neutral": self.secondary}.get(tone) or getattr(self, tone))

    def ground_of(self, tone: Tone) -> QColor:
        """Return the pale ground that belongs to that tone."""
        return QColor(getattr(self, f"{tone}_pale"))


LIGHT: Final = Tokens(
    ink="#1A1A1C",
    secondary="#626264",
    disabled="#6D6D70",
    line="#D8D8DB",
    field_line="#8A8A8E",
    ground="#F6F7F9",
    panel="#FFFFFF",
    header="#F0F1F3",
    hover="#F2F4F8",
    closed="#EFEFF2",
    key="#0017C1",
    on_key="#FFFFFF",
    key_hover="#00118F",
    key_pale="#E8F1FE",
    key_soft="#9DB7F9",
    good="#197A4B",
    good_pale="#E3F3EA",
    caution="#9C5300",
    caution_pale="#FBF0E3",
    wrong="#C4003A",
    wrong_pale="#FDE8ED",
    neutral_pale="#ECECEF",
)

DARK: Final = Tokens(
    ink="#ECECEF",
    secondary="#B4B6BD",
    disabled="#8D9098",
    line="#3B3E46",
    field_line="#7F838D",
    ground="#15171B",
    panel="#1E2126",
    header="#272A30",
    hover="#282C34",
    closed="#2A2D33",
    key="#A3B6FF",
    on_key="#0A1136",
    key_hover="#C1CDFF",
    key_pale="#263056",
    key_soft="#4A5FA8",
    good="#7FD3A4",
    good_pale="#1B3A2A",
    caution="#F0B36B",
    caution_pale="#43301A",
    wrong="#FF9DB0",
    wrong_pale="#4A1F2A",
    neutral_pale="#33363E",
)


def tokens() -> Tokens:
    """Return the colours in use, told by the application's palette."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def body_font(pixel_size: int = BODY_PX, *, bold: bool = False) -> QFont:
    """Return a font of the window's family at ``pixel_size``."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixel_size)
    font.setBold(bold)
    return font


def load_fonts() -> None:
    """Make the bundled BIZ UDPGothic known to Qt; a missing file leaves the system's own fonts."""
    for name in ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"):
        path = resources_dir() / "fonts" / "bizud" / name
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def install_qt_texts(app: QApplication, language: str) -> None:
    """Give Qt's own dialogs, menus and calendars the language of the window."""
    QLocale.setDefault(QLocale("ja_JP" if language == "ja" else "en_GB"))
    for old in app.findChildren(QTranslator, _QT_TEXTS):
        app.removeTranslator(old)
        old.setParent(None)
    if language != "ja":
        return
    translator = QTranslator(app)
    translator.setObjectName(_QT_TEXTS)
    if translator.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def chosen_tokens(scheme: Scheme) -> Tokens:
    """Return the colours for a choice; ``system`` asks Qt and falls back to light."""
    if scheme is Scheme.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if scheme is Scheme.DARK else LIGHT


def palette_of(colours: Tokens) -> QPalette:
    """Return the Qt palette that says the same as the tokens."""
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.ground,
        role.WindowText: colours.ink,
        role.Base: colours.panel,
        role.AlternateBase: colours.header,
        role.Text: colours.ink,
        role.PlaceholderText: colours.secondary,
        role.Button: colours.panel,
        role.ButtonText: colours.ink,
        role.BrightText: colours.wrong,
        role.Highlight: colours.key_pale,
        role.HighlightedText: colours.ink,
        role.Link: colours.key,
        role.LinkVisited: colours.key,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.ink,
        role.Light: colours.panel,
        role.Midlight: colours.header,
        role.Mid: colours.line,
        role.Dark: colours.field_line,
        role.Shadow: colours.line,
        role.Accent: colours.key,
    }
    palette = QPalette()
    for colour_role, value in roles.items():
        palette.setColor(colour_role, QColor(value))
    for colour_role in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(colours.disabled))
    return palette


def stylesheet(colours: Tokens) -> str:
    """Return the stylesheet with every ``$role`` filled in; an unknown role raises ``KeyError``."""
    source = (resources_dir() / "style" / "desktop.qss").read_text(encoding="utf-8")
    icons = (resources_dir() / "icons").as_posix()
    shade = "dark" if colours is DARK else "light"
    return Template(source).substitute(asdict(colours), icons=icons, shade=shade)


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """Dress the application: Fusion, the window's font, palette and stylesheet."""
    colours = chosen_tokens(scheme)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(body_font())
    app.setPalette(palette_of(colours))
    app.setStyleSheet(stylesheet(colours))
