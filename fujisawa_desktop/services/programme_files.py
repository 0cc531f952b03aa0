"""Programme files (TOML): everything a city says about one year's internship, as data.

A file names the columns of `Programme` at its top, then ``[[rates]]``, ``[[patterns]]``,
``[[closed_days]]``, ``[[contacts]]`` and ``[[courses]]``, the published texts under ``[texts]``, and
the items of the 勤務条件通知書 under ``[conditions]``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import JSON, Column
from sqlalchemy import inspect as inspect_model

from fujisawa_desktop.errors import InputFileError, NotFoundError, ValidationError
from fujisawa_desktop.models import Base, ClosedDay, Contact, Course, HourlyRate, Programme, WorkPattern
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.condition_texts import check_conditions

_LISTS: Final[dict[str, type[Base]]] = {
    "rates": HourlyRate,
    "patterns": WorkPattern,
    "closed_days": ClosedDay,
    "contacts": Contact,
}
_MOST_BYTES: Final = 2_000_000
"""A programme with every course of a city is a tenth of this."""
_OWN: Final = frozenset({"id", "version", "programme_id", "position"})
"""Columns the program fills in itself."""

ModelT = TypeVar("ModelT", bound=Base)


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A programme read from a file, not stored yet."""

    programme: Programme
    courses: list[Course]


def programme_codes() -> tuple[str, ...]:
    """Return the codes of the programmes that ship with the program."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def read_programme(source: Path | str) -> ProgrammeFile:
    """Read a shipped programme by its code, or a programme file.

    Raises:
        NotFoundError: ``programme.unknown``; no programme of that code ships.
        InputFileError: the file cannot be read, lacks a key, or has one that means nothing.
    """
    if isinstance(source, str):
        codes = programme_codes()
        if source not in codes:
            raise NotFoundError("programme.unknown", name=source, known=codes)
        path = _folder() / f"{source}.toml"
    else:
        path = source
    return _Reader(path.name).read(_load(path))


def _folder() -> Path:
    return resources_dir() / "programmes"


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputFileError("file.too-large", file=path.name, megabytes=_MOST_BYTES // 1_000_000)
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        # A list in a list, a hundred thousand times: no programme, and more than the reader can follow.
        raise InputFileError("programme.file-syntax", file=path.name, detail="[[[[…") from error
    except OSError as error:
        raise InputFileError("programme.file-not-read", file=path.name) from error
    except UnicodeDecodeError as error:
        raise InputFileError("programme.file-not-utf8", file=path.name) from error
    except tomllib.TOMLDecodeError as error:
        raise InputFileError("programme.file-syntax", file=path.name, detail=str(error)) from error


class _Reader:
    """Builds rows from tables of one file, naming the key in whatever it refuses."""

    def __init__(self, file: str) -> None:
        self._file = file

    def read(self, data: dict[str, Any]) -> ProgrammeFile:
        lists = {name: self._rows(model, data.pop(name, []), name) for name, model in _LISTS.items()}
        courses = self._rows(Course, data.pop("courses", []), "courses")
        data.setdefault("texts", {})
        self._check_conditions(data.get("conditions", {}))
        programme = self._row(Programme, data, "", {})
        if not courses:
            raise InputFileError("programme.file-key-missing", file=self._file, key="courses")
        if not lists["rates"]:
            raise InputFileError("programme.file-key-missing", file=self._file, key="rates")
        for name, rows in lists.items():
            setattr(programme, name, rows)
        return ProgrammeFile(programme, courses)

    def _check_conditions(self, texts: object) -> None:
        if not isinstance(texts, dict):
            raise InputFileError("programme.file-key-type", file=self._file, key="conditions")
        try:
            check_conditions(texts)
        except ValidationError as error:
            code = {
                "conditions.item-unknown": "programme.file-key-unknown",
                "conditions.not-text": "programme.file-key-type",
            }.get(error.code, "programme.file-condition")
            raise InputFileError(code, file=self._file, key=error.field) from error

    def _rows(self, model: type[ModelT], tables: object, name: str) -> list[ModelT]:
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise InputFileError("programme.file-key-type", file=self._file, key=name)
        placed = "position" in inspect_model(model).columns
        return [
            self._row(model, table, f"{name}[{number}].", {"position": number} if placed else {})
            for number, table in enumerate(tables, start=1)
        ]

    def _row(self, model: type[ModelT], table: dict[str, Any], prefix: str, own: dict[str, int]) -> ModelT:
        columns = {column.name: column for column in inspect_model(model).columns}
        for key, value in table.items():
            column = columns.get(key)
            if column is None or key in _OWN:
                raise InputFileError("programme.file-key-unknown", file=self._file, key=prefix + key)
            if not _fits(column, value):
                raise InputFileError("programme.file-key-type", file=self._file, key=prefix + key)
        for name, column in columns.items():
            if name not in table and name not in _OWN and not column.nullable and column.default is None:
                raise InputFileError("programme.file-key-missing", file=self._file, key=prefix + name)
        return model(**table, **own)


def _fits(column: Column[Any], value: object) -> bool:
    if isinstance(column.type, JSON):
        return isinstance(value, list | dict)
    # exactly that type: bool is not a number here, a moment is not a day
    return type(value) is column.type.python_type
