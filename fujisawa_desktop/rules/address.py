"""Japanese addresses: which part goes on a row of its own, and where a row may be broken.

Nothing is added to an address or taken from it but the spaces and line ends around its parts: what
the person wrote is what the postman reads.
"""

from __future__ import annotations

import re
from typing import Final

_HYPHENS: Final = r"\-－−‐‑–—―ーｰ"
_NUMBER: Final = "(?:[0-9０-９]+|[〇一二三四五六七八九十百]+(?=丁目|番地|番(?!町)|地割))"
_UNIT: Final = "(?:丁目|番地|番町|番|号|条|線|地割)"
_BLOCK: Final = re.compile(
    f"[甲乙丙丁東西南北第]?{_NUMBER}(?:(?:{_UNIT}|[のノ{_HYPHENS}])*[東西南北]?{_NUMBER})*(?:{_UNIT}室?)*"
)
"""番地: 1番地の1, 2丁目3番4号, 1-2-3, 北1条西2丁目."""
_ROOM: Final = re.compile("[0-9０-９A-ZＡ-Ｚ]+(?:号室|号棟|号|室|階|F|Ｆ)?")
_ROOM_AT_END: Final = re.compile("(?<=[^0-9０-９A-Za-z])[0-9０-９]{2,5}(?:号室|号|室)?$")
_PREFECTURE: Final = re.compile("(?:東京都|北海道|京都府|大阪府|..県|神奈川県|和歌山県|鹿児島県)")
_ODD_CITY: Final = (
    "四日市市|廿日市市|野々市市|市川市|市原市|余市郡余市町|(?:東|武蔵)?村山市|羽村市|大村市|田村市|町田市|"
    "十日町市|大町市|(?:大和)?郡山市|郡上市|蒲郡市|小郡市"
)
"""Names that hold 市, 町, 村 or 郡 before their end."""
_NO_DIGIT: Final = "[^0-9０-９]"
_CITY: Final = re.compile(
    f"(?:{_ODD_CITY}|{_NO_DIGIT}{{1,4}}?郡{_NO_DIGIT}{{1,5}}?[町村]|{_NO_DIGIT}{{1,6}}?[市区町村])"
)
_WARD: Final = re.compile(f"{_NO_DIGIT}{{1,4}}?区")
_JAPANESE: Final = re.compile("[぀-ヿ㐀-鿿]")
_SPACES: Final = re.compile("[ 　]+")


def is_foreign(text: str) -> bool:
    """Tell whether an address is written without any Japanese character."""
    return bool(text.strip()) and not _JAPANESE.search(text)


def address_rows(text: str) -> tuple[str, ...]:
    """Return an address on rows: up to the block number (番地), then the building.

    Line ends of the address stay; an address whose block number is not found, or one from abroad,
    is not divided.
    """
    rows = [row.strip(" 　") for row in text.splitlines()]
    rows = [row for row in rows if row]
    if not rows or is_foreign(rows[0]):
        return tuple(rows)
    head, *others = rows
    end = _end_of_block(head)
    building = head[end:].strip(" 　") if end is not None else ""
    if not building or _ROOM.fullmatch(building):
        return (head, *others)
    return (head[:end].rstrip(" 　"), building, *others)


def break_places(row: str) -> tuple[int, ...]:
    """Return where a row of an address may be broken best: indexes of what would begin the next line.

    After prefecture, city and ward, before the block number, at spaces and brackets, before a room number.
    """
    if is_foreign(row):
        return tuple(found.end() for found in _SPACES.finditer(row) if found.end() < len(row))
    places = {found.end() for found in _SPACES.finditer(row)}
    places |= {place for place, sign in enumerate(row) if sign in "（("}
    at = 0
    for pattern in (_PREFECTURE, _CITY, _WARD):
        found = pattern.match(row, at)
        if found is not None:
            at = found.end()
            places.add(at)
    block = _BLOCK.search(row, at) if at else None
    if block is not None:
        places.add(block.start())
    room = _ROOM_AT_END.search(row)
    if room is not None and (block is None or room.start() >= block.end()):
        places.add(room.start())
    return tuple(sorted(place for place in places if 0 < place < len(row)))


def _end_of_block(row: str) -> int | None:
    found = _BLOCK.search(row)
    return found.end() if found is not None else None
