"""The sheets of labels the program knows: geometry as data in ``resources/labels``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.documents.office_specs import FaceGrid
from fujisawa_desktop.errors import InputFileError, NotFoundError
from fujisawa_desktop.paths import resources_dir

USUAL: Final = "12-86.4x42.3"
"""The sheet most offices have."""
_WHOLE: Final = frozenset({"columns", "rows"})
_PAGE: Final = (210.0, 297.0)
_ROUNDED: Final = 0.5
"""Millimetres that a published measure may be rounded up by over all faces together."""


@dataclass(frozen=True, slots=True)
class LabelLayout:
    """One kind of sheet.

    Attributes:
        name: faces and size, as ``12-86.4x42.3``.
    """

    name: str
    grid: FaceGrid


@lru_cache(maxsize=1)
def label_layouts() -> tuple[LabelLayout, ...]:
    """Return all sheets, those with few large faces first.

    Raises:
        InputFileError: ``papers.layout-broken``.
    """
    folder = resources_dir() / "labels"
    found = [LabelLayout(path.stem, _grid(path)) for path in folder.glob("*.toml")]
    return tuple(sorted(found, key=lambda one: (one.grid.count, one.grid.width)))


def label_layout(name: str) -> LabelLayout:
    """Return the sheet called ``name``; an empty name is the usual one.

    Raises:
        NotFoundError: ``papers.layout-unknown``.
    """
    wanted = name or USUAL
    layouts = label_layouts()
    for layout in layouts:
        if layout.name == wanted:
            return layout
    raise NotFoundError("papers.layout-unknown", name=wanted, known=[layout.name for layout in layouts])


def _grid(path: Path) -> FaceGrid:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        grid = FaceGrid(**{field.name: _number(field.name, data[field.name]) for field in fields(FaceGrid)})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputFileError("papers.layout-broken", file=path.name) from error
    x, y = grid.face(grid.count)
    if x + grid.width > _PAGE[0] + _ROUNDED or y + grid.height > _PAGE[1] + _ROUNDED:
        raise InputFileError("papers.layout-broken", file=path.name)
    return grid


def _number(name: str, value: Any) -> Any:
    number = int(value) if name in _WHOLE else float(value)
    if number < 0 or (number == 0 and name not in {"left", "top"}):
        raise ValueError(name)
    return number
