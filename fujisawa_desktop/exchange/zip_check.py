"""Whether a packed file holds what its table of contents says, before another reader unpacks it.

``zipfile`` stops at the stated size of a part and then compares the checksum of that much; other
readers go on to the end of the stream.  A part whose first bytes fit its statement can therefore
unpack to a gigabyte elsewhere.  Every stream is followed to its end here, in small pieces.

Source: APPNOTE.TXT, the ZIP file format.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Final

_LOCAL_HEADER: Final = 30
_LOCAL_SIGN: Final = b"PK\x03\x04"
_PIECE: Final = 1 << 18


def check_parts(data: bytes, archive: zipfile.ZipFile) -> None:
    """Unpack every part once without keeping it.

    Raises:
        ValueError: a part is longer, shorter or other than stated.
        struct.error, zlib.error: the archive is damaged.
    """
    for info in archive.infolist():
        if info.compress_type == zipfile.ZIP_STORED:
            _check_stored(_packed(data, info), info)
        else:
            _check_deflated(_packed(data, info), info)


def _packed(data: bytes, info: zipfile.ZipInfo) -> memoryview:
    at = info.header_offset
    if data[at : at + 4] != _LOCAL_SIGN:
        raise ValueError(at)
    name, extra = struct.unpack_from("<HH", data, at + 26)
    begin = at + _LOCAL_HEADER + name + extra
    packed = memoryview(data)[begin : begin + info.compress_size]
    if len(packed) != info.compress_size:
        raise ValueError(at)
    return packed


def _check_stored(packed: memoryview, info: zipfile.ZipInfo) -> None:
    if len(packed) != info.file_size or zlib.crc32(packed) != info.CRC:
        raise ValueError(info.file_size)


def _check_deflated(packed: memoryview, info: zipfile.ZipInfo) -> None:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    size, checksum = 0, 0
    while not stream.eof:
        piece = stream.decompress(waiting, _PIECE)
        waiting = stream.unconsumed_tail
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        if size > info.file_size or not (piece or waiting or stream.eof):
            raise ValueError(info.file_size)
    if size != info.file_size or checksum != info.CRC:
        raise ValueError(info.file_size)
