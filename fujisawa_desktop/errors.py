"""Errors of the program: a code and parameters, never a finished sentence.

The sentence a person reads is made in one place, :mod:`fujisawa_desktop.texts`, in the
language of that person.  Parameters may hold names; they are shown, never logged.
"""

from __future__ import annotations

import traceback
import zlib
from typing import ClassVar


class AppError(Exception):
    """A condition that a clerk can understand and act on.

    Attributes:
        code: stable identifier such as ``import.column-missing``; key of the text catalogue.
        params: values for the placeholders of that text.
        exit_code: what the command line returns (1 refused by a rule, 2 wrong use).
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **params: object) -> None:
        """Keep code and params; ``str(error)`` is the bare code, so no log line carries a name."""
        super().__init__(code)
        self.code = code
        self.params = params


class ValidationError(AppError):
    """One field of a form or of a row is not acceptable; ``field`` says which."""

    exit_code = 1

    def __init__(self, code: str, *, field: str, **params: object) -> None:
        """Keep the name of the field beside the code."""
        super().__init__(code, field=field, **params)
        self.field = field


class RuleError(AppError):
    """A rule of the programme or of the law refuses the act; nothing was changed."""

    exit_code = 1


class ConflictError(AppError):
    """Somebody else changed the same thing meanwhile, or the place is taken."""

    exit_code = 1


class NotFoundError(AppError):
    """What was named does not exist in this database."""


class InputFileError(AppError):
    """A file given to the program cannot be read as what it should be."""


class StorageError(AppError):
    """The database, or a place to write to, cannot be used."""


class NotAvailableError(AppError):
    """A thing the command line names but this version does not make yet."""


class Cancelled(Exception):  # noqa: N818 - not an error: the person pressed 中止
    """The clerk stopped a long task; nothing of it is kept."""


def fault_code(error: BaseException) -> str:
    """Return a short code, the same for the same fault at the same place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    fault = f"{type(error).__qualname__}@{place}"
    return f"F-{zlib.crc32(fault.encode()) & 0xFFFFFF:06X}"


def safe_trace(error: BaseException) -> str:
    """Return types and places of an error and its causes; never a value or the error's text."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        lines.extend(
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)
