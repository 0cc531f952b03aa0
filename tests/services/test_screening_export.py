from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pdf_reading import pages_text
from python_calamine import CalamineWorkbook
from screening_scene import Scene, make_scene

from fujisawa_desktop import texts
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.screening_core import Aggregate
from fujisawa_desktop.services.screening_export import write_ranking
from fujisawa_desktop.services.screening_setup import save_rule

NOW = datetime(2024, 10, 20, 9, 30)


@pytest.fixture
def scene(database: Database, programme_id: int) -> Scene:
    scene = make_scene(database, programme_id)
    for number, points in (("1001", 3), ("1002", 4), ("1003", 4), ("1004", 5)):
        scene.review(number, 0, *[points] * 4)
    scene.review("1004", 1, 1, 1, 1, 1)
    return scene


def out(scene: Scene, path: Path, *, places: int | None = None) -> Path:
    return write_ranking(
        scene.database,
        programme_id=scene.programme_id,
        course_id=scene.course_ids[0],
        path=path,
        words=texts.term,
        places=places,
        made_at=NOW,
    ).path


def blind(scene: Scene) -> None:
    save_rule(
        scene.database,
        programme_id=scene.programme_id,
        aggregate=Aggregate.MEAN,
        is_blind=True,
        hides_others=True,
    )


def cells(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_the_workbook_holds_numbers_and_says_where_the_line_lies(scene: Scene, tmp_path: Path) -> None:
    heading, *rows = cells(out(scene, tmp_path / "r.xlsx", places=1))
    assert heading == [
        "順位", "線との位置", "番号", "氏名", "フリガナ", "大学", "書類点", "採点　一郎", "採点　二子",
        "点の開き", "記録した結果", "しるし",
    ]  # fmt: skip
    assert [row[:3] for row in rows] == [
        [1.0, "線上の同点", "1002"],
        [1.0, "線上の同点", "1003"],
        [3.0, "線より下", "1001"],
        [3.0, "線より下", "1004"],
        ["", "", "1005"],
    ]
    assert rows[3][6:10] == [60.0, 100.0, 20.0, 80.0]


def test_the_paper_says_course_line_and_that_it_is_confidential(scene: Scene, tmp_path: Path) -> None:
    [text] = pages_text(out(scene, tmp_path / "r.pdf", places=2).read_bytes())
    flat = "".join(text.split())
    for words in (
        "1次選考の順位DX・スマートシティ", "取扱注意", "線（2人）：1位と3位の間", "髙橋美咲", "60.00", "5件",
    ):  # fmt: skip
        assert words in flat


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
def test_in_blind_reading_no_name_goes_out(scene: Scene, tmp_path: Path, suffix: str) -> None:
    blind(scene)
    path = out(scene, tmp_path / f"r{suffix}")
    told = str(cells(path)) if suffix == ".xlsx" else "".join(pages_text(path.read_bytes()))
    assert "1004" in told
    for secret in ("髙橋", "葛城", "タカハシ", "見本大学"):
        assert secret not in told
