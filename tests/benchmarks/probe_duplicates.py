"""Comparing everybody with everybody in search of two entries of one person."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.intake_duplicates import COMPARED, suspect
from fujisawa_desktop.services.programmes import current_programme_id

with opened(Path(sys.argv[1])) as database:
    programme_id = current_programme_id(database)
    with database.read() as session:
        columns = select(Applicant.id, *(getattr(Applicant, name) for name in COMPARED))
        began = time.perf_counter()
        people: dict[int, tuple[str, Mapping[str, Any]]] = {
            row["id"]: (str(row["id"]), dict(row)) for row in session.execute(columns).mappings()
        }
        found = suspect(session, programme_id, people)
        seconds = time.perf_counter() - began
sys.stdout.write(json.dumps({"seconds": seconds, "people": len(people), "pairs": len(found.found)}) + "\n")
