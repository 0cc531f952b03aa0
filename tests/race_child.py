"""One of two programs that want the same time: books what it is told, at the moment it is told."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from typing import Any

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_checks import Rulebook


def attempt(database: Database, wish: dict[str, Any]) -> str:
    """Return ``done``, or the code of what refused it."""
    while time.time() < wish["at"]:
        pass
    try:
        book(
            database,
            programme_id=wish["programme"],
            entry_id=wish["entry"],
            interviewer_ids=wish["interviewers"],
            start=datetime.fromisoformat(wish["start"]),
            despite=True,
            actor=wish["actor"],
        )
    except AppError as error:
        return error.code
    return "done"


def main() -> None:
    """Answer one line for each line."""
    database = open_database(sys.argv[1])
    looking = Rulebook.check
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        wish = json.loads(line)
        # A blind program looks at nothing before it writes: only the database can refuse it.
        Rulebook.check = (lambda *_args, **_more: None) if wish["blind"] else looking  # type: ignore[method-assign]
        sys.stdout.write(attempt(database, wish) + "\n")
        sys.stdout.flush()
    database.dispose()


if __name__ == "__main__":
    main()
