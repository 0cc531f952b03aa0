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
    texts = _Texts(words.digit_style)
    return [_sheet(sheet, texts) for sheet in sheets]


class _Texts(dict[str, str]):
    """Texts in the style of one paper; most of them repeat from sheet to sheet."""

    def __init__(self, style: DigitStyle) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, text: str) -> str:
        changed = self[text] = in_digit_style(text, self.style)
        return changed


def _sheet(sheet: Sheet, texts: _Texts) -> Sheet:
    spec = _styled(sheet.spec, texts)
    if isinstance(spec, Styled) and spec.digits != texts.style:
        spec = replace(spec, digits=texts.style)
    return sheet if spec is sheet.spec else replace(sheet, spec=spec)


def _styled(value: Any, texts: _Texts) -> Any:
    """Return a part of a spec with its figures changed; an equal part where nothing changes."""
    kind = value.__class__
    if kind is str:
        return texts[value]
    if kind is tuple:
        parts = tuple([_styled(part, texts) for part in value])
        return value if parts == value else parts
    changed = {}
    for name in _texts_of(kind):
        old = getattr(value, name)
        new = _styled(old, texts)
        if new is not old and new != old:
            changed[name] = new
    return replace(value, **changed) if changed else value


@lru_cache(maxsize=64)
def _texts_of(kind: type) -> tuple[str, ...]:
    """Return the fields of a part that may hold figures; a plain value (a number, None) has none."""
    if not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind) if field.name not in _KEPT)
