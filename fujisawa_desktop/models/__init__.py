"""What is stored.

The classes are loaded, all together, when the first of them is asked for: opening a file and
showing its first rows do not need them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fujisawa_desktop.models.registry import *  # noqa: F403 - the registry says what is public


def __getattr__(name: str) -> Any:
    """Return a stored class by its name."""
    if name.startswith("_"):
        raise AttributeError(name)
    registry = import_module("fujisawa_desktop.models.registry")
    if name not in registry.__all__:
        raise AttributeError(name)
    return getattr(registry, name)
