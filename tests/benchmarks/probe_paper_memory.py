"""The most memory a process takes that loads the service and makes the letters; and one of them only."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from fujisawa_desktop.exchange.files import atomic_write
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.programmes import current_programme_id
from tests.benchmarks.peak import peak_kilobytes

with opened(Path(sys.argv[1])) as database, tempfile.TemporaryDirectory() as folder:
    programme_id = current_programme_id(database)
    make_papers(database, programme_id=programme_id, kind="first-result", document_number="123", first=1)
    before = peak_kilobytes()
    draft = make_papers(database, programme_id=programme_id, kind="first-result", document_number="123")
    atomic_write(Path(folder) / "out.pdf", draft.pdf)
sys.stdout.write(json.dumps({"before": before, "peak": peak_kilobytes(), "pages": draft.page_count}) + "\n")
