"""``pytest --engine postgresql``: the same tests on a PostgreSQL server, which the run itself starts."""

from __future__ import annotations

import os

import pytest

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=ENGINES, default="sqlite", help="what keeps the data: a file, or a server of ours"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "file_only(why): is about files, so it runs on SQLite only")
    if config.getoption("engine") == "sqlite" or hasattr(config, "workerinput"):
        return  # the workers find the server of the first process
    from postgres_server import ADDRESS, Keeper, NoServerError

    try:
        keeper = Keeper()
    except NoServerError as error:
        pytest.exit(f"no PostgreSQL server for the tests: {error}", returncode=3)
    os.environ[ADDRESS] = f"{keeper.server.folder}:{keeper.server.port}"
    config.add_cleanup(keeper.stop)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server, tests about files are left out and counted."""
    if config.getoption("engine") == "sqlite":
        return
    left_out = [item for item in items if item.get_closest_marker("file_only")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("file_only")]
        config.hook.pytest_deselected(items=left_out)
