"""The files of the hostile tests, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.scene import build


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file for each stage of the job, filled with ordinary texts."""
    return build(tmp_path_factory.mktemp("stages"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns about size hints it cannot hand to a window manager."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))
