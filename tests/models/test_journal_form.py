"""The stored form of a payload is plain JSON, however many rows were encoded at once."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import date, datetime

import pytest

from fujisawa_desktop.models.journal import pack, unpack


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_rows_are_packed_as_one_list(count: int) -> None:
    rows = [[number, "高橋", date(2030, 1, 2)] for number in range(count)]
    changes = [[number, {"at": datetime(2030, 1, 2, 3, 4)}, {"at": None}] for number in range(count)]
    payload = {"entry": {"inserted": {"columns": ["id", "name", "day"], "rows": rows}, "updated": changes}}
    data, digest = pack(payload)
    text = zlib.decompress(data)
    plain = json.loads(text)["entry"]
    assert [row[:2] for row in plain["inserted"]["rows"]] == [row[:2] for row in rows]
    assert len(plain["updated"]) == count
    assert unpack(data) == (payload, digest)
    assert hashlib.sha256(text).hexdigest() == digest
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")).encode()
