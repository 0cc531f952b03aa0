"""Tables of any office format: the one door to read a file by what it holds.

A reader of this package never repairs a value: cells are text exactly as they stood, only the
guard that our own exports put before a formula sign is taken off again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.mojibake import garbled_line
from fujisawa_desktop.exchange.sheet_tables import parse_packed, parse_xls
from fujisawa_desktop.exchange.table import MAX_BYTES, Table
from fujisawa_desktop.exchange.text_tables import parse_text

_JUDGED_ROWS: Final = 500
"""Rows by which a garbled file is known; single garbled rows are refused one by one."""


def read_table(path: Path, *, encoding: str | None = None) -> Table:
    """Read a csv, tsv, xlsx, xls or ods file.

    Args:
        path: the file; its ending is not trusted, its content decides.
        encoding: what a person chose after seeing a preview; None finds it.

    Raises:
        InputFileError: the file cannot be read as a table; the code says why.
    """
    return parse_table(read_bytes(path), name=path.name, encoding=encoding)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of an input file that is there, is a file and is not too large."""
    try:
        if path.is_dir():
            raise InputFileError("file.is-directory", file=path.name)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputFileError("file.too-large", file=path.name, megabytes=MAX_BYTES // 1_000_000)
        with path.open("rb") as stream:
            # One byte more than allowed: what is read may grow after its size was asked.
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputFileError("file.missing", file=path.name) from error
    except (OSError, ValueError) as error:
        raise InputFileError("file.unreadable", file=path.name) from error
    if len(data) > MAX_BYTES:
        raise InputFileError("file.too-large", file=path.name, megabytes=MAX_BYTES // 1_000_000)
    return data


def parse_table(data: bytes, *, name: str, encoding: str | None = None) -> Table:
    """Read the bytes of a file called ``name``; see :func:`read_table`."""
    table = _parsed(data, name=name, encoding=encoding)
    line = garbled_line(table.headings, [(row.line, row.cells) for row in table.rows[:_JUDGED_ROWS]])
    if line is not None:
        raise InputFileError("file.garbled", file=name, line=line, encoding=table.encoding)
    return table


def _parsed(data: bytes, *, name: str, encoding: str | None) -> Table:
    if not data:
        raise InputFileError("file.empty", file=name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sheet(data, name=name, packed=True)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sheet(data, name=name, packed=False)
    if _is_other_format(data):
        raise InputFileError("file.unknown-kind", file=name)
    return parse_text(data, name=name, encoding=encoding)


def _sheet(data: bytes, *, name: str, packed: bool) -> Table:
    return parse_packed(data, name=name) if packed else parse_xls(data, name=name)


def _is_other_format(data: bytes) -> bool:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    binary = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"sqlite format 3", b"\x1f\x8b", b"7z\xbc\xaf")
    markup = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"{\\rtf")
    return head.startswith(binary + markup)
