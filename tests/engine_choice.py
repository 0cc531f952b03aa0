"""``pytest --engine postgresql``: the same tests on a PostgreSQL server, which the run itself starts."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest

ENGINES = ("sqlite", "postgresql")
_LEFT_OUT = pytest.StashKey[dict[str, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=ENGINES, default="sqlite", help="what keeps the data: a file, or a server of ours"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "file_only(why): is about files, so it runs on SQLite only")
    config.stash[_LEFT_OUT] = {}
    if config.getoption("engine") == "sqlite" or hasattr(config, "workerinput"):
        return  # the workers find the server of the first process
    from postgres_server import ADDRESS, Keeper, NoServerError

    try:
        keeper = Keeper()
    except NoServerError as error:
        pytest.exit(f"no PostgreSQL server for the tests: {error}", returncode=3)
    os.environ[ADDRESS] = f"{keeper.server.folder}:{keeper.server.port}"
    config.add_cleanup(keeper.stop)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server, tests about files are left out and counted; each must say why."""
    reasons = {item: mark.args[0] for item in items if (mark := item.get_closest_marker("file_only"))}
    if config.getoption("engine") == "sqlite" or not reasons:
        return
    config.stash[_LEFT_OUT].update({item.nodeid: str(why) for item, why in reasons.items()})
    items[:] = [item for item in items if item not in reasons]
    config.hook.pytest_deselected(items=list(reasons))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash[_LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker leaves out the same tests; their names are the same."""
    node.config.stash[_LEFT_OUT].update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    left_out = config.stash[_LEFT_OUT]
    if config.getoption("engine") == "sqlite" or not left_out:
        return
    terminalreporter.section(f"about files, so not on a server: {len(left_out)} tests")
    for why, number in Counter(left_out.values()).most_common():
        terminalreporter.write_line(f"{number:4} {why}")
