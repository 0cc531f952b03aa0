"""Specs from stored JSON: a paper that was issued is printed again from what was kept of it."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from fujisawa_desktop.documents.specs import Spec

T = TypeVar("T")
_KNOWN: Final[dict[type[Any], dict[str, tuple[Field[Any], Any]]]] = {}
"""The fields of each class with what they hold, read once: thousands of letters have the same."""


class SnapshotError(ValueError):
    """What was stored is not what the form of the paper needs; ``where`` names the place, not its text."""

    def __init__(self, where: str) -> None:
        """Keep the place."""
        super().__init__(where)
        self.where = where


def rebuilt(form: type[T], data: object) -> T:
    """Return a value of the class ``form`` from what ``dataclasses.asdict`` and JSON made of it.

    Fields that did not exist yet when it was stored take their defaults.

    Raises:
        SnapshotError: a field is missing that has no default, holds another kind of value, or is
            one that this version does not know and would leave out.
    """
    value: T = _value(form, data, form.__name__)
    return value


def spec_among(forms: Iterable[type[Any]], form: str, data: object) -> Spec:
    """Return the spec that was stored as ``form``, one of ``forms``.

    Raises:
        SnapshotError: there is no such form any more, or the data do not fit it.
    """
    known = {one.__name__: one for one in forms}
    if form not in known:
        raise SnapshotError(form)
    spec: Spec = rebuilt(known[form], data)
    return spec


def _value(hint: Any, data: object, where: str) -> Any:
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint, data, where)
    origin = get_origin(hint)
    if origin is tuple:
        return _tuple(get_args(hint), data, where)
    if origin in {Union, types.UnionType}:
        return _one_of(get_args(hint), data, where)
    if not _fits(hint, data):
        raise SnapshotError(where)
    return hint(str(data)) if isinstance(hint, type) and issubclass(hint, StrEnum) else data


def _fits(hint: Any, data: object) -> bool:
    """Tell whether a single value is of the kind a field holds; a share may be a whole number."""
    if get_origin(hint) is Literal:
        return data in get_args(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return data in [member.value for member in hint]
    return type(data) in ({int, float} if hint is float else {hint})


def _object(form: type[Any], data: object, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise SnapshotError(where)
    known = _fields(form)
    for name in data:
        if name not in known:
            raise SnapshotError(f"{where}.{name}")
    values = {}
    for name, (field, hint) in known.items():
        if name in data:
            values[name] = _value(hint, data[name], f"{where}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise SnapshotError(f"{where}.{name}")
    return form(**values)


def _tuple(kinds: tuple[Any, ...], data: object, where: str) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise SnapshotError(where)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_value(kinds[0], part, where) for part in data)
    if len(kinds) != len(data):
        raise SnapshotError(where)
    return tuple(_value(kind, part, where) for kind, part in zip(kinds, data, strict=True))


def _one_of(kinds: tuple[Any, ...], data: object, where: str) -> Any:
    for kind in kinds:
        try:
            return _value(kind, data, where)
        except SnapshotError:
            continue
    raise SnapshotError(where)


def _fields(form: type[Any]) -> dict[str, tuple[Field[Any], Any]]:
    if form not in _KNOWN:
        hints = get_type_hints(form)
        _KNOWN[form] = {field.name: (field, hints[field.name]) for field in fields(form)}
    return _KNOWN[form]
