"""Where Japanese addresses are divided."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.rules.address import address_rows, break_places, is_foreign


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("神奈川県藤沢市朝日町1番地の1", ("神奈川県藤沢市朝日町1番地の1",)),
        (
            "神奈川県藤沢市鵠沼石上1-1-1 湘南ハイツ203号室",
            ("神奈川県藤沢市鵠沼石上1-1-1", "湘南ハイツ203号室"),
        ),
        (
            "東京都千代田区霞が関2丁目1番2号中央合同庁舎第2号館",
            ("東京都千代田区霞が関2丁目1番2号", "中央合同庁舎第2号館"),
        ),
        (
            "横浜市西区みなとみらい２－３－１クイーンズタワーB棟　1205",
            ("横浜市西区みなとみらい２－３－１", "クイーンズタワーB棟　1205"),
        ),
        ("六本木一丁目2番3号アーク森ビル", ("六本木一丁目2番3号", "アーク森ビル")),
        ("藤沢市藤沢109番地の6（湘南マンション201）", ("藤沢市藤沢109番地の6", "（湘南マンション201）")),
        ("北海道札幌市中央区北1条西2丁目", ("北海道札幌市中央区北1条西2丁目",)),
        ("岩手県一関市大東町第5地割12番地3", ("岩手県一関市大東町第5地割12番地3",)),
        ("東京都北区十条仲原1-2-3", ("東京都北区十条仲原1-2-3",)),  # 十条 is a name
        ("藤沢市辻堂1-2-3 405号室", ("藤沢市辻堂1-2-3 405号室",)),  # a room is no building
        ("辻堂神台2丁目2-2-301号室", ("辻堂神台2丁目2-2-301号室",)),
        ("藤沢市湘南台文化センター内", ("藤沢市湘南台文化センター内",)),
        ("藤沢市朝日町1番地\n\n 見本荘 2号 \n鈴木様方", ("藤沢市朝日町1番地", "見本荘 2号", "鈴木様方")),
        ("12 Rue de Rivoli, 75001 Paris, France", ("12 Rue de Rivoli, 75001 Paris, France",)),
        ("", ()),
        (" 　\n", ()),
    ],
)
def test_the_building_has_a_row_of_its_own(written: str, rows: tuple[str, ...]) -> None:
    assert address_rows(written) == rows


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ("神奈川県藤沢市朝日町1番地の1", ["神奈川県", "藤沢市", "朝日町", "1番地の1"]),
        ("三重県四日市市諏訪町1-5", ["三重県", "四日市市", "諏訪町", "1-5"]),
        ("東京都東村山市本町1-2-3", ["東京都", "東村山市", "本町", "1-2-3"]),
        ("大阪府大阪市北区梅田三丁目1番3号", ["大阪府", "大阪市", "北区", "梅田", "三丁目1番3号"]),
        ("神奈川県高座郡寒川町宮山165番地", ["神奈川県", "高座郡寒川町", "宮山", "165番地"]),
        ("湘南ハイツ203号室", ["湘南ハイツ", "203号室"]),
        ("タワーB棟　1205", ["タワーB棟　", "1205"]),
        ("見本荘101号（鈴木様方）", ["見本荘101号", "（鈴木様方）"]),
        ("75001 Paris, France", ["75001 ", "Paris, ", "France"]),
    ],
)
def test_a_row_breaks_between_its_parts(row: str, parts: list[str]) -> None:
    assert [row[start:end] for start, end in pairwise((0, *break_places(row), len(row)))] == parts


def test_only_what_has_no_japanese_character_is_foreign() -> None:
    assert is_foreign("1600 Pennsylvania Avenue")
    assert not is_foreign("東京 Tower")
    assert not is_foreign("  ")


@given(
    st.text(
        alphabet="神奈川県藤沢市北区町1２三四丁目番地号の-－ー条西　 \n（）AマンションB棟郡村", max_size=60
    )
)
def test_nothing_of_an_address_is_lost(written: str) -> None:
    rows = address_rows(written)
    assert "".join("".join(rows).split()) == "".join(written.split())
    assert all(row.strip(" 　") == row and row for row in rows)
    for row in rows:
        places = break_places(row)
        assert list(places) == sorted(set(places))
        assert all(0 < place < len(row) for place in places)
