from __future__ import annotations

from pathlib import Path

from fujisawa_desktop.views.memory import RECENT, Memory
from fujisawa_desktop.views.theme import Scheme


def test_files_opened_last_come_first_and_only_while_they_exist(settings: Memory, tmp_path: Path) -> None:
    assert settings.recent() == []
    files = [tmp_path / f"{number}.fjdb" for number in range(RECENT + 2)]
    for file in files:
        file.touch()
        settings.remember_file(file)
    assert settings.recent() == files[:1:-1]
    settings.remember_file(files[3])
    assert settings.recent()[0] == files[3]
    files[3].unlink()
    assert files[3] not in settings.recent()


def test_it_is_written_to_its_file(settings: Memory, tmp_path: Path) -> None:
    (tmp_path / "a.fjdb").touch()
    settings.remember_file(tmp_path / "a.fjdb")
    settings.set_scheme(Scheme.DARK)
    settings.sync()
    again = Memory(Path(settings.fileName()))
    assert again.scheme() is Scheme.DARK
    assert again.recent() == [tmp_path / "a.fjdb"]


def test_a_damaged_setting_means_the_usual(settings: Memory) -> None:
    assert settings.scheme() is Scheme.SYSTEM
    settings.setValue("window/scheme", "purple")
    assert settings.scheme() is Scheme.SYSTEM
