"""What every file that leaves must hold to, whatever stands in the database; read by programs of others."""

from __future__ import annotations

import csv
import email
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from email.policy import default as modern
from html.parser import HTMLParser
from typing import Final

import openpyxl
import pypdf
import vobject
from python_calamine import CalamineWorkbook

from fujisawa_desktop.exchange.table import FORMULA_SIGNS
from tests.hostile.outputs import Artifact
from tests.pdf_reading import pages_text

SECRET: Final = b"root:x:0:0"
"""What ``/etc/passwd`` begins with: were a file read into an output, this would show it."""
_UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ACTIVE: Final = (
    b"/JavaScript",
    b"/JS ",
    b"/Launch",
    b"/EmbeddedFile",
    b"/OpenAction",
    b"/URI",
    b"/Subtype /Image",
)
_SHEET: Final = re.compile("'(?:[^']|'')*'!")
"""The name of a sheet in a formula, in which no other formula can stand."""
_OWN_FORMULA: Final = re.compile(r"=[A-Z0-9$:,()\"<>=+\-*/. &]*")
_XLSX_ALIVE: Final = (
    b"<hyperlink",
    b"externalLink",
    b"<oleObject",
    b"ddeLink",
    b"vbaProject",
    b"TargetMode=",
)
_HEADERS: Final = frozenset(
    {"x-unsent", "to", "subject", "content-type", "content-transfer-encoding", "mime-version"}
)
_TAGS: Final = frozenset({"html", "head", "meta", "body", "table", "tr", "th", "td", "br"})
_ATTRIBUTES: Final = frozenset({"charset", "style"})
_ONCE: Final = ("uid", "dtstart", "dtend", "summary", "organizer")
_ZENGIN_RECORD: Final = 120


def judge(found: Artifact) -> list[str]:
    """Return what is wrong with a file; nothing for a good one."""
    faults = JUDGES.get(found.kind, _nothing)(found.data)
    if SECRET in found.data:
        faults.append("a local file was read into it")
    return [f"{found.name}: {fault}" for fault in faults]


def _nothing(_data: bytes) -> list[str]:
    return []


def _csv(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig") if data.startswith(b"\xef\xbb\xbf") else data.decode("cp932")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [f"no reader gets through: {error}"]
    faults = [f"a cell begins with {cell[:1]!r}" for row in rows for cell in row if _is_alive(cell)]
    if len({len(row) for row in rows}) > 1:
        faults.append("rows of different widths")
    return faults


def _is_alive(cell: str) -> bool:
    return cell[:1] in set(FORMULA_SIGNS) and not re.fullmatch(r"-[0-9.]+", cell)


def _xlsx(data: bytes) -> list[str]:
    faults = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            faults += [f"{name} holds {sign!r}" for sign in _XLSX_ALIVE if sign in part]
    book = openpyxl.load_workbook(io.BytesIO(data))
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f" and not _OWN_FORMULA.fullmatch(_SHEET.sub("", str(cell.value))):
                    faults.append(f"{page.title}!{cell.coordinate} is a formula")
                if cell.hyperlink is not None:
                    faults.append(f"{page.title}!{cell.coordinate} is a link")
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as other:
        if len(other.sheet_names) != len(book.sheetnames):
            faults.append("two readers see different sheets")
    return faults


def _pdf(data: bytes) -> list[str]:
    faults = [f"holds {sign.decode()}" for sign in _ACTIVE if sign in data]
    reader = pypdf.PdfReader(io.BytesIO(data))
    if any("/Annots" in page for page in reader.pages):
        faults.append("a page holds a link")
    if any(_UNSEEN.search(page) for page in pages_text(data)):
        faults.append("the direction of the text is turned")
    return faults


def _eml(data: bytes) -> list[str]:
    message = email.message_from_bytes(data, policy=modern)
    faults = [f"header {name}" for name in message if name.lower() not in _HEADERS]
    if len(message.get_all("to", [])) != 1 or len(message["to"].addresses) != 1:
        faults.append("not one recipient")
    if message.is_multipart() or message.get_content_type() != "text/plain":
        faults.append("not one plain text")
    if message.defects:
        faults.append(f"defects {message.defects}")
    if len(str(message["subject"]).splitlines()) > 1:
        faults.append("a subject of two lines")
    return faults


def _ics(data: bytes) -> list[str]:
    faults = []
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        faults.append("a line is not folded")
    if b"\n" in data.replace(b"\r\n", b""):
        faults.append("a bare line feed")
    calendar = vobject.readOne(data.decode("utf-8"))
    for event in calendar.contents.get("vevent", []):
        counts = {name: len(event.contents.get(name, ())) for name in _ONCE}
        faults += [f"an event has {count} {name}" for name, count in counts.items() if count != 1]
        if {"attach", "attendee", "valarm"} & set(event.contents):
            faults.append("an event holds what nobody put there")
    return faults


class _Tags(HTMLParser):
    """Collects what is not of a plain table."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.faults.append(f"element {tag}")
        self.faults += [f"attribute {name} of {tag}" for name, _value in attrs if name not in _ATTRIBUTES]


def _html(data: bytes) -> list[str]:
    reader = _Tags()
    reader.feed(data.decode("utf-8"))
    return reader.faults


def _tsv(data: bytes) -> list[str]:
    lines = data.decode("utf-8").split("\n")
    faults = ["lines of different widths"] if len({line.count("\t") for line in lines}) > 1 else []
    return faults + [
        f"a cell begins with {cell[:1]!r}" for line in lines for cell in line.split("\t") if _is_alive(cell)
    ]


def _json(data: bytes) -> list[str]:
    json.loads(data.decode("utf-8"))
    return []


def _zengin(data: bytes) -> list[str]:
    records = [line for line in data.replace(b"\x1a", b"").split(b"\r\n") if line]
    faults = [f"a record of {len(line)} bytes" for line in records if len(line) != _ZENGIN_RECORD]
    data.decode("cp932")
    return faults


JUDGES: Final[Mapping[str, Callable[[bytes], list[str]]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "eml": _eml,
    "ics": _ics,
    "html": _html,
    "tsv": _tsv,
    "json": _json,
    "zengin": _zengin,
}
