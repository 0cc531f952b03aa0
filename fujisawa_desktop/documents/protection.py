"""A PDF that opens only with a password (AES-256, ISO 32000-2)."""

from __future__ import annotations

import io
from typing import Final

from fujisawa_desktop.errors import ValidationError

_MOST_BYTES: Final = 127
"""The standard reads so many bytes of a password and no more."""


def protect(pdf: bytes, password: str) -> bytes:
    """Return a copy of a PDF that opens only with ``password``; ``pdf`` itself is not changed.

    The copy is encrypted with a key drawn by chance: two copies of one file differ in their bytes.
    Who has the password may print and copy.

    Raises:
        ValidationError: ``papers.password-unusable``, empty or longer than the standard reads.
    """
    if not 0 < len(password.encode("utf-8", "surrogatepass")) <= _MOST_BYTES or not password.isprintable():
        raise ValidationError("papers.password-unusable", field="password", most=_MOST_BYTES)
    import pikepdf  # noqa: PLC0415 - needed only for the few papers that are protected

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return target.getvalue()
