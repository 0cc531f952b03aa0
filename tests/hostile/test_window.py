"""The window on a file in which every text is hostile: nothing is read as markup, nothing fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.hostile.fields import Filler, rotating
from tests.hostile.window import has_lost_key, is_rich, walk


def test_every_tab_and_dialog_shows_hostile_texts_as_texts(
    stages: dict[str, Path], tmp_path: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "window.fjdb"
    path.write_bytes(stages["whole"].read_bytes())
    filler = Filler(path)
    filler.fill(rotating(5))
    filler.close()
    seen = walk(path, tmp_path)
    qapp.setProperty("dressed", None)  # the program dressed the application in its own way
    assert seen.faults == []
    assert not [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert seen.actions > 80
    assert seen.texts > 5_000


def test_markup_and_lost_keys_are_noticed(qapp: QApplication) -> None:
    label, button = QLabel("<b>太字</b><img src='x'>"), QPushButton("営業&総務")
    assert is_rich(label.text())
    assert has_lost_key(button.text())
    assert not is_rich("&lt;img src='x'&gt;")
    assert not has_lost_key("営業&&総務")
    qapp.processEvents()
