"""What tells our files from others, known before SQLAlchemy is loaded."""

from __future__ import annotations

from typing import Final

SCHEMA_HEAD: Final = "0007"
"""Alembic revision this program reads and writes; a test compares it with the scripts."""

APPLICATION_ID: Final = 0x464A4453
"""``FJDS`` in the header of a SQLite file."""

BUSY_SECONDS: Final = 10
"""How long a writer waits for another one."""
