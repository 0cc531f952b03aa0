"""Protecting a PDF by a password, so that only who knows it can open it."""

from __future__ import annotations

import io


def protect(pdf: bytes, password: str) -> bytes:
    """Return the file encrypted with AES-256; without the password nothing in it can be read.

    Args:
        pdf: the finished file.
        password: what opens it, in any script.
    """
    # Few files are protected; the library takes longer to import than a letter to print.
    import pikepdf  # noqa: PLC0415

    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(result, encryption=pikepdf.Encryption(user=password, owner=password, R=6))
    return result.getvalue()
