"""``pytest -p tests.fault_plugin --sweep=all|FEW|scenes``: tests lend their scenes to the sweep of faults.

Each use-case is tried within the first test that calls it with success, with what that test gives it;
then the test goes on as if nothing had been.  ``scenes`` only writes down which test calls what.
"""

from __future__ import annotations

import functools
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import fujisawa_desktop.services
from fujisawa_desktop.models.database import Database
from tests.fault_layer import Call, lay, watched
from tests.fault_sweep import Sweep, Swept
from tests.write_acts import write_acts

SCENES = "scenes"


class _Plugin:
    """What is being swept, and what was."""

    def __init__(self, samples: int | None, only: Mapping[str, str], *, record: bool) -> None:
        self._samples, self._only, self._record = samples, only, record
        self._depth = 0
        self._test = ""
        self._folders: tuple[Path, Path] | None = None
        self.swept: dict[str, Swept] = {}
        self.scenes: dict[str, dict[str, int]] = {}

    def wrap(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """Return the use-case as tests shall see it."""

        @functools.wraps(act)
        def called(*args: Any, **more: Any) -> Any:
            if self._depth:
                return act(*args, **more)
            self._depth += 1
            try:
                if self._record:
                    return self._counted(name, act, args, more)
                self._lend(name, act, args, more)
                return act(*args, **more)
            finally:
                self._depth -= 1

        return called

    def _lend(self, name: str, act: Callable[..., Any], args: tuple[Any, ...], more: dict[str, Any]) -> None:
        given = (*args, *more.values())
        if self._folders is None or not _can_be_given_twice(given):
            return
        key = self._wanted(name)
        if key is None or key in self.swept:
            return
        root, aside = self._folders
        if not _stands_in(root, given):
            return
        sweep = Sweep(name, self._test, root=root, aside=aside, samples=self._samples)
        try:
            self.swept[key] = sweep.run(act, args, more)
        except Exception:  # noqa: BLE001 - a test of a refusal is no scene; another test will be one
            return

    def _wanted(self, name: str) -> str | None:
        """Return under which name a use-case is swept in this test: a case of it stands behind a ``#``."""
        if not self._only:
            return name
        cases = {key: test for key, test in self._only.items() if key.partition("#")[0] == name}
        return next((key for key, test in cases.items() if test in {"", self._test}), None)

    def _counted(
        self, name: str, act: Callable[..., Any], args: tuple[Any, ...], more: dict[str, Any]
    ) -> Any:
        """Do it, and note how many calls it takes in this test."""
        if self._folders is None or not _can_be_given_twice((*args, *more.values())):
            return act(*args, **more)
        seen: list[Call] = []
        with watched(self._folders[0], seen.append):
            result = act(*args, **more)
        tests = self.scenes.setdefault(name, {})
        tests[self._test] = min(len(seen), tests.get(self._test, len(seen)))
        return result

    @pytest.fixture(autouse=True)
    def _lent_folder(
        self, request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[None]:
        self._test = request.node.nodeid.split("[")[0]
        self._folders = (tmp_path, tmp_path_factory.mktemp("aside") / "kept")
        yield
        self._folders = None


def _can_be_given_twice(given: tuple[object, ...]) -> bool:
    """Whether an act can be called again with the same, and works on a file."""
    return not any(
        isinstance(one, Iterator) or (isinstance(one, Database) and one.path is None) for one in given
    )


def _stands_in(root: Path, given: tuple[object, ...]) -> bool:
    """Whether the databases are the test's own: one elsewhere could not be put back."""
    paths = [one.path for one in given if isinstance(one, Database)]
    return all(path is None or path.is_relative_to(root) for path in paths)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the option."""
    parser.addoption("--sweep", default="all", help="all points, so many of each side, or scenes")
    parser.addoption(
        "--sweep-only", default="", help="use-cases, with commas, each with =TEST or not; all when empty"
    )
    parser.addoption("--sweep-to", default="build/endurance/faults.json", help="where the outcome goes")


def pytest_configure(config: pytest.Config) -> None:
    """Lay the layer and wrap the use-cases before a test module names them."""
    lay()
    for module in pkgutil.iter_modules(fujisawa_desktop.services.__path__):
        import_module(f"fujisawa_desktop.services.{module.name}")
    chosen, only = config.getoption("--sweep"), config.getoption("--sweep-only")
    names = write_acts()
    plugin = _Plugin(
        None if chosen in {"all", SCENES} else int(chosen),
        {name: test for name, _sign, test in (one.partition("=") for one in only.split(",") if one)},
        record=chosen == SCENES,
    )
    for name in names:
        module, act = name.split(".")
        plain = getattr(import_module(f"fujisawa_desktop.services.{module}"), act)
        _replace_everywhere(plain, plugin.wrap(name, plain))
    config.pluginmanager.register(plugin, "fault-sweep")


def _replace_everywhere(plain: object, wrapped: object) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("fujisawa_desktop"):
            for key, value in list(vars(module).items()):
                if value is plain:
                    setattr(module, key, wrapped)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down what was swept."""
    plugin = session.config.pluginmanager.get_plugin("fault-sweep")
    target = Path(session.config.getoption("--sweep-to"))
    target.parent.mkdir(parents=True, exist_ok=True)
    found = plugin.scenes or {name: swept.as_json() for name, swept in plugin.swept.items()}
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
