"""People whom an act on a whole month leaves aside, so that they do not keep it from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody an act did not touch; the sentence belongs to ``code``, the name stands in ``params``."""

    number: str
    code: str
    params: Mapping[str, object]
