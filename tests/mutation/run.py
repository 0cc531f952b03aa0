"""Mutation testing of the rules of hours, pay and transfers.

    nice python tests/mutation/run.py [MODULE …] [--survivors]

Each module is changed in one small place at a time (``mutants.py``); the tests of the module then
have to fail.  Tests are collected once; each mutant lives in a process forked after that, with
the changed functions and constants put into the loaded module.  Mutants that mean the same as the
original stand in ``equivalent.toml`` with the reason and are not counted.

A library for this (mutmut) was tried and left aside: it runs the tests of
one process twice, which Hypothesis refuses, and changes neither constants nor defaults.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import pytest  # noqa: E402
from mutants import Mutant, mutants_of  # noqa: E402

TESTS: Final = {
    "pay": ("test_pay", "test_premium"),
    "premium": ("test_premium",),
    "tax": ("test_tax", "test_tax_tables"),
    "tax_tables": ("test_tax_tables",),
    "insurance": ("test_insurance",),
    "commuting": ("test_commuting", "test_dated_figures"),
    "hours": ("test_hours", "test_hours_limits"),
    "shift_entry": ("test_shift_entry", "test_hours_limits"),
    "entry_verdict": ("test_entry_verdict",),
    "forecast": ("test_forecast",),
    "term": ("test_term",),
    "explain": ("test_pay",),
    "transfer": ("test_transfer",),
    "bank_accounts": ("test_bank_accounts",),
    "bank_signs": ("test_bank_signs",),
    "dated_figures": ("test_dated_figures",),
}
"""Module of ``fujisawa_desktop.rules`` → its test modules of ``tests/rules``."""
EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")
SECONDS: Final = 60
"""A mutant that runs longer has been noticed: it loops."""


class Trial:
    """A plugin of pytest that tries every mutant instead of running the tests once."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.survived: list[Mutant] = []
        self.killed = 0
        self.equivalent = 0
        self._noticed_by = -1
        self._failed = False

    def pytest_configure(self) -> None:
        """Let Hypothesis try few examples, the same ones each time."""
        import hypothesis

        every = list(hypothesis.HealthCheck)
        hypothesis.settings.register_profile(
            "mutation", max_examples=30, derandomize=True, database=None, suppress_health_check=every
        )
        hypothesis.settings.load_profile("mutation")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then once for each mutant."""
        items = sorted(session.items, key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))
        if self._first_failing(session, items) is not None:
            raise pytest.UsageError(f"{self.module}: the tests fail without any mutant")
        loaded = importlib.import_module(f"fujisawa_desktop.rules.{self.module}")
        source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
        known = equivalents(self.module)
        for mutant in mutants_of(source):
            if (mutant.source, mutant.what) in known:
                self.equivalent += 1
                continue
            failing = self._try(session, items, loaded, mutant)
            if failing is None:
                self.survived.append(mutant)
            else:
                self.killed += 1
                if failing >= 0:  # the test that noticed this one often notices the next one too
                    items.insert(0, items.pop(failing))
        return True

    def _first_failing(self, session: pytest.Session, items: list[pytest.Item]) -> int | None:
        self._failed = False
        for at, item in enumerate(items):
            following = items[at + 1] if at + 1 < len(items) else None
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return at
        return None

    def _try(
        self, session: pytest.Session, items: list[pytest.Item], loaded: ModuleType, mutant: Mutant
    ) -> int | None:
        """Return which test noticed the mutant, -1 when it could not even be loaded; None: none did."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._child(session, items, loaded, mutant, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _pid, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            return -1
        return int(said) if said != b"none" else None

    def _child(
        self,
        session: pytest.Session,
        items: list[pytest.Item],
        loaded: ModuleType,
        mutant: Mutant,
        writing: int,
    ) -> None:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        signal.alarm(SECONDS)
        code = 1
        try:
            put_in(loaded, mutant)
            failing = self._first_failing(session, items)
            os.write(writing, b"none" if failing is None else str(failing).encode())
            code = 0
        finally:
            os._exit(code)


def put_in(loaded: ModuleType, mutant: Mutant) -> None:
    """Change a loaded module: functions get the code of the mutant's, constants its values."""
    fresh: dict[str, Any] = {"__name__": loaded.__name__, "__file__": loaded.__file__}
    sys.modules[loaded.__name__] = twin = ModuleType(loaded.__name__)
    twin.__dict__.update(fresh)
    exec(compile(mutant.tree, str(loaded.__file__), "exec"), twin.__dict__)  # noqa: S102
    sys.modules[loaded.__name__] = loaded
    for name, new in vars(twin).items():
        old = vars(loaded).get(name)
        if isinstance(new, type) and isinstance(old, type) and new.__module__ == loaded.__name__:
            for part, changed in vars(new).items():
                _swap(vars(old).get(part), changed)
        elif isinstance(getattr(new, "__wrapped__", new), FunctionType):
            _swap(old, new)
        elif name.isupper() or (name.startswith("_") and name[1:].isupper()):
            setattr(loaded, name, new)


def _swap(old: object, new: object) -> None:
    if hasattr(old, "cache_clear"):
        old.cache_clear()
    if isinstance(old, property) and isinstance(new, property):
        old, new = old.fget, new.fget
    old, new = getattr(old, "__wrapped__", old), getattr(new, "__wrapped__", new)
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        if len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
            old.__code__ = new.__code__
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def equivalents(module: str) -> set[tuple[str, str]]:
    """Return (line, change) of the mutants that mean the same as the original."""
    if not EQUIVALENT.exists():
        return set()
    known = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {(entry["line"], entry["change"]) for entry in known.get(module, ())}


def trial(module: str) -> Trial:
    """Try all mutants of one module."""
    plugin = Trial(module)
    files = [str(ROOT / "tests" / "rules" / f"{name}.py") for name in TESTS[module]]
    options = ["-q", "-s", "--no-header", "--noconftest", "-p", "no:randomly", "-p", "no:cacheprovider"]
    pytest.main([*options, *files], plugins=[plugin])
    return plugin


def report(plugin: Trial) -> str:
    """Return one line of figures."""
    tried = plugin.killed + len(plugin.survived)
    percent = 100 * plugin.killed / tried if tried else 100
    return (
        f"{plugin.module:<14}{plugin.killed:>5} of {tried:<5}{percent:6.1f} %  equivalent {plugin.equivalent}"
    )


def _each_in_its_process(modules: list[str], *, shown: bool) -> Iterator[bool]:
    """Try each module in a process of its own, so that nothing is left from the one before."""
    for module in modules:
        child = os.fork()
        if child == 0:
            plugin = trial(module)
            for mutant in plugin.survived if shown else ():
                print(f"  {module}:{mutant.line}: {mutant.what}: {mutant.source}")  # noqa: T201
            print(report(plugin), flush=True)  # noqa: T201
            os._exit(0 if plugin.killed >= 9 * len(plugin.survived) else 1)
        _pid, status = os.waitpid(child, 0)
        yield os.waitstatus_to_exitcode(status) == 0


def main() -> int:
    """Try the modules named, or all; 0 when nine of ten mutants of each were noticed."""
    parser = argparse.ArgumentParser(description="Mutation testing of the rules of hours and pay.")
    parser.add_argument("modules", nargs="*", choices=[[], *TESTS], default=[])
    parser.add_argument("--survivors", action="store_true", help="name the mutants that nothing noticed")
    options = parser.parse_args()
    return (
        0 if all(list(_each_in_its_process(options.modules or list(TESTS), shown=options.survivors))) else 1
    )


if __name__ == "__main__":
    raise SystemExit(main())
