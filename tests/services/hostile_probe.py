"""Tries to take files in, one after the other; writes the code of each refusal and the peak memory."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id

database = open_database(sys.argv[1])
programme_id = current_programme_id(database)
codes: dict[str, str] = {}
for name in sys.argv[2:]:
    try:
        import_applicants(database, programme_id=programme_id, file=Path(name), actor="probe")
        codes[Path(name).stem] = ""
    except AppError as error:
        codes[Path(name).stem] = error.code
database.dispose()
# Unlike the figure of getrusage, this one does not begin with what the parent process had.
lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
sys.stdout.write(json.dumps({"codes": codes, "peak": peak // 1024}) + "\n")
