"""Files made to hurt: they must be refused in words before they cost memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from twisted_files import e_application, ods, text, xlsx

from fujisawa_desktop.exchange.table import MAX_ROWS

HEAD: Final = "整理番号,氏名,希望コース\r\n".encode()
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS: Final = "xl/sharedStrings.xml"
_PAGE: Final = "xl/worksheets/sheet1.xml"


def small_book() -> bytes:
    return xlsx([["整理番号", "氏名", "希望コース"], ["1", "見本", "DX"]])


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return stream.getvalue()


def shared_long_text() -> bytes:
    """A million cells that show one text of 32,000 letters."""
    text = f'<sst xmlns="{_SHEET}"><si><t>{"x" * 32_000}</t></si></sst>'
    row = "<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"
    page = f'<worksheet xmlns="{_SHEET}"><sheetData>{row * 50_000}</sheetData></worksheet>'
    return repacked(small_book(), {_STRINGS: text.encode(), _PAGE: page.encode()})


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{(f"&l{n - 1};" if n else "lol") * 10}">' for n in range(9))
    text = f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><sst xmlns="{_SHEET}"><si><t>&l8;</t></si></sst>'
    return repacked(small_book(), {_STRINGS: text.encode()})


def lying_size(stated: int = 1_000, *, megabytes: int = 200) -> bytes:
    """Unpacks to 200 MB, but says 1,000 bytes with the checksum of just those."""
    content = f'<sst xmlns="{_SHEET}"><si><t>'.encode() + b"a" * (megabytes * 1_000_000)
    made = bytearray(repacked(small_book(), {_STRINGS: content}))
    with zipfile.ZipFile(io.BytesIO(bytes(made))) as archive:
        local, at = archive.getinfo(_STRINGS).header_offset, archive.start_dir
    facts = struct.pack("<I", zlib.crc32(content[:stated])), struct.pack("<I", stated)
    made[local + 14 : local + 18], made[local + 22 : local + 26] = facts
    while made[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", made, at + 28)
        if made[at + 46 : at + 46 + name] == _STRINGS.encode():
            made[at + 16 : at + 20], made[at + 24 : at + 28] = facts
        at += 46 + name + extra + comment
    return bytes(made)


def nested_archives() -> bytes:
    data = small_book()
    for _depth in range(40):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.zip", data)
        data = stream.getvalue()
    return data


def repeated_cells() -> bytes:
    cell = f'table:number-columns-repeated="15"><text:p>{"y" * 5_000}</text:p>'
    return _ods_with(
        'table:number-rows-repeated="100000"><table:table-cell office:value-type="string" ' + cell
    )


def endless_spaces() -> bytes:
    return _ods_with(
        '><table:table-cell office:value-type="string"><text:p>a<text:s text:c="2000000000"/></text:p>'
    )


def _ods_with(cell: str) -> bytes:
    data = ods([["整理番号"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").decode()
    begin = content.index("<table:table-row>")
    end = content.index("</table:table-row>")
    made = f"{content[:begin]}<table:table-row {cell}</table:table-cell>{content[end:]}"
    return repacked(data, {"content.xml": made.encode()})


def wide_rows() -> bytes:
    headings = b",".join(b"c%d" % n for n in range(900))
    return HEAD.replace(b"\r\n", b"," + headings + b"\r\n") + (b"1,a,DX" + b",x" * 900 + b"\r\n") * 6_000


def formulas() -> bytes:
    return HEAD + b"=cmd|'/c calc'!A1,=HYPERLINK(\"http://example.jp\"),@SUM(1)\r\n" * 10


def largest_file() -> bytes:
    """As many people as one file may hold, in cells that hardly repeat."""
    heading, row = e_application()[:2]
    dice = random.Random(7)
    letters = "".join(chr(0x4E00 + dice.randrange(4_000)) for _ in range(100_000))

    def some(length: int) -> str:
        at = dice.randrange(len(letters) - length)
        return letters[at : at + length]

    own = {"氏名（漢字）": 4, "住所": 12, "大学・大学院名": 8, "志望理由": 70, "自己PR": 60, "最寄駅": 6}
    rows = [heading]
    for number in range(MAX_ROWS):
        cells = dict(zip(heading, row, strict=True))
        cells |= {name: some(length) for name, length in own.items()}
        cells["氏名（フリガナ）"] = "".join(dice.choices("アイウエオカキクケコサシスセソタチツテトナニ", k=9))
        cells["生年月日"] = f"{2000 + number % 6}/{number % 12 + 1:02}/{number % 28 + 1:02}"
        cells |= {"整理番号": str(10**11 + number), "電話番号": f"090{number:08}"}
        cells |= {
            "メールアドレス": f"a{number}@example.ac.jp",
            "大学・大学院名": cells["大学・大学院名"] + "大学",
        }
        rows.append(list(cells.values()))
    return text(rows, "utf-8-sig")


HOSTILE: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "a million columns": (lambda: b"a," * 1_000_001 + b"\r\n" + b"1," * 1_000_001, "file.line-too-long"),
    "two thousand columns": (lambda: b"a," * 2_000 + b"\r\n1\r\n", "file.too-many-columns"),
    "one line of 50 MB": (lambda: HEAD + b"x" * 50_000_000, "file.too-large"),
    "one line of 11 MB": (lambda: HEAD + b"x" * 11_000_000, "file.line-too-long"),
    "11 million commas": (lambda: HEAD + b"," * 11_000_000, "file.line-too-long"),
    "endless quotes": (lambda: HEAD + b'"' * 11_000_000, "file.line-too-long"),
    "quotes over many lines": (lambda: HEAD + b'"' + b"x\r\n" * 3_500_000, "file.cell-too-long"),
    "empty bytes": (lambda: HEAD + b"1,\0,\0\r\n" * 1_000, "file.nul"),
    "five million cells": (wide_rows, "file.too-many-cells"),
    "unpacks to 300 MB": (lambda: repacked(small_book(), {_PAGE: b" " * 300_000_000}), "file.bomb"),
    "a size that lies": (lying_size, "file.damaged"),
    "a long text in a million cells": (shared_long_text, "file.bomb"),
    "billion laughs": (billion_laughs, "file.damaged"),
    "forty archives in each other": (nested_archives, "file.unknown-kind"),
    "cells repeated in ods": (repeated_cells, "file.bomb"),
    "spaces repeated in ods": (endless_spaces, "file.bomb"),
}
"""What each holds, and the code with which it is refused."""
