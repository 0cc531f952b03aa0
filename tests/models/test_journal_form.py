"""The stored form of a payload is plain JSON, however many rows were encoded at once."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.models.journal import pack, unpack
from fujisawa_desktop.models.json_text import json_of, named_texts


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
    assert hashlib.sha256(data).hexdigest() == digest
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")).encode()


TEXTS = st.text(
    st.one_of(st.sampled_from('"\\%s\n\t\x00\x1f\u2028高😀'), st.characters(codec="utf-8")), max_size=6
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(TEXTS, min_size=1, max_size=4).flatmap(
        lambda names: st.tuples(st.just(names), st.lists(st.tuples(*(TEXTS for _name in names)), max_size=3))
    )
)
def test_what_is_written_already_is_packed_as_it_would_be_written(
    case: tuple[list[str], list[tuple[str, ...]]],
) -> None:
    names, rows = case
    pairs = [[list(pair) for pair in zip(names, row, strict=True)] for row in rows]
    written = named_texts(names, rows)
    assert [json_of(one) for one in written] == [json_of(one) for one in pairs]
    assert pack(inserted(written)) == pack(inserted(pairs))


def inserted(raws: Sequence[object]) -> dict[str, dict[str, object]]:
    rows = [(at, "髙橋", None, date(2030, 1, 2), True, 1.5, raw) for at, raw in enumerate(raws)]
    columns = ["id", "name", "note", "day", "is_late", "share", "raw"]
    return {"import_row": {"inserted": {"columns": columns, "rows": rows}}}
