"""The one place where all figures of a paper take the style its wording asks for.

Whatever a figure comes from (the wording, a rule, a portal's free text), it passes here with the
finished spec; so a paper never mixes half and full width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, Final

from fujisawa_desktop.documents.specs import Styled
from fujisawa_desktop.rules.figures import DigitStyle, in_digit_style
from fujisawa_desktop.services.paper_kinds import Sheet
from fujisawa_desktop.services.paper_wording import Wording

_KEPT: Final = frozenset({"owner", "name", "url", "align", "digits"})
"""Fields that are no text of the paper, or a person's name."""


def in_house_style(words: Wording, sheets: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheets with every figure in the style of ``words``.

    Raises:
        InputFileError: ``papers.wording-key``, a style that does not exist.
    """
    style = words.digit_style
    return [_sheet(sheet, style) for sheet in sheets]


def _sheet(sheet: Sheet, style: DigitStyle) -> Sheet:
    spec = _styled(sheet.spec, style)
    if isinstance(spec, Styled) and spec.digits != style:
        spec = replace(spec, digits=style)
    return sheet if spec is sheet.spec else replace(sheet, spec=spec)


def _styled(value: Any, style: DigitStyle) -> Any:
    """Return a part of a spec with its figures changed; the very same part where nothing changes."""
    if isinstance(value, str):
        return in_digit_style(value, style)
    if isinstance(value, tuple):
        parts = [_styled(part, style) for part in value]
        return value if all(map(_is_same, parts, value)) else tuple(parts)
    changed, kind = {}, value.__class__
    for name in _texts_of(kind):
        old = getattr(value, name)
        new = _styled(old, style)
        if new is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def _is_same(new: object, old: object) -> bool:
    return new is old


@lru_cache(maxsize=64)
def _texts_of(kind: type) -> tuple[str, ...]:
    """Return the fields of a part that may hold figures; a plain value (a number, None) has none."""
    if not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind) if field.name not in _KEPT)
