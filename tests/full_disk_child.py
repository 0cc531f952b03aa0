"""Works on a file that may grow no further, or may no longer be written, and tells what it heard.

Arguments: the file, what to do (``import`` or ``backup``), and either how many bytes a file may have or
``read-only``.  Answers one line: code and sentence, empty when it was done.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.texts import message_for

NOBODY = 65534
SAMPLE = resources_dir() / "samples" / "e-application.csv"


def hinder(path: Path, how: str) -> None:
    """Let the system refuse from now on."""
    if how != "read-only":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # else it would end the program
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(how), int(how)))
        return
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.getuid() == 0:  # whom no right stops
        os.setuid(NOBODY)


def work(database: Database, what: str) -> str:
    """Do it; return what a clerk is told when it cannot be done."""
    key = current_programme_id(database)
    try:
        if what == "backup":
            make_backup(database)
        else:
            import_applicants(database, programme_id=key, file=SAMPLE, actor="test")
    except AppError as error:
        return f"{error.code} {message_for(error.code, error.params)}"
    return ""


def main() -> None:
    """Open the file, rehearse without writing so that all is loaded, then hinder and work."""
    path, what, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    set_language("ja")
    with opened(path) as database:
        with suppress(AppError):
            import_applicants(
                database,
                programme_id=current_programme_id(database),
                file=SAMPLE,
                dry_run=True,
                actor="test",
            )
        hinder(path, how)
        told = work(database, what)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
