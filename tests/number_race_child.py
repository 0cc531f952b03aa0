"""One of two programs that issue letters at the same moment, each with the next number of the ledger."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.papers import Numbering, PaperDraft, issue_papers, make_papers


def draft_of(database: Database, wish: dict[str, Any]) -> PaperDraft:
    return make_papers(
        database,
        programme_id=wish["programme"],
        kind="first-result",
        numbers=wish["numbers"],
        numbering=Numbering(wish["numbering"]),
    )


def attempt(database: Database, draft: PaperDraft, wish: dict[str, Any]) -> str:
    """Issue at the moment told; return the numbers that were taken, or the code of what refused it."""
    while time.time() < wish["at"]:
        pass
    try:
        issue_papers(database, draft=draft, actor=wish["actor"])
    except AppError as error:
        return error.code
    return draft.document_number


def main() -> None:
    """Make a draft for each first line, issue it at the second."""
    database = open_database(sys.argv[1])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        wish = json.loads(line)
        draft = draft_of(database, wish)
        sys.stdout.write(f"{draft.document_number}\n")
        sys.stdout.flush()
        wish["at"] = float(sys.stdin.readline())
        sys.stdout.write(f"{attempt(database, draft, wish)}\n")
        sys.stdout.flush()
    database.dispose()


if __name__ == "__main__":
    main()
