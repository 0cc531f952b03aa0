"""T-A13: 500 journals, each tampered with in another way; every one must be noticed and located.

Each is checked as the program does, in blocks so small that what was done stands at their borders,
and encrypted.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.sqlite_driver import FileKey
from tests.journal_forger import FORGERIES, encrypted, findings_of, located, write_journal

COUNT = 500
BLOCKS = "fujisawa_desktop.services.journal_check._BLOCK"


def run(count: int, seed: int) -> list[str]:
    """Forge ``count`` copies of a journal and check each."""
    done: Counter[str] = Counter()
    key = FileKey(bytes(range(32)))
    with TemporaryDirectory() as folder:
        whole, forged_file = Path(folder, "whole.fjdb"), Path(folder, "forged.fjdb")
        secret_file = Path(folder, "secret.fjdb")
        database = open_database(whole, create=True)
        write_journal(database)
        database.dispose()
        if findings_of(whole, []):
            raise AssertionError("an untouched journal was called touched")
        for number in range(count):
            forge = FORGERIES[number % len(FORGERIES)]
            shutil.copyfile(whole, forged_file)
            forged = forge(forged_file, random.Random(seed + number))
            try:
                located(forged_file, forged)
                with patch(BLOCKS, 1 + number % 9):
                    located(forged_file, forged)
                located(encrypted(forged_file, secret_file, key), forged, key=key)
            except AssertionError as error:
                raise AssertionError(f"{forge.__name__}, draw {seed + number}: {error}") from error
            done[forge.__name__] += 1
    return [
        f"{count} of {count} forgeries located, with kind and entry; encrypted, too",
        *(f"  {name}: {number}" for name, number in sorted(done.items())),
    ]
