"""The log file: what went wrong and where in the code, never a name or a value."""

from __future__ import annotations

import logging
from typing import Final

from fujisawa_desktop.paths import log_file

LOG_BYTES: Final = 1_000_000


def start_log() -> logging.Handler:
    """Write the log into the data folder from now on; a long one is kept once more under another name."""
    path = log_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".old.log"))
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("fujisawa_desktop").addHandler(handler)
    return handler
