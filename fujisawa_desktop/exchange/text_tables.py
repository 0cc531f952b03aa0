"""Text tables (csv and tsv): which encoding, which separator, which line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.table import FORMULA_SIGNS, MAX_COLUMNS, Kind, Table, build_table

ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp")
"""What a person may choose from when the file was read wrongly; EUC-JP is never found by itself."""

_MANY_BYTES_UTF8: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NOT_CP932: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What Python's CP932 makes of bytes that the code page does not define."""
_GUARDED: Final = re.compile(f"'+[{re.escape(FORMULA_SIGNS)}]")
_HIGH_BYTES: Final = bytes(range(0x80, 0x100))
_MARKED: Final = frozenset({"utf-8", "utf-16-le", "utf-16-be"})
"""Encodings that, when chosen, leave a byte order mark in the first heading."""
_LONGEST_LINE: Final = 2_000_000
"""Characters of one line; a row of a thousand full cells is shorter."""
_FEW: Final = 8
"""Fewer empty bytes are damage, not UTF-16."""
_JUDGED: Final = 200_000
"""Bytes that tell whether a damaged file was meant as UTF-8."""


def parse_text(data: bytes, *, name: str, encoding: str | None = None) -> Table:
    """Read a csv or tsv file.

    Raises:
        InputFileError: no encoding fits (which line), a quote is left open, NUL characters, limits.
    """
    chosen, known = (encoding, None) if encoding else _found(data, name=name)
    text = known or _decoded(data, chosen, name=name, is_found=encoding is None)
    _check(text, name=name)
    # DOS editors end a file with Ctrl-Z; as text it would be a row of its own.
    ended = text if chosen.startswith("utf-16") else text.rstrip("\x1a")
    bare = ended.removeprefix("\ufeff") if chosen in _MARKED else ended
    stream = io.StringIO(bare, newline="")
    separator = _separator(stream)
    kind = Kind.TSV if separator == "\t" else Kind.CSV
    records = _records(stream, separator, name=name)
    if "'" in bare:
        records = ((line, [unguarded(cell) for cell in cells]) for line, cells in records)
    return build_table(records, name=name, encoding=chosen, kind=kind)


def _found(data: bytes, *, name: str) -> tuple[str, str | None]:
    """Return the encoding by byte order mark, then strict UTF-8, then strict CP932.

    Where that took reading the text, the text comes with it.

    Nothing is guessed by frequency of letters: detectors read a third of short Japanese files
    wrongly.  A UTF-8 file with a few damaged bytes is refused rather than read as CP932, where it
    would come out as nonsense (縺ゅ→).

    Raises:
        InputFileError: no encoding fits; ``line`` is the first line that cannot be read.
    """
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", None
    if b"\x1b$" in data:
        return "iso2022_jp", None
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return unmarked, None
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise InputFileError("file.encoding", file=name, line=_line_at(data, error.start)) from error
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        raise InputFileError("file.encoding", file=name, line=_line_at(data, error.start)) from error
    undefined = _NOT_CP932.search(text)
    if undefined:
        raise InputFileError("file.encoding", file=name, line=text.count("\n", 0, undefined.start()) + 1)
    return "cp932", text


def _unmarked_utf16(data: bytes) -> str:
    """Return UTF-16 when commas, digits and line ends have their empty byte on one side."""
    part = data[:_JUDGED]
    if b"\0" not in part or len(data) % 2:
        return ""
    left, right = part[::2].count(0), part[1::2].count(0)
    for code, empty, other in (("utf-16-le", right, left), ("utf-16-be", left, right)):
        # The ideographic space, U+3000, has its empty byte on the other side.
        if empty >= _FEW and empty > other * 4 and empty * 20 > len(part) and _is_table(data, code):
            return code
    return ""


def _is_table(data: bytes, code: str) -> bool:
    try:
        text = data.decode(code)
    except UnicodeDecodeError:
        return False
    return "\0" not in text and "\n" in text and ("," in text or "\t" in text)


def _mostly_utf8(data: bytes) -> bool:
    part = data[:_JUDGED]
    high = len(part) - len(part.translate(None, _HIGH_BYTES))
    fitting = sum(len(match) for match in _MANY_BYTES_UTF8.findall(part))
    return fitting * 10 >= high * 9


def _line_at(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _decoded(data: bytes, encoding: str, *, name: str, is_found: bool) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise InputFileError("file.encoding-unknown", encoding=encoding) from error
    except (UnicodeDecodeError, UnicodeError) as error:
        line = _line_at(data, error.start) if isinstance(error, UnicodeDecodeError) else 1
        code = "file.encoding" if is_found else "file.encoding-chosen"
        raise InputFileError(code, file=name, line=line) from error


def _check(text: str, *, name: str) -> None:
    _check_lines(text, name=name)
    nul = text.find("\0")
    if nul >= 0:
        raise InputFileError("file.nul", file=name, line=text.count("\n", 0, nul) + 1)


def _check_lines(text: str, *, name: str) -> None:
    """Refuse a line that is longer than any row: it would be held several times over."""
    begin = 0
    while len(text) - begin > _LONGEST_LINE:
        end = max(text.rfind(sign, begin, begin + _LONGEST_LINE) for sign in "\r\n")
        if end < 0:
            raise InputFileError("file.line-too-long", file=name, line=text.count("\n", 0, begin) + 1)
        begin = end + 1


def _separator(stream: io.StringIO) -> str:
    """Return tab or comma, whichever splits the first line that is not blank into more cells."""
    head = ""
    for line in stream:
        if line.strip():
            head = re.sub(r'"[^"]*"', "", line)
            break
    stream.seek(0)
    tabs = head.count("\t")
    return "\t" if tabs and tabs >= head.count(",") else ","


def _records(stream: io.StringIO, separator: str, *, name: str) -> Iterator[tuple[int, list[str]]]:
    # Strict: text after a closing quote, or a quote never closed, would silently swallow rows.
    reader = csv.reader(stream, delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputFileError(_csv_fault(error), file=name, line=line, columns=MAX_COLUMNS) from error
        yield line, cells


def _csv_fault(error: csv.Error) -> str:
    text = str(error)
    if "field limit" in text:
        return "file.cell-too-long"
    return "file.quote-open" if "unexpected end" in text else "file.quote-stray"


def unguarded(cell: str) -> str:
    """Take off the apostrophe that our own exports put before a formula sign."""
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell
