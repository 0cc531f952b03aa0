"""Makes importing cheap once Qt is loaded; to be called before anything else of the window."""

from __future__ import annotations

import sys
from typing import Final

import PySide6.QtCore

_FEATURES: Final = "shibokensupport.feature"
_SEARCH: Final = "_mod_uses_pyside"


def import_lightly() -> None:
    """Keep PySide6 from reading the source of every module that is imported after it.

    It looks there for its own name, to know where ``from __feature__ import snake_case`` may
    apply, which this program never uses; all sources then stay in memory: some 20 MB, and a
    tenth of a second at every start.
    """
    features = sys.modules.get(_FEATURES) if PySide6.QtCore.__name__ in sys.modules else None
    if features is not None and _SEARCH in vars(features):
        vars(features)[_SEARCH] = _uses_no_feature


def _uses_no_feature(_module: object) -> bool:
    return False
