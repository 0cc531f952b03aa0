"""The strings that are tried in every field: what has broken programs like this one, by family.

Sources: CWE-1236 and ASVS 5.0 1.2.10 (formulas), ASVS 1.3.11 (headers of mails), RFC 5545 3.1 (folding),
ReportLab's paragraph markup, Qt's ``mightBeRichText`` and access keys, and the samples' own rare letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "blank": ("", " ", "　", "\n", "\t", "\r\n\r\n", "\u2028", " " * 10_000),
    "formula": (
        "=1+1",
        '=HYPERLINK("http://example.jp","見る")',
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "-",
        "@SUM(A1)",
        "@",
        "\t=1+1",
        "\r=1+1",
        "＝1+1",
        "＋81-90-0000-0000",
        "－",
        "＠見本",
        "'=1+1",
        "''",
        "+81-90-1234-5678",
        '=DDE("cmd";"/C calc";"!A0")',
    ),
    "markup": (
        "<b>太字",
        "</para>",
        '<img src="/etc/passwd"/>',
        '<img src="file:///etc/passwd"/>',
        '<img src="http://example.jp/x.png"><b>強調</b>',
        "&lt;&amp;",
        "&#0;",
        "山田<太郎",
        "<script>alert(1)</script>",
        "<a href='http://example.jp'>見る</a>",
        "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
        '"><svg onload=alert(1)>',
        "http://example.jp/見本",
        "mailto:a@example.jp",
    ),
    "placeholder": (
        "%s%n%d",
        "{0}",
        "{氏名}",
        "{name}",
        "${HOME}",
        "{{",
        "}}",
        "{{ 7*7 }}",
        "{% raw %}",
        "%(a)s",
    ),
    "access key": ("&", "R&D &保存", "&&&", "営業&総務"),
    "pdf": (
        "\\",
        "\\n",
        "\\(",
        "(((",
        ")))",
        ")Tj",
        ") Tj ET Q endstream endobj",
        "<FEFF> Tj",
        "/F1 99 Tf",
        "%PDF-1.7",
        "%%EOF",
        "BT /F1 12 Tf",
    ),
    "separator": (
        '"',
        '""a"',
        "a,b;c\td",
        "a\r\nb",
        "a\nb\rc",
        ";:\\,",
        "一\n" * 500,
        "a\r\nBcc: all@example.jp\r\n\r\n本文",
        "END:VEVENT\r\nBEGIN:VEVENT",
        "あ" * 80 + "\r\n い",
    ),
    "sql": ("'; DROP TABLE applicant; --", "%", "_", "100%_", "\\%"),
    "path": (
        "../../../etc/passwd",
        "C:\\Windows\\win.ini",
        "CON",
        "nul.pdf",
        "a/b\\c:d*?",
        "..",
        "x. . ",
        "~",
    ),
    "value": ("NULL", "None", "NaN", "1e5", "00123", "TRUE", "_x000B_", "2024-13-45"),
    "unseen": (
        "\x00",
        "a\x00b",
        "a\x0bb",
        "\x1b[31m赤",
        "\x7f\x85",
        "\ufeff",
        "\u202e逆\u202c",
        "偽装\u202efdp.exe",
        "\u200b" * 50,
        "\u2066隔離\u2069",
        "\ue000\uf8ff",
        "\U000f0000",
        "\U0010ffff",
        "\ufffe",
        "\ud800",
        "a\udfffb",
    ),
    "letters": (
        "🕒📍✳️👨‍👩‍👧",
        "שלום עולם",
        "مرحبا",
        "ｶﾞｷﾞｸﾞ",
        "か\u3099",
        "葛\U000e0100\U000e0101\U000e0102",
        "葛\U000e0100城　𠮷之助",
        "\U000e0100",
        "e\u0301" * 30,
        "\u0301\u0302\u0303" * 200 + "塔",
        "か" + "\u3099\u0308" * 200,
    ),
    "long": ("あ" * 10_000, "W" * 10_000, "。" * 2_000, "（" * 2_000, "𠮷" * 2_000),
}
CORPUS: Final = tuple(text for family in FAMILIES.values() for text in family)
STORED: Final = tuple(text for text in CORPUS if not any("\ud800" <= sign <= "\udfff" for sign in text))
"""All but halves of a pair of UTF-16, which the database and its JSON refuse to hold."""


def _fits_cp932(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


WRITABLE: Final = tuple(text for text in STORED if _fits_cp932(text))
"""What CP932 can write: a list in that code with anything else is refused before it is made."""


def family_of(text: str) -> str:
    """Return the name of the family a string is of."""
    return next(name for name, texts in FAMILIES.items() if text in texts)
