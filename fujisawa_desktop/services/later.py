"""Use-cases named before their modules are loaded.

SQLAlchemy and the stored classes take longer to load than the window.  What the window needs at
its start names its use-cases here; the modules behind them are read at the first call, which is
made on a worker.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def later(module: str, name: str) -> Callable[..., Any]:
    """Return a function that loads ``services.<module>`` and calls its ``name``."""

    def call(*args: object, **kwargs: object) -> object:
        return getattr(import_module(f"fujisawa_desktop.services.{module}"), name)(*args, **kwargs)

    call.__name__ = name
    return call
